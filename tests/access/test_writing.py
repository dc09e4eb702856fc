"""Which languages of a page a user may write, and that it costs one query for all pages."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from cms.access.services import give_role, take_role
from cms.access.writing import writable_languages, writes_by_language, writes_everything
from cms.languages.codes import CODES
from cms.lifecycle.services import suspend_site

pytestmark = pytest.mark.django_db

ALL = frozenset(CODES)


@pytest.mark.parametrize(
    ("role", "own", "everything"),
    [
        ("anonymous", frozenset(), False),
        ("delegate", frozenset(), False),
        ("translator", frozenset({"fr"}), False),
        ("editor", ALL, True),
        ("publisher", ALL, True),
        ("mission_administrator", ALL, True),
        ("committee_secretary", ALL, True),
        ("elections_desk", ALL, True),
        ("secretariat", ALL, True),
        ("superuser", ALL, True),
    ],
)
def test_each_role_writes_its_languages_on_its_own_site(small_world, role, own, everything):
    user = small_world.people[role]
    page = small_world.places[small_world.homes[role]].pages["live"]
    assert writable_languages(user, page) == own
    assert writes_everything(user, page) is everything
    assert writes_by_language(user, page) is (role == "translator")


@pytest.mark.parametrize("role", ["translator", "editor", "committee_secretary", "elections_desk"])
def test_nobody_writes_on_anothers_site(small_world, role):
    page = small_world.places["egy"].pages["live"]
    assert writable_languages(small_world.people[role], page) == frozenset()
    assert not writes_everything(small_world.people[role], page)


def test_a_translator_of_two_languages_writes_both_and_an_editors_role_adds_the_rest(small_world):
    fra, egy = (small_world.places[code] for code in ("fra", "egy"))
    user = User.objects.create_user("two.languages")
    for language in ("ar", "zh"):
        give_role(user, "translator", site=fra.profile, language=language)
    give_role(user, "translator", site=egy.profile, language="ru")
    assert writable_languages(user, fra.pages["live"]) == {"ar", "zh"}
    assert writable_languages(user, egy.pages["live"]) == {"ru"}
    editor = give_role(user, "editor", site=fra.profile)
    assert writable_languages(user, fra.pages["live"]) == ALL
    assert writable_languages(user, egy.pages["live"]) == {"ru"}
    take_role(user, editor)
    assert writable_languages(user, fra.pages["live"]) == {"ar", "zh"}


def test_a_translator_of_all_six_languages_still_does_not_write_what_they_share(small_world):
    fra = small_world.places["fra"]
    user = User.objects.create_user("six.languages")
    for language in CODES:
        give_role(user, "translator", site=fra.profile, language=language)
    assert writable_languages(user, fra.pages["live"]) == ALL
    assert not writes_everything(user, fra.pages["live"])


def test_a_closed_account_and_a_suspended_site_write_nothing(small_world):
    fra = small_world.places["fra"]
    user = User.objects.create_user("closed")
    give_role(user, "translator", site=fra.profile, language="ar")
    assert writable_languages(user, fra.pages["live"]) == {"ar"}
    user.is_active = False
    assert writable_languages(user, fra.pages["live"]) == frozenset()
    user = User.objects.get(pk=user.pk)
    assert writable_languages(user, fra.pages["live"]) == {"ar"}
    suspend_site(fra.profile, by=None)
    user = User.objects.get(pk=user.pk)
    assert writable_languages(user, fra.pages["live"]) == frozenset()
    assert writable_languages(AnonymousUser(), fra.pages["live"]) == frozenset()


def test_the_languages_of_many_pages_cost_one_query(small_world, django_assert_num_queries):
    user = User.objects.get(pk=small_world.people["translator"].pk)
    pages = small_world.pages()
    with django_assert_num_queries(1):
        found = [writable_languages(user, page) for page in pages]
    assert frozenset({"fr"}) in found
    assert frozenset() in found
