"""What may happen to a candidature and an election, and what is refused."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from cms.candiweb.models import Candidature, CandidatureStatus, Election, ElectionStatus
from cms.candiweb.services import (
    CandidatureRefused,
    announce,
    declare_elected,
    endorse,
    submit,
    withdraw,
)
from cms.languages import codes
from tests.worlds import world

from .factories import BodyFactory, CandidatureFactory, ElectionFactory

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 1, 10)
NEXT_DAY = datetime.date(2024, 1, 11)


@world
def election():
    return ElectionFactory()


@world
def african(election):
    return election.seats.first()


@pytest.fixture
def announced(election, african):
    return announce(election, state="EGY", on=DAY, allocation=african, regional_group="AFR")


@pytest.fixture
def submitted(announced):
    return submit(announced, reference="NV/2024/1", on=NEXT_DAY)


def test_a_candidature_is_announced_submitted_endorsed_and_elected(election, announced):
    assert announced.candidature_status is CandidatureStatus.ANNOUNCED
    sent = submit(announced, reference=" NV/2024/1 ", on=NEXT_DAY)
    assert (sent.status, sent.note_reference, sent.note_date) == (
        "submitted",
        "NV/2024/1",
        NEXT_DAY,
    )
    backed = endorse(sent, by="AFR", on=NEXT_DAY)
    assert (backed.status, backed.endorsed_by) == ("endorsed", "AFR")
    held = declare_elected(election, [backed], on=datetime.date(2024, 6, 6))
    assert held.status == ElectionStatus.HELD
    assert Candidature.objects.get().status == CandidatureStatus.ELECTED


def test_a_candidate_stands_once_and_again_after_withdrawing(election, announced):
    with pytest.raises(CandidatureRefused, match="EGY stands in"):
        announce(election, state="EGY", on=DAY)
    withdraw(announced, on=NEXT_DAY)
    again = announce(election, state="EGY", on=NEXT_DAY)
    assert again.candidature_status is CandidatureStatus.ANNOUNCED
    assert election.candidatures.count() == 2


@pytest.mark.parametrize("state", ["Egypt", "eg", "egy", ""])
def test_a_state_is_named_by_its_iso_code(election, state):
    with pytest.raises(ValidationError):
        announce(election, state=state, on=DAY)
    assert announce(election, state="EGY", on=DAY).state == "EGY"


def test_persons_are_named_where_members_are_persons_and_only_there(election):
    with pytest.raises(ValidationError, match="name nobody"):
        announce(election, state="EGY", nominee="Mona Ali", on=DAY)
    of_persons = ElectionFactory(body=BodyFactory(of_persons=True))
    with pytest.raises(ValidationError, match="name one"):
        announce(of_persons, state="EGY", on=DAY)
    assert announce(of_persons, state="EGY", nominee="Mona Ali", on=DAY).nominee == "Mona Ali"


def test_seats_are_of_this_election_and_for_the_candidates_group(election, african):
    with pytest.raises(ValidationError, match="another election"):
        announce(ElectionFactory(), state="EGY", on=DAY, allocation=african)
    with pytest.raises(ValidationError, match="other regional groups"):
        announce(election, state="FRA", on=DAY, allocation=african, regional_group="WEOG")
    seats = election.seats.last()
    assert announce(election, state="FRA", on=DAY, allocation=seats, regional_group="WEOG").pk


def test_nobody_joins_an_election_that_was_held_or_after_its_day(election):
    with pytest.raises(CandidatureRefused, match="was held"):
        announce(ElectionFactory(held=True), state="EGY", on=DAY)
    with pytest.raises(CandidatureRefused, match="after the election"):
        announce(election, state="EGY", on=datetime.date(2056, 6, 6))
    assert announce(election, state="EGY", on=election.date).pk


def test_a_note_verbale_has_a_reference_and_comes_once_and_not_before(announced):
    with pytest.raises(CandidatureRefused, match="reference"):
        submit(announced, reference="  ", on=NEXT_DAY)
    with pytest.raises(CandidatureRefused, match="older than the announcement"):
        submit(announced, reference="NV/1", on=datetime.date(2023, 12, 31))
    submit(announced, reference="NV/1", on=NEXT_DAY)
    with pytest.raises(CandidatureRefused, match="already, by NV/1"):
        submit(announced, reference="NV/2", on=NEXT_DAY)


def test_a_group_endorses_what_was_submitted(announced):
    with pytest.raises(CandidatureRefused, match="note verbale of EGY first"):
        endorse(announced, by="AFR", on=NEXT_DAY)
    submit(announced, reference="NV/1", on=NEXT_DAY)
    assert endorse(announced, by="AFR", on=NEXT_DAY).endorsed_on == NEXT_DAY


@pytest.mark.parametrize("by", ["WEOG", "APG", "NONE"])
def test_only_the_candidates_own_group_endorses(submitted, by):
    with pytest.raises(CandidatureRefused):
        endorse(submitted, by=by, on=NEXT_DAY)
    assert endorse(submitted, by="AFR", on=NEXT_DAY).endorsed_by == "AFR"


def test_an_endorsement_comes_once_and_not_before_the_note_verbale(submitted):
    with pytest.raises(CandidatureRefused, match="older than the note verbale"):
        endorse(submitted, by="AFR", on=DAY)
    endorse(submitted, by="AFR", on=NEXT_DAY)
    with pytest.raises(CandidatureRefused, match="endorsed already"):
        endorse(submitted, by="AFR", on=NEXT_DAY)


@pytest.mark.parametrize("status", ["withdrawn", "elected", "not_elected"])
def test_what_no_longer_stands_is_not_moved(election, status):
    done = CandidatureFactory(election=election, status=status)
    for move in (
        lambda: submit(done, reference="NV/1", on=NEXT_DAY),
        lambda: endorse(done, by="AFR", on=NEXT_DAY),
        lambda: withdraw(done, on=NEXT_DAY),
    ):
        with pytest.raises(CandidatureRefused, match="announce a new one"):
            move()
    assert Candidature.objects.get(pk=done.pk).status == status


@pytest.mark.parametrize("moved_on", [False, True])
def test_a_candidature_is_withdrawn_until_the_election_is_held(election, announced, moved_on):
    if moved_on:
        submit(announced, reference="NV/1", on=NEXT_DAY)
    with pytest.raises(CandidatureRefused, match="announced on"):
        withdraw(announced, on=datetime.date(2023, 1, 1))
    assert withdraw(announced, on=NEXT_DAY).withdrawn_on == NEXT_DAY


def test_those_who_stood_and_were_not_elected_are_marked_so(election, african):
    stood = [
        announce(election, state=state, on=DAY, allocation=african, regional_group="AFR")
        for state in ("EGY", "KEN", "GHA")
    ]
    gone = withdraw(stood[2], on=NEXT_DAY)
    declare_elected(election, [stood[0]], on=datetime.date(2024, 6, 6))
    statuses = dict(election.candidatures.values_list("state", "status"))
    assert statuses == {"EGY": "elected", "KEN": "not_elected", "GHA": gone.status}


def test_no_more_are_elected_than_there_are_seats(election, african):
    stood = [
        announce(election, state=state, on=DAY, allocation=african, regional_group="AFR")
        for state in ("EGY", "KEN", "GHA")
    ]
    with pytest.raises(CandidatureRefused, match="3 elected for 2 seats of AFR/APG"):
        declare_elected(election, stood, on=datetime.date(2024, 6, 6))
    assert Election.objects.get().is_upcoming
    assert not election.candidatures.filter(status="elected").exists()
    assert declare_elected(election, stood[:2], on=datetime.date(2024, 6, 6)).status == "held"


def test_an_election_is_declared_once_not_before_its_day_and_with_its_own_candidates(
    election, announced
):
    other = CandidatureFactory(election=ElectionFactory())
    with pytest.raises(CandidatureRefused, match="has not come"):
        declare_elected(election, [announced], on=datetime.date(2056, 6, 5))
    with pytest.raises(CandidatureRefused, match="does not stand"):
        declare_elected(election, [other], on=datetime.date(2024, 6, 6))
    declare_elected(election, [announced], on=datetime.date(2024, 6, 6))
    with pytest.raises(CandidatureRefused, match="declared already"):
        declare_elected(election, [announced], on=datetime.date(2024, 6, 6))


def test_a_refusal_speaks_of_the_election_in_the_language_of_the_reader(election):
    announce(election, state="EGY", on=DAY)
    for code in codes.CODES:
        title = getattr(election, f"title_{code}").removesuffix(" *")
        with codes.override(code), pytest.raises(CandidatureRefused, match=title):
            announce(election, state="EGY", on=DAY)
