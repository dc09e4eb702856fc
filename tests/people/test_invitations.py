"""Invitations by letter: asked for, taken up once, and worth nothing afterwards."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.access.selectors import roles_of
from cms.languages import codes
from cms.people import journal, services
from cms.people.models import Invitation
from cms.people.services import NewPerson, RoleChoice

from .conftest import ADMINISTRATOR, EDITOR, PASSWORD, fresh, last_letter, somebody

pytestmark = pytest.mark.django_db
NEW = NewPerson("Léa", "Martin", PASSWORD)


def held(user):
    return [str(row) for row in roles_of(fresh(user))]


def test_a_letter_in_each_language_leads_to_the_sites_own_host(fra, admin, invited):
    for language in codes.CODES:
        invitation, letter = invited(
            f"{language}@example.org", site=fra, by=admin, language=language
        )
        assert letter.to == f"{language}@example.org"
        assert letter.url.startswith(f"http://fra.localhost:8000/{language}/invitation/")
        assert invitation.language == language
    assert "بعثة فرنسا" in mail.outbox[0].subject
    assert "法国代表团" in mail.outbox[1].body
    assert all("Fra.Admin" in message.body for message in mail.outbox)


def test_the_secret_is_kept_nowhere(fra, admin, invited):
    from django_tasks_db.models import DBTaskResult

    invitation, letter = invited("lea@example.org", site=fra, by=admin)
    row = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert letter.token not in str(row)
    assert row["token_hash"]
    assert letter.token not in str(list(ModelLogEntry.objects.values()))
    assert not DBTaskResult.objects.filter(args_kwargs__icontains=letter.token).exists()


def test_a_new_person_joins_with_the_roles_and_the_language_of_the_invitation(fra, admin, invited):
    choices = [EDITOR, RoleChoice("translator", "zh")]
    _invitation, letter = invited("Lea@Example.org ", *choices, site=fra, by=admin, language="zh")
    person = services.join_as_new(letter.token, NEW, site=fra)
    assert person.username == person.email == "lea@example.org"
    assert held(person) == ["fra: editor", "fra: translator (zh)"]
    assert person.check_password(PASSWORD)
    assert person.wagtail_userprofile.preferred_language == "zh-hans"
    assert not person.is_staff
    assert not person.is_superuser
    entry = ModelLogEntry.objects.get(action=journal.JOINED)
    assert entry.data == {"site": "fra", "roles": ["editor", "translator (zh)"]}


def test_a_link_works_once(fra, admin, invited):
    _invitation, letter = invited("lea@example.org", site=fra, by=admin)
    services.join_as_new(letter.token, NEW, site=fra)
    with pytest.raises(services.NotPending):
        services.join_as_new(letter.token, NEW, site=fra)
    assert User.objects.filter(email="lea@example.org").count() == 1


def test_a_link_works_neither_withdrawn_nor_expired_nor_on_another_site(fra, ken, admin, invited):
    invitation, letter = invited("lea@example.org", site=fra, by=admin)
    with pytest.raises(services.NotYours):
        services.join_as_new(letter.token, NEW, site=ken)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(services.NotPending):
        services.join_as_new(letter.token, NEW, site=fra)
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    services.withdraw(invitation.pk, site=fra, by=admin)
    with pytest.raises(services.NotPending):
        services.join_as_new(letter.token, NEW, site=fra)
    with pytest.raises(services.NotYours):
        services.join_as_new("made-up-" * 6, NEW, site=fra)
    assert not User.objects.filter(email="lea@example.org").exists()


def test_it_lasts_seven_days_and_a_new_letter_kills_the_old_link(
    fra, admin, invited, django_capture_on_commit_callbacks
):
    invitation, old = invited("lea@example.org", site=fra, by=admin)
    left = invitation.expires_at - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=30))
    with django_capture_on_commit_callbacks(execute=True):
        services.send_again(invitation.pk, site=fra, by=admin)
    new = last_letter()
    assert new.token != old.token
    with pytest.raises(services.NotYours):
        services.join_as_new(old.token, NEW, site=fra)
    assert held(services.join_as_new(new.token, NEW, site=fra)) == ["fra: editor"]


def test_a_weak_password_is_refused_and_changes_nothing(fra, admin, invited):
    invitation, letter = invited("lea@example.org", site=fra, by=admin)
    for weak in ("", "short1", "password", "12345678901"):
        with pytest.raises(ValidationError):
            services.join_as_new(letter.token, NewPerson("Léa", "Martin", weak), site=fra)
    assert not User.objects.filter(email="lea@example.org").exists()
    assert Invitation.objects.get(pk=invitation.pk).is_pending


# --- an address that has an account ---


def test_who_has_an_account_joins_with_it_and_with_no_other(fra, ken, admin, invited):
    person = somebody("chen", ("editor", ken))
    other = somebody("other", ("editor", ken))
    _invitation, letter = invited("chen@example.org", site=fra, by=admin)
    with pytest.raises(services.CannotAccept):
        services.join_as_new(letter.token, NEW, site=fra)
    with pytest.raises(services.CannotAccept):
        services.join(letter.token, site=fra, as_user=other)
    services.join(letter.token, site=fra, as_user=person)
    assert held(person) == ["fra: editor", "ken: editor"]
    assert held(other) == ["ken: editor"]
    assert person.check_password(PASSWORD)


def test_the_inviter_learns_nothing_of_accounts_elsewhere(fra, ken, admin, invited, secretariat):
    somebody("chen", ("editor", ken))
    known, _letter = invited("chen@example.org", site=fra, by=admin)
    unknown, _letter = invited("lea@example.org", site=fra, by=admin)
    boss, _letter = invited("secretariat@example.org", site=fra, by=admin)
    states = {
        (row.mails, bool(row.sent_at), row.is_pending, row.accepted_by)
        for row in Invitation.objects.filter(pk__in=[known.pk, unknown.pk, boss.pk])
    }
    assert states == {(1, True, True, None)}


def test_the_secretariat_takes_no_hat_by_invitation(fra, admin, invited, secretariat, superuser):
    for person in (secretariat, superuser):
        _invitation, letter = invited(person.email, site=fra, by=admin)
        with pytest.raises(services.CannotAccept):
            services.join(letter.token, site=fra, as_user=person)
    assert held(secretariat) == ["secretariat"]


def test_who_had_left_comes_back_with_a_new_password(fra, admin, invited):
    person = somebody("anna", ("editor", fra))
    services.remove(person.pk, site=fra, by=admin)
    _invitation, letter = invited(
        "anna@example.org", RoleChoice("translator", "ru"), site=fra, by=admin
    )
    back = services.join_as_new(letter.token, NewPerson("Anna", "B", "another-horse-9"), site=fra)
    assert back.pk == person.pk
    assert fresh(person).is_active
    assert fresh(person).check_password("another-horse-9")
    assert held(person) == ["fra: translator (ru)"]


def test_an_account_that_the_secretariat_closed_stays_closed(fra, admin, invited):
    person = somebody("anna")
    person.is_active = False
    person.save()
    _invitation, letter = invited("anna@example.org", site=fra, by=admin)
    with pytest.raises(services.CannotAccept):
        services.join_as_new(letter.token, NEW, site=fra)
    assert not fresh(person).is_active


def test_a_suspended_person_is_not_let_in_by_an_older_invitation(fra, ken, admin, invited):
    person = somebody("chen", ("editor", ken))
    _invitation, letter = invited("chen@example.org", ADMINISTRATOR, site=fra, by=admin)
    from cms.access.services import give_role

    give_role(person, "editor", site=fra)
    services.suspend(person.pk, site=fra, by=admin)
    with pytest.raises(services.CannotAccept):
        services.join(letter.token, site=fra, as_user=fresh(person))
    assert held(person) == ["ken: editor"]


def test_an_address_that_looks_alike_takes_over_nobodys_sleeping_account(fra, admin, invited):
    person = somebody("anna", ("editor", fra))
    User.objects.filter(pk=person.pk).update(email="strasse@example.org")
    services.remove(person.pk, site=fra, by=admin)
    Invitation.objects.create(
        site=fra,
        email="straße@example.org",
        language="en",
        asked_by=admin,
        expires_at=timezone.now() + timedelta(days=1),
    )
    from cms.people.selectors import accounts_at

    assert accounts_at("straße@example.org") == []
    assert accounts_at("STRASSE@example.org") == [fresh(person)]


# --- who may invite, and whom ---


def test_only_who_manages_the_site_invites_and_only_to_its_roles(fra, ken, admin, secretariat):
    for by in (
        somebody("ken.admin", ("mission_administrator", ken)),
        somebody("anna", ("publisher", fra)),
        somebody("nobody"),
    ):
        with pytest.raises(services.NotYours):
            services.invite("lea@example.org", [EDITOR], site=fra, by=by)
    for wanted, refusal in (
        ([RoleChoice("elections_desk")], services.RoleNotOfSite),
        ([RoleChoice("secretariat")], services.RoleNotOfSite),
        ([], services.NoRole),
    ):
        with pytest.raises(refusal):
            services.invite("lea@example.org", wanted, site=fra, by=admin)
    with pytest.raises(ValidationError):
        services.invite("no address", [EDITOR], site=fra, by=admin)
    assert not Invitation.objects.exists()
    services.invite("lea@example.org", [ADMINISTRATOR], site=fra, by=secretariat)


def test_one_of_the_people_and_one_who_is_invited_are_not_invited_again(fra, ken, admin, invited):
    somebody("anna", ("editor", fra))
    with pytest.raises(services.AlreadyThere):
        services.invite("ANNA@example.org", [EDITOR], site=fra, by=admin)
    invitation, _letter = invited("lea@example.org", site=fra, by=admin)
    with pytest.raises(services.AlreadyInvited):
        services.invite("lea@example.org", [EDITOR], site=fra, by=admin)
    services.withdraw(invitation.pk, site=fra, by=admin)
    invited("lea@example.org", site=fra, by=admin)
    with pytest.raises(services.NotPending):
        services.withdraw(invitation.pk, site=fra, by=admin)


def test_anothers_invitation_is_like_one_that_does_not_exist(fra, ken, admin, invited):
    stranger = somebody("ken.admin", ("mission_administrator", ken))
    invitation, _letter = invited("lea@example.org", site=fra, by=admin)
    for act in (services.send_again, services.withdraw):
        for pk, site in ((invitation.pk, ken), (invitation.pk, fra), (10**6, ken)):
            with pytest.raises(services.NotYours):
                act(pk, site=site, by=stranger)
    assert Invitation.objects.get().is_pending
    services.withdraw(invitation.pk, site=fra, by=admin)


def test_an_invitation_is_worth_as_much_as_whoever_stands_behind_it(
    fra, admin, invited, django_capture_on_commit_callbacks
):
    second = somebody("second", ("mission_administrator", fra))
    invitation, letter = invited("back.door@example.org", ADMINISTRATOR, site=fra, by=second)
    services.change_roles(second.pk, [EDITOR], site=fra, by=admin)
    with pytest.raises(services.CannotAccept):
        services.join_as_new(letter.token, NEW, site=fra)
    with django_capture_on_commit_callbacks(execute=True):
        services.send_again(invitation.pk, site=fra, by=admin)  # who now stands behind it
    services.join_as_new(last_letter().token, NEW, site=fra)


def test_nobody_sends_hundreds_of_letters(fra, ken, admin, invited, settings):
    settings.INVITATIONS_A_DAY = 3
    first, _letter = invited("a@example.org", site=fra, by=admin)
    invited("b@example.org", site=fra, by=admin)
    services.send_again(first.pk, site=fra, by=admin)
    with pytest.raises(services.TooManyInvitations):
        services.invite("c@example.org", [EDITOR], site=fra, by=admin)
    with pytest.raises(services.TooManyInvitations):
        services.send_again(first.pk, site=fra, by=admin)
    other = somebody("ken.admin", ("mission_administrator", ken))
    invited("d@example.org", site=ken, by=other)
    Invitation.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    invited("c@example.org", site=fra, by=admin)


def test_a_letter_that_cannot_be_sent_is_seen_and_can_be_sent_again(
    fra, admin, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens
    with django_capture_on_commit_callbacks(execute=True):
        invitation = services.invite("lea@example.org", [EDITOR], site=fra, by=admin)
    assert Invitation.objects.get().sent_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        services.send_again(invitation.pk, site=fra, by=admin)
    assert Invitation.objects.get().sent_at
