"""The admin's section of people: everything by mouse, and nothing for a stranger."""

import pytest
from wagtail.users.models import UserProfile

from cms.access.selectors import roles_of
from cms.languages import codes
from cms.pages.models import Page
from cms.people import services
from cms.people.approval import switch_approval
from cms.people.models import Invitation, SuspendedRole
from cms.signin.selectors import confirmed_app
from tests import sites
from tests.many_sites import copy_site
from tests.signin.conftest import with_app  # noqa: F401
from tests.worlds import world

from .conftest import EDITOR, fresh, make_site, signed_in, somebody

pytestmark = pytest.mark.django_db


@world
def editor(fra):
    return somebody("anna", ("editor", fra))


@world
def stranger(ken):
    return somebody("kip", ("editor", ken))


@pytest.fixture
def browser(admin):
    return signed_in(admin)


def held(user):
    return [str(row) for row in roles_of(fresh(user))]


def text(response):
    return response.content.decode()


# --- the list ---


def test_one_site_leads_straight_to_its_people_and_to_no_others(
    fra, editor, stranger, admin, browser, secretariat, superuser
):
    somebody("tom", ("translator", fra, "ar"), ("translator", fra, "zh"))
    response = browser.get("/admin/people/", follow=True)
    assert response.redirect_chain[-1][0] == "/admin/people/fra/"
    html = text(response)
    for expected in ("Anna", "anna@example.org", "Tom", "العربية", "中文", "Mission administrator"):
        assert expected in html
    for hidden in ("Kip", "people/ken", "Kenya", "secretariat@", "root@"):
        assert hidden not in html
    assert "No invitation is waiting" in html
    assert 'href="/admin/people/"' in html


def test_the_secretariat_and_a_manager_of_two_sites_choose_a_site(fra, ken, secretariat):
    both = somebody("both", ("mission_administrator", fra), ("mission_administrator", ken))
    third = make_site("esp", title_es="Misión de España")
    html = text(signed_in(both).get("/admin/people/"))
    assert "/admin/people/fra/" in html
    assert "/admin/people/ken/" in html
    assert "/admin/people/esp/" not in html
    browser = signed_in(secretariat)
    assert "/admin/people/esp/" in text(browser.get("/admin/people/"))
    found = text(browser.get("/admin/people/results/?q=España"))
    assert "/admin/people/esp/" in found
    assert "/admin/people/ken/" not in found
    html = text(browser.get(f"/admin/people/{third.code}/"))
    assert "Nobody works on this site yet." in html
    assert "/admin/people/esp/invite/" in html


def test_the_list_is_searched_and_says_when_nobody_fits(fra, editor, browser):
    assert "anna@example.org" in text(browser.get("/admin/people/fra/results/?q=Anna"))
    assert "Nobody of this name" in text(browser.get("/admin/people/fra/results/?q=zebra"))


