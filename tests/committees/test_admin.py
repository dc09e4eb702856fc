"""Who may change a committee's records in the admin; for a stranger they do not exist."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from cms.access.models import RoleGroup
from cms.access.services import ensure_secretariat, give_role
from cms.committees.models import AgendaItem, CommitteeSession, DraftProposal, SessionPage
from cms.languages.codes import CODES
from cms.pages.models import Page, SiteProfile
from tests.worlds import world

from .factories import (
    AgendaItemFactory,
    CommitteeFactory,
    DraftFactory,
    MeetingFactory,
    SessionFactory,
    StatementFactory,
    committee_site,
    session_page,
)

pytestmark = pytest.mark.django_db

RECORDS = (
    "committee-sessions",
    "agenda-items",
    "committee-meetings",
    "draft-proposals",
    "committee-statements",
)
VIEWS = ("edit", "delete", "history", "history_results", "usage")


def _user(name, role=None, site=None):
    user = User.objects.create_user(name, password="x")
    if role:
        give_role(user, role, site=site)
    return user


@world
def other_site():
    """The Second Committee with a session of its own."""
    second = CommitteeFactory(ordinal=2)
    site = committee_site(second)
    made = SessionFactory(committee=second, number=78)
    session_page(made)
    return site


@world
def records(session, other_site):
    """{name of viewset: (own record, record of the Second Committee)}."""
    foreign = CommitteeSession.objects.get(committee__code="c2")
    return {
        "committee-sessions": (session, foreign),
        "agenda-items": tuple(AgendaItemFactory(session=s) for s in (session, foreign)),
        "committee-meetings": tuple(MeetingFactory(session=s) for s in (session, foreign)),
        "draft-proposals": tuple(
            DraftFactory(session=s, title_en=f"Of {s}", sponsors=("FRA",))
            for s in (session, foreign)
        ),
        "committee-statements": tuple(StatementFactory(session=s) for s in (session, foreign)),
    }


@pytest.fixture
def as_secretary(client, site):
    client.force_login(_user("c3.secretary", "committee_secretary", site))

    def ask(path, **kwargs):
        return client.get(path, headers={"host": "c3.localhost"}, **kwargs)

    return ask


@pytest.mark.parametrize("name", RECORDS)
def test_a_secretary_opens_own_records_and_finds_no_foreign_ones(as_secretary, records, name):
    own, foreign = records[name]
    for view in VIEWS:
        assert as_secretary(reverse(f"{name}:{view}", args=[own.pk])).status_code == 200
        stranger = as_secretary(reverse(f"{name}:{view}", args=[foreign.pk]))
        invented = as_secretary(reverse(f"{name}:{view}", args=[999_999]))
        assert stranger.status_code == invented.status_code == 404
        assert stranger.content == invented.content


@pytest.mark.parametrize("name", RECORDS)
def test_lists_show_own_records_only(as_secretary, records, name):
    own, foreign = records[name]
    html = as_secretary(reverse(f"{name}:index")).content.decode()
    assert reverse(f"{name}:edit", args=[own.pk]) in html
    assert reverse(f"{name}:edit", args=[foreign.pk]) not in html
    assert "A/C.2" not in html


def test_forms_offer_own_sessions_only_and_refuse_others(as_secretary, client, records):
    _own, foreign = records["committee-sessions"]
    html = as_secretary(reverse("agenda-items:add")).content.decode()
    assert "A/C.3/78" in html
    assert "A/C.2/78" not in html
    form = {"session": foreign.pk, "key": "smuggled", "order": 1, "title_en": "X"}
    url = reverse("agenda-items:add")
    response = client.post(url, form, headers={"host": "c3.localhost"})
    assert response.status_code == 200
    assert not AgendaItem.objects.filter(key="smuggled").exists()
    form["session"] = records["committee-sessions"][0].pk
    assert client.post(url, form, headers={"host": "c3.localhost"}).status_code == 302
    assert AgendaItem.objects.get(key="smuggled").session.committee.code == "c3"


def test_the_editor_of_a_session_page_offers_own_sessions_only(as_secretary, records):
    page = SessionPage.objects.get(session=records["committee-sessions"][0])
    response = as_secretary(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    html = response.content.decode()
    assert "A/C.3/78" in html
    assert "A/C.2/78" not in html


def test_a_session_of_another_committee_is_refused_on_this_site(records):
    own, foreign = records["committee-sessions"]
    page = SessionPage.objects.get(session=own)
    page.session = foreign
    with pytest.raises(Exception, match="this site's committee"):
        page.full_clean()
    page.session = own
    page.full_clean()


def test_people_without_a_role_are_sent_away_from_every_record(client, records):
    client.force_login(_user("nobody"))
    for name, (own, _foreign) in records.items():
        for path in (reverse(f"{name}:index"), reverse(f"{name}:edit", args=[own.pk])):
            assert client.get(path, headers={"host": "c3.localhost"}).status_code == 302


def test_the_secretariat_opens_the_records_of_all_committees(client, records):
    ensure_secretariat()
    client.force_login(_user("secretariat", "secretariat"))
    for name, pair in records.items():
        for record in pair:
            url = reverse(f"{name}:edit", args=[record.pk])
            assert client.get(url, headers={"host": "c3.localhost"}).status_code == 200


def test_nobody_adds_or_deletes_a_main_committee(as_secretary, client, session):
    committee = session.committee
    assert as_secretary(reverse("committees:edit", args=[committee.pk])).status_code == 200
    for name, args in (("add", []), ("delete", [committee.pk])):
        response = as_secretary(reverse(f"committees:{name}", args=args))
        assert response.status_code == 302


def test_the_state_of_a_draft_is_not_changed_by_its_form(as_secretary, client, records):
    own, _foreign = records["draft-proposals"]
    url = reverse("draft-proposals:edit", args=[own.pk])
    sponsor = own.sponsors.get()
    form = {
        "session": own.session_id,
        "symbol": own.symbol,
        "kind": own.kind,
        "order": 1,
        "state": "adopted_by_vote",
        "votes_yes": 100,
        "title_fr": "Titre",
        "sponsors-TOTAL_FORMS": 1,
        "sponsors-INITIAL_FORMS": 1,
        "sponsors-0-id": sponsor.pk,
        "sponsors-0-state": "FRA",
        "sponsors-0-ORDER": 1,
    }
    response = client.post(url, form, headers={"host": "c3.localhost"})
    assert response.status_code == 302, response.content.decode()
    draft = DraftProposal.objects.get(pk=own.pk)
    assert (draft.title_fr, draft.state, draft.votes_yes) == ("Titre", "tabled", None)


def test_a_records_form_has_a_tab_for_each_language_marked_written_or_missing(
    as_secretary, session
):
    item = AgendaItemFactory(session=session, title_ru="")
    html = as_secretary(reverse("agenda-items:edit", args=[item.pk])).content.decode()
    for code in CODES:
        assert f'name="title_{code}"' in html
    assert 'data-language="ar" data-state="current"' in html
    assert 'data-language="ru" data-state="missing"' in html
    assert 'lang="ar" dir="rtl"' in html


def test_a_secretary_may_not_make_pages_elsewhere(site, other_site):
    secretary = _user("s", "committee_secretary", site)
    own = Page.objects.get(pk=site.site.root_page_id)
    foreign = Page.objects.get(pk=other_site.site.root_page_id)
    assert own.permissions_for_user(secretary).can_add_subpage()
    assert not foreign.permissions_for_user(secretary).can_add_subpage()
    assert RoleGroup.objects.filter(site=SiteProfile.objects.get(code="c3")).exists()


def test_a_secretary_records_an_action_and_is_told_what_the_rules_refuse(
    as_secretary, client, records
):
    own, foreign = records["draft-proposals"]
    url = reverse("draft-proposals:act", args=[own.pk])
    html = as_secretary(reverse("draft-proposals:edit", args=[own.pk])).content.decode()
    assert url in html
    assert as_secretary(url).status_code == 200
    form = {"action": "adopt_by_vote", "on": "2023-11-10", "yes": 70, "no": 71}
    refused = client.post(url, form, headers={"host": "c3.localhost"})
    assert refused.status_code == 200
    assert "rule 125" in refused.content.decode()
    assert DraftProposal.objects.get(pk=own.pk).state == "tabled"
    accepted = client.post(url, form | {"yes": 72}, headers={"host": "c3.localhost"})
    assert accepted.status_code == 302
    assert DraftProposal.objects.get(pk=own.pk).votes_yes == 72
    stranger = reverse("draft-proposals:act", args=[foreign.pk])
    assert as_secretary(stranger).status_code == 404
    posted = client.post(stranger, form | {"yes": 72}, headers={"host": "c3.localhost"})
    assert posted.status_code == 404
    assert DraftProposal.objects.get(pk=foreign.pk).state == "tabled"


FORMS = (
    ({"action": "revise"}, "revised", 1),
    ({"action": "adopt_without_vote"}, "adopted_without_vote", 1),
    ({"action": "reject"}, "not_adopted", 1),
    ({"action": "withdraw"}, "withdrawn", 1),
    ({"action": "add_sponsors", "states": "egy aut"}, "tabled", 3),
    ({"action": "add_sponsors"}, "tabled", 1),
    ({"action": "adopt_by_vote"}, "tabled", 1),
    ({"action": "explode"}, "tabled", 1),
    ({"action": "add_sponsors", "states": "Egypt"}, "tabled", 1),
)


def test_each_action_of_the_form_calls_its_service(as_secretary, client, session):
    for form, state, sponsors in FORMS:
        draft = DraftFactory(session=session, sponsors=("FRA",))
        url = reverse("draft-proposals:act", args=[draft.pk])
        client.post(url, form | {"on": "2023-11-10"}, headers={"host": "c3.localhost"})
        draft.refresh_from_db()
        assert (draft.state, draft.sponsors.count()) == (state, sponsors), form
