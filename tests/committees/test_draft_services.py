"""What may happen to a draft proposal, and what the rules of procedure refuse."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from cms.committees.models import DraftKind, DraftProposal, DraftState, Sponsor
from cms.committees.services import (
    TransitionRefused,
    Vote,
    add_sponsors,
    adopt_by_vote,
    adopt_without_vote,
    reject,
    revise,
    table,
    withdraw,
)
from cms.languages import codes

from .factories import TITLES, AgendaItemFactory, DraftFactory, SessionFactory

pytestmark = pytest.mark.django_db

OCTOBER = datetime.date(2023, 10, 9)
NOVEMBER = datetime.date(2023, 11, 10)


@pytest.fixture
def session(committee):
    return SessionFactory(committee=committee)


@pytest.fixture
def draft(session):
    return table(
        session, symbol="A/C.3/78/L.14", titles=TITLES, sponsors=["FRA", "EGY"], on=OCTOBER
    )


ACTIONS = {
    "revise": lambda draft: revise(draft, on=NOVEMBER),
    "adopt_without_vote": lambda draft: adopt_without_vote(draft, on=NOVEMBER),
    "adopt_by_vote": lambda draft: adopt_by_vote(draft, on=NOVEMBER, vote=Vote(168, 5, 9)),
    "reject": lambda draft: reject(draft, on=NOVEMBER, vote=Vote(42, 71, 48)),
    "withdraw": lambda draft: withdraw(draft, on=NOVEMBER),
}


def test_a_draft_is_tabled_with_its_sponsors_the_main_one_first(session):
    item = AgendaItemFactory(session=session)
    made = table(
        session,
        symbol="A/C.3/78/L.14",
        titles={"ar": TITLES["ar"]},
        sponsors=["EGY", "FRA", "EGY"],
        on=OCTOBER,
        item=item,
    )
    assert (made.state, made.slug, made.title_ar) == ("tabled", "l-14", TITLES["ar"])
    assert list(made.sponsors.values_list("state", "is_main")) == [("EGY", True), ("FRA", False)]
    assert [step.state for step in made.steps.all()] == ["tabled"]


def test_a_draft_without_a_sponsor_is_refused(session):
    with pytest.raises(TransitionRefused, match="sponsor"):
        table(session, symbol="A/C.3/78/L.14", titles=TITLES, sponsors=[], on=OCTOBER)
    assert not DraftProposal.objects.exists()


@pytest.mark.parametrize(
    ("symbol", "titles", "message"),
    [
        ("A/C.2/78/L.14", TITLES, "begin with A/C.3/78/"),
        ("A/C.3/78/L.14", {}, "at least one language"),
    ],
)
def test_a_draft_with_a_wrong_symbol_or_no_title_is_refused(session, symbol, titles, message):
    with pytest.raises(ValidationError, match=message):
        table(session, symbol=symbol, titles=titles, sponsors=["FRA"], on=OCTOBER)
    assert not DraftProposal.objects.exists()
    table(session, symbol="A/C.3/78/L.14", titles=TITLES, sponsors=["FRA"], on=OCTOBER)


def test_a_symbol_is_given_once(draft, session):
    with pytest.raises(ValidationError, match="has this symbol"):
        table(session, symbol=draft.symbol, titles=TITLES, sponsors=["FRA"], on=OCTOBER)


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("revise", DraftState.REVISED),
        ("adopt_without_vote", DraftState.ADOPTED_WITHOUT_VOTE),
        ("adopt_by_vote", DraftState.ADOPTED_BY_VOTE),
        ("reject", DraftState.NOT_ADOPTED),
        ("withdraw", DraftState.WITHDRAWN),
    ],
)
def test_every_action_is_open_to_a_tabled_and_to_a_revised_draft(draft, session, action, state):
    assert ACTIONS[action](draft).draft_state is state
    other = table(session, symbol="A/C.3/78/L.15", titles=TITLES, sponsors=["FRA"], on=OCTOBER)
    revise(other, on=datetime.date(2023, 11, 9))
    changed = ACTIONS[action](other)
    assert changed.draft_state is state
    assert DraftProposal.objects.get(pk=other.pk).state == state


@pytest.mark.parametrize("after", ["adopt_without_vote", "adopt_by_vote", "reject"])
@pytest.mark.parametrize("action", list(ACTIONS))
def test_what_was_adopted_or_rejected_is_not_reconsidered(draft, after, action):
    done = ACTIONS[after](draft)
    rule = "rule 122" if action == "withdraw" else "rule 123"
    with pytest.raises(TransitionRefused, match=rule):
        ACTIONS[action](draft)
    assert DraftProposal.objects.get(pk=draft.pk).state == done.state


@pytest.mark.parametrize("action", [name for name in ACTIONS if name != "withdraw"])
def test_a_withdrawn_draft_is_only_reintroduced_as_a_new_one(draft, session, action):
    withdraw(draft, on=NOVEMBER)
    with pytest.raises(TransitionRefused, match="rule 122"):
        ACTIONS[action](draft)
    with pytest.raises(TransitionRefused, match="withdrawn already"):
        withdraw(draft, on=NOVEMBER)
    again = table(session, symbol="A/C.3/78/L.60", titles=TITLES, sponsors=["EGY"], on=NOVEMBER)
    assert again.draft_state is DraftState.TABLED


def test_revisions_are_numbered_and_the_address_stays(draft):
    first = revise(draft, on=NOVEMBER)
    assert first.symbol == "A/C.3/78/L.14/Rev.1"
    second = revise(first, on=NOVEMBER)
    assert (second.symbol, second.slug) == ("A/C.3/78/L.14/Rev.2", "l-14")
    assert [step.symbol.rsplit("/", 1)[-1] for step in second.steps.all()] == [
        "L.14",
        "Rev.1",
        "Rev.2",
    ]


@pytest.mark.parametrize(
    ("vote", "rule"), [(Vote(70, 71), "rule 125"), (Vote(70, 70, 30), "rule 133")]
)
def test_a_draft_without_a_majority_is_not_adopted_by_vote(draft, vote, rule):
    with pytest.raises(TransitionRefused, match=rule):
        adopt_by_vote(draft, on=NOVEMBER, vote=vote)
    assert reject(draft, on=NOVEMBER, vote=vote).draft_state is DraftState.NOT_ADOPTED


def test_a_draft_with_a_majority_is_not_rejected_whoever_abstains(draft):
    vote = Vote(71, 70, 50)
    with pytest.raises(TransitionRefused, match="rule 125"):
        reject(draft, on=NOVEMBER, vote=vote)
    adopted = adopt_by_vote(draft, on=NOVEMBER, vote=vote)
    assert (adopted.votes_yes, adopted.votes_no, adopted.votes_abstain) == (71, 70, 50)


def test_copies_are_circulated_the_day_before(draft):
    with pytest.raises(TransitionRefused, match="rule 120"):
        adopt_without_vote(draft, on=OCTOBER)
    assert adopt_without_vote(draft, on=OCTOBER + datetime.timedelta(days=1)).acted_on


def test_the_rule_of_circulation_may_be_waived(draft):
    adopted = adopt_without_vote(draft, on=OCTOBER, notice_waived=True)
    assert adopted.draft_state is DraftState.ADOPTED_WITHOUT_VOTE


def test_a_revision_is_circulated_anew(draft):
    revise(draft, on=NOVEMBER)
    with pytest.raises(TransitionRefused, match="rule 120"):
        adopt_by_vote(draft, on=NOVEMBER, vote=Vote(2, 1))
    assert adopt_by_vote(draft, on=datetime.date(2023, 11, 11), vote=Vote(2, 1)).was_voted


def test_an_amendment_may_be_taken_up_the_same_day(draft, session):
    amendment = table(
        session,
        symbol="A/C.3/78/L.63",
        titles=TITLES,
        sponsors=["EGY"],
        on=NOVEMBER,
        kind=DraftKind.AMENDMENT,
        amends=draft,
    )
    assert reject(amendment, on=NOVEMBER, vote=Vote(1, 2)).draft_state is DraftState.NOT_ADOPTED


def test_what_was_acted_upon_is_not_amended(draft, session):
    adopt_without_vote(draft, on=NOVEMBER)
    with pytest.raises(TransitionRefused, match="can't be amended"):
        table(
            session,
            symbol="A/C.3/78/L.63",
            titles=TITLES,
            sponsors=["EGY"],
            on=NOVEMBER,
            amends=DraftProposal.objects.get(pk=draft.pk),
        )


@pytest.mark.parametrize("action", ["revise", "withdraw", "reject", "adopt_without_vote"])
def test_nothing_happens_to_a_draft_before_it_is_tabled(session, action):
    late = DraftFactory(session=session, tabled_on=datetime.date(2023, 11, 11))
    with pytest.raises(TransitionRefused, match="tabled on 11 November 2023"):
        ACTIONS[action](late)


def test_a_draft_typed_in_the_admin_has_its_whole_history_too(session):
    typed = DraftFactory(session=session, symbol="A/C.3/78/L.20")
    withdraw(typed, on=NOVEMBER)
    assert list(typed.steps.values_list("state", "date")) == [
        ("tabled", OCTOBER),
        ("withdrawn", NOVEMBER),
    ]


def test_sponsors_join_once_and_not_a_withdrawn_draft(draft):
    add_sponsors(draft, ["EGY", "AUT"], on=NOVEMBER)
    assert list(draft.sponsors.values_list("state", flat=True)) == ["FRA", "EGY", "AUT"]
    with pytest.raises(ValidationError):
        add_sponsors(draft, ["Austria"], on=NOVEMBER)
    with pytest.raises(TransitionRefused, match="no sponsors to join"):
        add_sponsors(withdraw(draft, on=NOVEMBER), ["QAT"], on=NOVEMBER)
    assert Sponsor.objects.filter(draft=draft).count() == 3


def test_the_same_draft_acted_on_twice_is_judged_by_its_row_not_by_the_copy_in_hand(draft):
    stale = DraftProposal.objects.get(pk=draft.pk)
    adopt_without_vote(draft, on=NOVEMBER)
    assert stale.draft_state is DraftState.TABLED
    with pytest.raises(TransitionRefused, match="rule 123"):
        adopt_without_vote(stale, on=NOVEMBER)


def test_a_refusal_names_the_state_in_the_language_of_the_reader(draft):
    adopt_without_vote(draft, on=NOVEMBER)
    for code in codes.CODES:
        with codes.override(code):
            label = str(DraftState.ADOPTED_WITHOUT_VOTE.label)
            with pytest.raises(TransitionRefused, match=label):
                revise(draft, on=NOVEMBER)
