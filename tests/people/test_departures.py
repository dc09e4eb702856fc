"""Whoever loses the last role is cut off at the next request, tokens included; and comes back."""

import pytest
from django.contrib.auth.models import Group, User
from wagtail.models import APIToken

from cms.access.services import give_role, take_role
from cms.people import services
from cms.people.models import Departure
from cms.signin.models import Session
from tests.worlds import world

from .conftest import PASSWORD, fresh, signed_in, somebody

pytestmark = pytest.mark.django_db


@world
def editor(fra):
    return somebody("anna", ("editor", fra))


def token_of(user):
    raw = APIToken.generate_token()
    APIToken.objects.create(
        user=user, name="export", key_hash=APIToken.hash_token(raw), prefix=raw[:12]
    )
    return raw


def api(client, token):
    return client.get(
        "/api/v3/pages/", headers={"host": "fra.localhost", "authorization": f"Bearer {token}"}
    )


@pytest.mark.parametrize("verb", ["suspend", "remove"])
def test_a_person_who_leaves_is_nobody_at_the_next_request(fra, admin, editor, client, verb):
    browser, token = signed_in(editor), token_of(editor)
    assert browser.get("/admin/").status_code == 200
    assert api(client, token).status_code == 200
    getattr(services, verb)(editor.pk, site=fra, by=admin)
    assert browser.get("/admin/").status_code == 302
    assert api(client, token).status_code == 401
    assert not Session.objects.filter(user=editor).exists()
    assert not client.login(username="anna", password=PASSWORD)


def test_a_person_who_keeps_a_role_on_another_site_keeps_session_and_token(fra, ken, admin, client):
    person = somebody("chen", ("editor", fra), ("editor", ken))
    browser, token = signed_in(person, "ken.localhost"), token_of(person)
    services.suspend(person.pk, site=fra, by=admin)
    assert browser.get("/admin/").status_code == 200
    assert api(client, token).status_code == 200
    home = fra.site.root_page
    assert browser.get(f"/admin/pages/{home.pk}/edit/").status_code in (302, 404)
    assert not home.permissions_for_user(fresh(person)).can_edit()
    assert ken.site.root_page.permissions_for_user(fresh(person)).can_edit()


def test_who_is_resumed_signs_in_again_and_their_token_works(fra, admin, editor, client):
    browser, token = signed_in(editor), token_of(editor)
    services.suspend(editor.pk, site=fra, by=admin)
    services.resume(editor.pk, site=fra, by=admin)
    assert fresh(editor).is_active
    assert browser.get("/admin/").status_code == 302  # the old session stays dead
    assert api(client, token).status_code == 200


def test_tokens_of_who_was_removed_stay_dead_when_they_come_back(fra, admin, editor, client):
    token = token_of(editor)
    services.remove(editor.pk, site=fra, by=admin)
    give_role(fresh(editor), "editor", site=fra)
    assert fresh(editor).is_active
    assert api(client, token).status_code == 401


def test_it_holds_for_roles_taken_in_any_other_way(fra, ken):
    def left(user):
        return not fresh(user).is_active

    one = somebody("one", ("editor", fra))
    take_role(one, fra.role_groups.get(role="editor"))
    two = somebody("two", ("editor", fra))
    two.groups.set([])
    three = somebody("three", ("editor", fra))
    three.groups.clear()
    four = somebody("four", ("editor", fra))
    Group.objects.get(name="fra: editor").user_set.remove(four)
    assert [left(user) for user in (one, two, three, four)] == [True] * 4
    kept = somebody("kept", ("editor", fra), ("delegate", ken))
    kept.groups.remove(Group.objects.get(name="fra: editor"))
    assert not left(kept)
    five = somebody("five", ("editor", fra))
    fra.delete()
    assert left(five)
    assert not left(kept)


def test_who_never_held_a_role_and_superusers_are_left_alone(fra, superuser):
    stranger = User.objects.create_user("stranger")
    stranger.groups.add(Group.objects.create(name="Friends"))
    stranger.groups.clear()
    give_role(superuser, "editor", site=fra)
    take_role(superuser, fra.role_groups.get(role="editor"))
    assert fresh(stranger).is_active
    assert fresh(superuser).is_active


def test_an_account_that_the_secretariat_closed_is_woken_by_no_role(fra, admin, editor):
    editor.is_active = False
    editor.save()
    services.suspend(editor.pk, site=fra, by=admin)
    services.resume(editor.pk, site=fra, by=admin)
    assert not fresh(editor).is_active


def test_saving_a_sleeping_account_by_hand_closes_it(fra, admin, editor):
    services.suspend(editor.pk, site=fra, by=admin)
    fresh(editor).save()
    services.resume(editor.pk, site=fra, by=admin)
    assert not fresh(editor).is_active
    assert not Departure.objects.exists()


def test_a_public_page_costs_a_visitor_no_query_more(fra, client, django_assert_num_queries):
    client.get("/fr/", headers={"host": "fra.localhost"})
    with django_assert_num_queries(1):  # the host's site
        assert client.get("/fr/", headers={"host": "fra.localhost"}).status_code == 200


def test_loading_a_signed_in_person_asks_nothing_of_this_room(
    fra, editor, django_assert_max_num_queries
):
    client = signed_in(editor)
    with django_assert_max_num_queries(60) as queries:
        assert client.get("/fr/").status_code == 200
    assert not [row["sql"] for row in queries.captured_queries if '"people_' in row["sql"]]
