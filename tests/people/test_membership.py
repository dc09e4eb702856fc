"""Roles of the people of a site: changed, suspended, given back and taken, by who may."""

import pytest
from django.contrib.auth.models import User
from wagtail.models import ModelLogEntry

from cms.access.roles import UnknownRole
from cms.access.selectors import roles_of
from cms.people import journal, services
from cms.people.models import SuspendedRole
from cms.people.selectors import Status, people_of, standing
from cms.people.services import RoleChoice
from tests.worlds import world

from .conftest import ADMINISTRATOR, EDITOR, fresh, make_site, somebody

pytestmark = pytest.mark.django_db


def held(user):
    return [str(row) for row in roles_of(fresh(user))]


def seen(site, user):
    return standing(people_of(site).get(pk=user.pk))


@world
def editor(fra):
    return somebody("anna", ("editor", fra))


@world
def two_hats(fra, ken):
    return somebody("chen", ("editor", fra), ("publisher", ken))


# --- changing roles ---


def test_an_administrator_changes_roles_and_languages_of_their_own_people(fra, admin, editor):
    wanted = [
        RoleChoice("publisher"),
        RoleChoice("translator", "ar"),
        RoleChoice("translator", "zh"),
    ]
    services.change_roles(editor.pk, wanted, site=fra, by=admin)
    assert held(editor) == ["fra: publisher", "fra: translator (ar)", "fra: translator (zh)"]
    entry = ModelLogEntry.objects.get(action=journal.ROLES_CHANGED)
    assert entry.user == admin
    assert entry.data["site"] == "fra"
    assert entry.data["before"] == ["editor"]
    assert entry.data["after"] == ["publisher", "translator (ar)", "translator (zh)"]


def test_nobody_else_changes_them(fra, ken, admin, editor):
    strangers = [
        somebody("ken.admin", ("mission_administrator", ken)),
        somebody("bob", ("publisher", fra)),
        editor,
        somebody("nobody"),
    ]
    for stranger in strangers:
        with pytest.raises(services.NotYours):
            services.change_roles(editor.pk, [ADMINISTRATOR], site=fra, by=stranger)
    assert held(editor) == ["fra: editor"]


@pytest.mark.parametrize("verb", ["suspend", "resume", "remove"])
def test_a_stranger_is_refused_exactly_like_somebody_who_does_not_exist(
    fra, ken, admin, secretariat, superuser, verb
):
    act = getattr(services, verb)
    strangers = [somebody("ken.editor", ("editor", ken)), secretariat, superuser]
    told = set()
    for pk in [*(stranger.pk for stranger in strangers), 10**6]:
        with pytest.raises(services.NotYours) as refusal:
            act(pk, site=fra, by=admin)
        told.add(str(refusal.value))
    assert len(told) == 1
    assert not SuspendedRole.objects.exists()
    assert held(strangers[0]) == ["ken: editor"]


def test_the_secretariat_with_a_hat_on_a_mission_is_not_that_missions_to_touch(
    fra, admin, secretariat
):
    from cms.access.services import give_role

    give_role(secretariat, "editor", site=fra)
    with pytest.raises(services.NotYours):
        services.remove(secretariat.pk, site=fra, by=admin)
    assert secretariat not in people_of(fra)


def test_roles_of_another_kind_of_site_unknown_ones_and_none_are_refused(fra, admin, editor):
    for wanted, refusal in (
        ([RoleChoice("committee_secretary")], services.RoleNotOfSite),
        ([RoleChoice("secretariat")], services.RoleNotOfSite),
        ([RoleChoice("translator")], services.RoleNotOfSite),
        ([RoleChoice("translator", "de")], services.RoleNotOfSite),
        ([RoleChoice("editor", "fr")], services.RoleNotOfSite),
        ([RoleChoice("boss")], UnknownRole),
        ([EDITOR, RoleChoice("elections_desk")], services.RoleNotOfSite),
        ([], services.NoRole),
    ):
        with pytest.raises(refusal):
            services.change_roles(editor.pk, wanted, site=fra, by=admin)
    assert held(editor) == ["fra: editor"]


def test_nobody_gives_or_touches_more_than_they_hold(fra, admin, editor, monkeypatch):
    from dataclasses import replace

    from cms.access import roles
    from cms.access.roles import ROLES, Permission

    # A table in which a mission has a role that allows more than its administrator's.
    mighty = replace(
        ROLES["publisher"],
        permissions=ROLES["publisher"].permissions | {Permission.MANAGE_SITES},
    )
    colleague = somebody("mighty", ("publisher", fra))
    monkeypatch.setitem(roles.ROLES, "publisher", mighty)
    with pytest.raises(services.BeyondYourRights):
        services.change_roles(editor.pk, [RoleChoice("publisher")], site=fra, by=admin)
    for act in (services.suspend, services.remove):
        with pytest.raises(services.BeyondYourRights):
            act(colleague.pk, site=fra, by=admin)
    monkeypatch.undo()
    services.suspend(colleague.pk, site=fra, by=admin)


# --- two hats ---


