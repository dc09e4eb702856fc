"""The page on which an invitation is taken up: in six languages, by who holds the letter."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from cms.access.selectors import roles_of
from cms.languages import codes
from cms.people import services
from cms.people.models import Invitation

from .conftest import EDITOR, PASSWORD, fresh, signed_in, somebody

pytestmark = pytest.mark.django_db
GIVEN = {"first_name": "Léa", "last_name": "Martin", "password": PASSWORD, "again": PASSWORD}


def held(user):
    return [str(row) for row in roles_of(fresh(user))]


def visitor(host="fra.localhost"):
    return Client(headers={"host": host})


@pytest.fixture
def letter(fra, admin, invited):
    return invited("lea@example.org", site=fra, by=admin, language="fr")[1]


def test_the_page_stands_in_each_language_and_is_never_kept(fra, letter):
    for code in codes.CODES:
        response = visitor().get(letter.path.replace("/fr/", f"/{code}/", 1))
        html = response.content.decode()
        assert response.status_code == 200
        assert f'lang="{code}"' in html
        assert f'dir="{codes.direction(code)}"' in html
        assert "lea@example.org" in html
        assert "no-store" in response["Cache-Control"]


def test_somebody_new_chooses_a_name_and_a_password_and_then_signs_in(fra, letter):
    browser = visitor()
    response = browser.post(letter.path, GIVEN, follow=True)
    assert response.status_code == 200
    assert "/fr/sign-in/" in response.content.decode()
    person = User.objects.get(email="lea@example.org")
    assert held(person) == ["fra: editor"]
    assert "_auth_user_id" not in browser.session  # the sign-in page asks for what it asks
    signed = browser.post("/fr/sign-in/", {"username": "lea@example.org", "password": PASSWORD})
    assert signed.status_code == 302
    assert browser.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"again": "something-else-8"},
        {"password": "short", "again": "short"},
        {"password": "lea@example.org", "again": "lea@example.org"},
        {"first_name": ""},
    ],
)
def test_what_is_wrong_is_told_and_the_link_still_works(fra, letter, wrong):
    response = visitor().post(letter.path, GIVEN | wrong)
    assert response.status_code == 200
    assert "field__errors" in response.content.decode()
    assert not User.objects.filter(email="lea@example.org").exists()
    assert visitor().post(letter.path, GIVEN).status_code == 302


def test_a_made_up_link_and_one_of_another_site_are_not_found(fra, ken, letter):
    made_up = letter.path.replace(letter.token, "x" * len(letter.token))
    for method in ("get", "post"):
        missing = getattr(visitor(), method)(made_up)
        assert missing.status_code == 404
        elsewhere = getattr(visitor("ken.localhost"), method)(letter.path)
        assert elsewhere.status_code == 404
        assert b"lea@example.org" not in elsewhere.content
    assert Invitation.objects.get().is_pending


def test_a_used_withdrawn_or_old_link_says_so_and_does_nothing(fra, admin, letter):
    def gone():
        for method in ("get", "post"):
            response = getattr(visitor(), method)(letter.path, GIVEN)
            assert response.status_code == 410
            assert b"lea@example.org" not in response.content
        return True

    invitation = Invitation.objects.get()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert gone()
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    services.withdraw(invitation.pk, site=fra, by=admin)
    assert gone()
    Invitation.objects.update(withdrawn_at=None)
    visitor().post(letter.path, GIVEN)
    assert gone()
    assert User.objects.filter(email="lea@example.org").count() == 1


def test_who_has_an_account_signs_in_and_comes_back(fra, ken, admin, invited):
    person = somebody("chen", ("editor", ken))
    _invitation, letter = invited("chen@example.org", site=fra, by=admin, language="zh")
    html = visitor().get(letter.path).content.decode()
    assert f"/zh/sign-in/?next={letter.path}" in html
    assert 'name="password"' not in html
    browser = signed_in(person)
    assert b'<button class="button" type="submit">' in browser.get(letter.path).content
    response = browser.post(letter.path, follow=True)
    assert "/admin/" in response.content.decode()
    assert held(person) == ["fra: editor", "ken: editor"]


def test_who_is_signed_in_as_somebody_else_accepts_nothing(fra, ken, letter):
    other = somebody("other", ("editor", ken))
    browser = signed_in(other)
    html = browser.get(letter.path).content.decode()
    assert "other" in html
    assert "/_util/logout/" in html
    browser.post(letter.path, GIVEN)
    assert held(other) == ["ken: editor"]
    assert Invitation.objects.get().is_pending


def test_a_form_without_its_token_is_refused(fra, letter):
    strict = Client(headers={"host": "fra.localhost"}, enforce_csrf_checks=True)
    assert strict.post(letter.path, GIVEN).status_code == 403
    assert Invitation.objects.get().is_pending


def test_the_letter_leads_to_the_sites_host_whatever_host_was_asked(
    fra, admin, mailoutbox, django_capture_on_commit_callbacks
):
    browser = signed_in(admin)
    given = {"email": "lea@example.org", "language": "es", "roles": ["editor"]}
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(
            "/admin/people/fra/invite/", given, headers={"x-forwarded-host": "evil.example"}
        )
    assert "http://fra.localhost:8000/es/invitation/" in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body
    assert EDITOR.role == Invitation.objects.get().roles.get().role