def test_the_section_costs_the_same_however_many_missions_and_people_there_are(
    fra, admin, editor, browser, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(100) as captured:
            assert browser.get("/admin/people/fra/").status_code == 200
        return len(captured.captured_queries)

    queries()
    few = queries()
    first = sites.make_site("m0", page=Page)
    missions = [first, *copy_site(first, [f"m{number}" for number in range(1, 8)])]
    for number, site in enumerate(missions):
        somebody(f"other{number}", ("editor", site))
        somebody(f"own{number}", ("editor", fra), ("translator", fra, "fr"))
        services.invite(f"i{number}@example.org", [EDITOR], site=fra, by=admin)
    assert queries() <= few + 1  # the roles of invitations, once there are some


@pytest.mark.parametrize("code", codes.CODES)
def test_every_page_of_the_section_stands_in_each_language(fra, admin, editor, browser, code):
    profile = UserProfile.get_for_user(admin)
    profile.preferred_language = codes.get(code).django_code
    profile.save()
    invitation = services.invite("lea@example.org", [EDITOR], site=fra, by=admin)
    for path in (
        "",
        "invite/",
        "approval/",
        f"{editor.pk}/",
        f"{editor.pk}/suspend/",
        f"{editor.pk}/remove/",
        f"invitations/{invitation.pk}/withdraw/",
        f"invitations/{invitation.pk}/send-again/",
    ):
        response = browser.get(f"/admin/people/fra/{path}")
        assert response.status_code == 200, path
        assert f'dir="{codes.direction(code)}"' in text(response)[:600]


# --- changing ---


def test_an_administrator_invites_a_colleague(
    fra, admin, browser, mailoutbox, django_capture_on_commit_callbacks
):
    form = text(browser.get("/admin/people/fra/invite/"))
    assert 'value="publisher"' in form
    assert 'value="committee_secretary"' not in form
    assert 'value="secretariat"' not in form
    given = {
        "email": "lea@example.org",
        "language": "ar",
        "roles": ["editor"],
        "translator": ["ar"],
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post("/admin/people/fra/invite/", given, follow=True)
    assert "The invitation to lea@example.org is on its way." in text(response)
    assert "Sent; valid until" in text(browser.get("/admin/people/fra/"))
    (letter,) = mailoutbox
    assert letter.to == ["lea@example.org"]
    assert "http://fra.localhost:8000/ar/invitation/" in letter.body
    assert Invitation.objects.get().asked_by == admin


@pytest.mark.parametrize(
    "given",
    [
        {"email": "lea@example.org", "language": "en"},
        {"email": "no address", "language": "en", "roles": ["editor"]},
        {"email": "lea@example.org", "language": "de", "roles": ["editor"]},
        {"email": "lea@example.org", "language": "en", "roles": ["editor", "secretariat"]},
        {"email": "lea@example.org", "language": "en", "roles": ["elections_desk"]},
        {"email": "lea@example.org", "language": "en", "translator": ["xx"]},
        {"email": "anna@example.org", "language": "en", "roles": ["editor"]},
    ],
)
def test_what_is_refused_comes_back_with_the_reason_and_nothing_is_changed(
    fra, editor, browser, mailoutbox, given
):
    response = browser.post("/admin/people/fra/invite/", given)
    assert response.status_code == 200
    assert "error-message" in text(response) or 'role="alert"' in text(response)
    assert given["email"] in text(response)
    assert not Invitation.objects.exists()
    assert not mailoutbox


def test_roles_are_changed_and_a_person_suspended_resumed_and_removed(fra, admin, editor, browser):
    page = f"/admin/people/fra/{editor.pk}/"
    browser.post(page, {"roles": ["publisher"], "translator": ["ru"]})
    assert held(editor) == ["fra: publisher", "fra: translator (ru)"]
    response = browser.get(f"{page}suspend/")
    assert "Suspend Anna on this site?" in text(response)
    assert held(editor)  # asking changes nothing
    response = browser.post(f"{page}suspend/", follow=True)
    assert f"{page}resume/" in text(response)  # undo
    assert held(editor) == []
    assert "Suspended" in text(browser.get(page))
    browser.post(f"{page}resume/")
    assert held(editor) == ["fra: publisher", "fra: translator (ru)"]
    browser.post(f"{page}remove/")
    assert held(editor) == []
    assert browser.get(page).status_code == 404


def test_the_last_administrator_is_told_why_they_stay(fra, admin, browser):
    for action in ("remove", "suspend"):
        response = browser.post(f"/admin/people/fra/{admin.pk}/{action}/", follow=True)
        assert "last administrator" in text(response)
    response = browser.post(f"/admin/people/fra/{admin.pk}/", {"roles": ["editor"]})
    assert "last administrator" in text(response)
    assert held(admin) == ["fra: mission administrator"]


def test_an_administrator_who_removes_themselves_is_signed_out(fra, admin, browser):
    somebody("second", ("mission_administrator", fra))
    response = browser.post(f"/admin/people/fra/{admin.pk}/remove/")
    assert response.status_code == 302
    assert browser.get("/admin/").status_code == 302
    assert browser.get("/admin/people/fra/").status_code == 302


def test_an_invitation_is_sent_again_and_withdrawn(
    fra, admin, browser, mailoutbox, django_capture_on_commit_callbacks
):
    invitation = services.invite("lea@example.org", [EDITOR], site=fra, by=admin)
    page = f"/admin/people/fra/invitations/{invitation.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{page}send-again/")
    assert len(mailoutbox) == 1
    browser.post(f"{page}withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert browser.get(f"{page}withdraw/").status_code == 404


def test_approval_is_switched_by_a_button(fra, admin, editor, browser):
    home = fra.site.root_page
    browser.post("/admin/people/fra/approval/", {"on": "1"})
    assert not home.permissions_for_user(fresh(editor)).can_publish()
    assert "approves them" in text(browser.get("/admin/people/fra/"))
    browser.post("/admin/people/fra/approval/", {"on": "0"})
    assert home.permissions_for_user(fresh(editor)).can_publish()


def test_the_editor_offers_submitting_and_no_publishing_where_approval_is_needed(
    fra, admin, editor
):
    browser = signed_in(editor)
    url = f"/admin/pages/{fra.site.root_page.pk}/edit/"
    assert "action-publish" in text(browser.get(url))
    switch_approval(fra, on=True, by=admin)
    html = text(browser.get(url))
    assert "action-publish" not in html
    assert "action-submit" in html


# --- strangers ---

ADDRESSES = (
    "/admin/people/{code}/",
    "/admin/people/{code}/results/",
    "/admin/people/{code}/invite/",
    "/admin/people/{code}/approval/",
    "/admin/people/{code}/{person}/",
    "/admin/people/{code}/{person}/suspend/",
    "/admin/people/{code}/{person}/remove/",
    "/admin/people/{code}/{person}/made-up/",
    "/admin/people/{code}/invitations/{invitation}/withdraw/",
    "/admin/people/{code}/invitations/{invitation}/send-again/",
)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_anothers_answers_like_what_does_not_exist(
    fra, ken, admin, editor, stranger, address, method
):
    boss = somebody("ken.admin", ("mission_administrator", ken))
    invitation = services.invite("lea@example.org", [EDITOR], site=ken, by=boss)

    def ask(user, code, person, invited):
        path = address.format(code=code, person=person, invitation=invited)
        given = {"email": "x@example.org", "language": "en", "roles": ["editor"], "on": "1"}
        response = getattr(signed_in(user), method)(path, given if method == "post" else {})
        return response.status_code, text(response).replace(path, "")

    missing = ask(admin, "zzz", 10**6, 10**6)
    assert missing[0] == 404
    assert ask(admin, "ken", stranger.pk, invitation.pk) == missing
    if "{person}" in address or "{invitation}" in address:  # theirs under our own code
        assert ask(admin, "fra", stranger.pk, invitation.pk)[0] == 404
    for nobody in (editor, somebody("pub", ("publisher", fra)), somebody("d", ("delegate", fra))):
        assert ask(nobody, "fra", admin.pk, 1)[0] in (302, 404)
    assert not SuspendedRole.objects.exists()
    assert held(stranger) == ["ken: editor"]
    assert Invitation.objects.get().is_pending
    assert Invitation.objects.get().mails == 1


@pytest.mark.parametrize("role", ["publisher", "editor", "delegate"])
def test_the_menu_names_the_section_to_administrators_only(fra, admin, role):
    assert "/admin/people/" in text(signed_in(admin).get("/admin/"))
    response = signed_in(somebody("x", (role, fra))).get("/admin/")
    assert "/admin/people/" not in text(response)


def test_an_administrator_reaches_neither_wagtails_users_nor_groups(fra, admin, editor, superuser):
    browser = signed_in(admin)
    group = editor.groups.first()
    for path in (
        "/admin/users/",
        "/admin/users/new/",
        f"/admin/users/edit/{editor.pk}/",
        f"/admin/users/edit/{superuser.pk}/",
        "/admin/groups/",
        f"/admin/groups/edit/{group.pk}/",
        "/admin/workflows/list/",
    ):
        assert browser.get(path).status_code == 404, path
        assert browser.post(path, {"is_superuser": "on"}).status_code == 404, path
    assert signed_in(superuser).get("/admin/users/").status_code == 200


def test_a_lost_second_factor_is_taken_away_by_the_administrator_of_the_only_site(
    fra,
    ken,
    admin,
    editor,
    browser,
    with_app,  # noqa: F811
):
    both = somebody("both", ("editor", fra), ("editor", ken))
    for person, offered in ((editor, True), (both, False)):
        page = f"/admin/people/fra/{person.pk}/"
        assert "reset-second-factor" not in text(browser.get(page))
        with_app(person)
        assert ("reset-second-factor" in text(browser.get(page))) is offered
        response = browser.post(f"{page}reset-second-factor/")
        assert response.status_code == (302 if offered else 404)
        assert (confirmed_app(person) is None) is offered