def test_an_administrator_changes_only_what_a_person_of_two_sites_holds_on_theirs(
    fra, ken, admin, two_hats
):
    services.change_roles(two_hats.pk, [RoleChoice("delegate")], site=fra, by=admin)
    assert held(two_hats) == ["fra: delegate", "ken: publisher"]
    services.suspend(two_hats.pk, site=fra, by=admin)
    assert held(two_hats) == ["ken: publisher"]
    assert fresh(two_hats).is_active
    services.remove(two_hats.pk, site=fra, by=admin)
    assert held(two_hats) == ["ken: publisher"]


def test_nothing_tells_that_a_person_works_on_another_site(fra, ken, admin, two_hats):
    from django.utils import timezone

    found = seen(fra, two_hats)
    assert [role.label for role in found.roles] == ["Editor"]
    services.suspend(two_hats.pk, site=fra, by=admin)
    User.objects.filter(pk=two_hats.pk).update(last_login=timezone.now())
    found = seen(fra, two_hats)
    assert found.status is Status.SUSPENDED
    assert found.last_sign_in is None  # they signed in after they were suspended: elsewhere


# --- suspending ---


def test_a_suspended_person_gets_back_what_they_held_and_no_more(fra, admin):
    person = somebody("dina", ("editor", fra), ("translator", fra, "ru"))
    services.suspend(person.pk, site=fra, by=admin)
    assert held(person) == []
    found = seen(fra, person)
    assert found.status is Status.SUSPENDED
    assert [role.label for role in found.roles] == ["Editor", "Translator"]
    with pytest.raises(services.AlreadySuspended):
        services.suspend(person.pk, site=fra, by=admin)
    services.resume(person.pk, site=fra, by=admin)
    assert held(person) == ["fra: editor", "fra: translator (ru)"]
    assert seen(fra, person).status is Status.ACTIVE
    with pytest.raises(services.NotSuspended):
        services.resume(person.pk, site=fra, by=admin)
    actions = ModelLogEntry.objects.filter(action__startswith="people.").order_by("pk")
    assert [entry.action for entry in actions] == [journal.SUSPENDED, journal.RESUMED]


def test_roles_changed_during_a_suspension_count_after_it(fra, admin, editor):
    services.suspend(editor.pk, site=fra, by=admin)
    services.change_roles(editor.pk, [RoleChoice("translator", "es")], site=fra, by=admin)
    assert held(editor) == []
    services.resume(editor.pk, site=fra, by=admin)
    assert held(editor) == ["fra: translator (es)"]


def test_a_removed_person_is_no_longer_one_of_the_people(fra, admin, editor):
    services.remove(editor.pk, site=fra, by=admin)
    assert held(editor) == []
    assert editor not in people_of(fra)
    with pytest.raises(services.NotYours):
        services.resume(editor.pk, site=fra, by=admin)
    entry = ModelLogEntry.objects.get(action=journal.REMOVED)
    assert entry.data == {"site": "fra", "roles": ["editor"]}


# --- the last administrator ---


def test_the_last_administrator_cannot_remove_suspend_or_demote_themselves(fra, admin):
    for act in (
        lambda: services.remove(admin.pk, site=fra, by=admin),
        lambda: services.suspend(admin.pk, site=fra, by=admin),
        lambda: services.change_roles(admin.pk, [EDITOR], site=fra, by=admin),
    ):
        with pytest.raises(services.LastAdministrator):
            act()
    assert held(admin) == ["fra: mission administrator"]
    services.change_roles(admin.pk, [ADMINISTRATOR, EDITOR], site=fra, by=admin)
    second = somebody("second", ("mission_administrator", fra))
    services.change_roles(admin.pk, [EDITOR], site=fra, by=admin)
    assert held(admin) == ["fra: editor"]
    with pytest.raises(services.LastAdministrator):
        services.remove(second.pk, site=fra, by=second)


def test_an_administrator_who_cannot_sign_in_does_not_count(fra, admin):
    second = somebody("second", ("mission_administrator", fra))
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(services.LastAdministrator):
        services.remove(admin.pk, site=fra, by=admin)
    User.objects.filter(pk=second.pk).update(is_active=True)
    services.remove(admin.pk, site=fra, by=admin)


def test_the_secretariat_may_let_the_last_administrator_go(fra, admin, secretariat):
    services.remove(admin.pk, site=fra, by=secretariat)
    assert held(admin) == []


def test_a_committees_people_are_the_secretariats(secretariat):
    committee = make_site("c3", "committee")
    secretary = somebody("sam", ("committee_secretary", committee))
    with pytest.raises(services.NotYours):
        services.remove(secretary.pk, site=committee, by=secretary)
    services.suspend(secretary.pk, site=committee, by=secretariat)
    assert held(secretary) == []


def test_the_list_costs_three_queries_however_many_people_there_are(
    fra, admin, editor, django_assert_num_queries
):
    for number in range(12):
        somebody(f"p{number}", ("editor", fra), ("translator", fra, "ar"))
    with django_assert_num_queries(3):
        found = [standing(person) for person in people_of(fra)]
    assert len(found) == 14
