"""Who may read a page: the check on the object, the database's filter and the index's agree.

On every page of the small world, for every role, as built and after each kind of change.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from wagtail.models import PageViewRestriction

from cms.access.audiences import may_read, portal_group, readable_by, restrict_to_portal
from cms.access.reading import search_as
from cms.lifecycle.services import suspend_site
from cms.pages.models import Page
from search.indexer import apply_pending
from search.rebuilding import rebuild
from search.services import engine

from .small_world import WORDS, SmallWorld

pytestmark = pytest.mark.django_db

#: What happens to the world before the three forms are asked.
Change = Callable[[SmallWorld], object]


def restrict(code: str, state: str, kind: str) -> Change:
    def change(world: SmallWorld) -> None:
        page = world.places[code].pages[state]
        if kind == "portal":
            restrict_to_portal(page)
            return
        made = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
        if kind == PageViewRestriction.GROUPS:
            own = world.places[code].profile.role_groups.first().group
            made.groups.set([portal_group(), own])

    return change


def suspend(world: SmallWorld) -> None:
    suspend_site(world.places["egy"].profile, by=None)


def open_password(world: SmallWorld) -> None:
    for restriction in PageViewRestriction.objects.filter(restriction_type="password"):
        restriction.delete()


def publish_draft(world: SmallWorld) -> None:
    world.places["fra"].pages["draft"].specific.get_latest_revision().publish()


def unpublish(world: SmallWorld) -> None:
    Page.objects.get(pk=world.places["egy"].pages["live"].pk).specific.unpublish()


def move_into_the_portal(world: SmallWorld) -> None:
    page = Page.objects.get(pk=world.places["fra"].pages["section"].pk).specific
    page.move(world.places["portal"].home, pos="last-child")


def move_behind_the_password(world: SmallWorld) -> None:
    page = Page.objects.get(pk=world.places["fra"].pages["live"].pk).specific
    page.move(Page.objects.get(pk=world.places["fra"].pages["restricted"].pk), pos="last-child")


def close_accounts(world: SmallWorld) -> None:
    User.objects.update(is_active=False)


CHANGES: dict[str, Change | None] = {
    "as it was built": None,
    "after a section is kept for the portal": restrict("egy", "section", "portal"),
    "after a page needs a sign-in": restrict("fra", "live", PageViewRestriction.LOGIN),
    "after a page is kept for two groups": restrict("fra", "live", PageViewRestriction.GROUPS),
    "after a page below a restriction gets another": restrict("portal", "live", "password"),
    "after the passwords are lifted": open_password,
    "after a draft is published": publish_draft,
    "after a page is unpublished": unpublish,
    "after a page is moved into the portal": move_into_the_portal,
    "after a page is moved behind a password": move_behind_the_password,
    "after a site is suspended": suspend,
    "after every account is closed": close_accounts,
}


@pytest.fixture
def index(tmp_path, settings, small_world):
    """An index of the test's own, of the world as it was built."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    rebuild(engine())
    yield engine()
    engine().close()


def found(user, world: SmallWorld) -> set[int]:
    """Ids of the pages that a reader finds, whichever word leads to them."""
    keys = {
        hit.key
        for language, word in WORDS.values()
        for hit in search_as(user, word, language=language, size=100).hits
    }
    return {int(key.removeprefix("page:")) for key in keys if key.startswith("page:")}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_object_the_database_and_the_index_agree_for_every_role(small_world, index, change):
    if change is not None:
        change(small_world)
        apply_pending(index)
    pages = [page for page in small_world.pages() if _has_word(page)]
    for role, person in small_world.people.items():
        reader = User.objects.get(pk=person.pk) if person.pk else person
        by_object = {page.pk for page in pages if may_read(reader, page)}
        live = Page.objects.filter(live=True, pk__in=[page.pk for page in pages])
        by_database = set(readable_by(reader, live).values_list("pk", flat=True))
        by_index = found(reader, small_world) & {page.pk for page in pages}
        assert by_object == by_database, role
        assert by_object == by_index, role


def _has_word(page: Page) -> bool:
    titles = [getattr(page, f"title_{language}") or "" for language, _word in WORDS.values()]
    return any(word in " ".join(titles) for _language, word in WORDS.values())


def test_the_forms_do_not_agree_by_saying_nothing(small_world):
    """Someone may read something that others may not, or agreement would prove nothing."""
    guide = small_world.places["portal"].pages["live"]
    live = small_world.places["fra"].pages["live"]
    people = small_world.people
    assert guide.pk in found(people["delegate"], small_world)
    assert guide.pk not in found(people["anonymous"], small_world)
    assert live.pk in found(people["anonymous"], small_world)
