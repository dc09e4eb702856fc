"""Worlds: each test finds what they hold as it was built, and its own copies."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction

from tests import worlds
from tests.worlds import World, standing, world

pytestmark = pytest.mark.django_db

BUILT = []
#: What this process has run.
RAN = []


@world
def amal():
    BUILT.append("amal")
    return User.objects.create_user("amal", first_name="أمل")


@world
def friends(amal):
    BUILT.append("friends")
    amal.known_by = "her first name"
    return [amal, User.objects.create_user("wei", first_name="伟")]


@world(is_shared=True)
def shared():
    made = [User.objects.create_user("shared")]
    yield made
    BUILT.append("the shared one's end")


@pytest.mark.parametrize("time", [1, 2, 3])
def test_each_test_finds_the_world_as_it_was_built(amal, time):
    assert "amal" in standing.values or not RAN, "it was built again"
    RAN.append(time)
    assert User.objects.get().first_name == amal.first_name == "أمل"
    amal.first_name = "other"
    amal.save()
    User.objects.create_user(f"one more {time}")


def test_who_does_not_ask_meets_nobody():
    assert not User.objects.exists()


def test_worlds_stand_upon_each_other_and_hold_the_same_objects(amal, friends):
    assert friends[0] is amal
    assert amal.known_by == "her first name"
    assert User.objects.count() == 2


def test_who_asks_for_the_lower_one_does_not_meet_the_upper_one(amal):
    assert User.objects.get() == amal
    assert not hasattr(amal, "known_by")


# --- one test after another ----------------------------------------------------------------------


class Item:
    """A collected test that asks for these worlds."""

    def __init__(self, *names):
        definitions = {"amal": amal, "friends": friends, "shared": shared}
        self.fixturenames = names
        self._fixtureinfo = self
        self.name2fixturedefs = {name: [Definition(definitions[name])] for name in names}

    def get_closest_marker(self, _name):
        return None


class Definition:
    scope = "function"

    def __init__(self, fixture):
        self.func = fixture._get_wrapped_function()


@pytest.fixture
def row(monkeypatch, django_db_blocker):
    """`row("amal")`: what stands for a test that asks for it, after those before."""
    made = worlds.Standing()
    made.blocker = django_db_blocker
    # Here all of it happens in the transaction of one test.
    made.levels.append(worlds._Level(World("", -1, (), None, False), {}, worlds.ExitStack()))
    first = made.levels[0].world
    real = worlds._wanted_by
    monkeypatch.setattr(worlds, "_wanted_by", lambda item: [first, *real(item)])
    BUILT.clear()

    def next_test(*names):
        made.stand_for(Item(*names))
        return made.values

    yield next_test
    made._take_down(1)


def test_a_world_is_built_once_for_tests_that_follow_each_other(row):
    one, other = row("amal")["amal"], row("amal")["amal"]
    assert one == other
    assert one is not other
    row("amal", "friends")
    row("amal", "friends")
    assert BUILT == ["amal", "friends"]


def test_what_a_test_does_not_ask_for_is_taken_down_before_it(row):
    row("amal", "friends")
    assert User.objects.count() == 2
    row("amal")
    assert User.objects.count() == 1
    row()
    assert not User.objects.exists()
    row("amal", "friends")
    assert BUILT == ["amal", "friends", "amal", "friends"]


def test_a_shared_world_is_handed_out_itself_and_cleans_up_at_its_end(row):
    assert row("shared")["shared"] is row("shared")["shared"]
    assert BUILT == []
    row()
    assert BUILT == ["the shared one's end"]


def test_what_a_world_remembered_is_forgotten_when_it_goes(row):
    row("amal")
    cache.set("one", 1)
    row()
    assert cache.get("one") is None


def test_no_world_stands_in_the_transaction_of_another_fixture(django_db_blocker):
    made = worlds.Standing()
    made.blocker = django_db_blocker
    with transaction.atomic(), pytest.raises(RuntimeError, match="transaction of another fixture"):
        made.stand_for(Item("amal"))
