"""Role × own or another's × action × surface: what each may do, written by hand.

The expectations are not read from the table of roles: a change of that table that nobody meant
shows here. Each denial on another's site stands beside the allowance on one's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pytest
from django.test import Client

from cms.access.reading import search_as
from cms.media.models import SiteImage
from cms.pages.models import Page

from .small_world import ANOTHERS, WORDS, Place, SmallWorld

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "anonymous",
    "delegate",
    "translator",
    "editor",
    "publisher",
    "mission_administrator",
    "committee_secretary",
    "elections_desk",
    "secretariat",
    "superuser",
)
OWN, OTHER = "their own site", "another's site"

NOBODY = frozenset()
ANYBODY = frozenset(EVERYBODY)
SUPERUSER = frozenset({"superuser"})
SECRETARIAT = SUPERUSER | {"secretariat"}
RUN = frozenset({"publisher", "mission_administrator", "committee_secretary"}) | SECRETARIAT
PUBLISH = RUN | {"editor"}
WRITE = PUBLISH | {"elections_desk"}
MANAGE_PEOPLE = SECRETARIAT | {"mission_administrator"}
EDIT = WRITE | {"translator"}
MISSION = frozenset({"delegate", "translator", "editor", "publisher", "mission_administrator"})


@dataclass(frozen=True)
class Asked:
    """Who does something where, in a browser in which they are signed in or by their token."""

    world: SmallWorld
    role: str
    place: Place

    @cached_property
    def client(self) -> Client:
        return self.world.client(self.role)

    def admin(self, path: str, *, post: bool = False, data: dict | None = None) -> int:
        """The status of an answer of the admin, asked at the person's own host."""
        host = self.world.places[self.world.homes[self.role]].host
        ask = self.client.post if post else self.client.get
        return ask(f"/admin/{path}", data or {}, headers={"host": host}).status_code

    def api(self, method: str, path: str, data: dict | None = None) -> int:
        """The status of an answer of the API at the place's host, with the person's token."""
        headers = {"host": self.place.host}
        if token := self.world.tokens.get(self.role):
            headers["authorization"] = f"Bearer {token}"
        ask = getattr(self.client, method)
        extra = {"content_type": "application/json"} if method != "get" else {}
        return ask(f"/api/v3/{path}", data, headers=headers, **extra).status_code

    def now(self, name: str) -> Page | None:
        """A page of the place as the database has it now."""
        return Page.objects.filter(pk=self.place.pages[name].pk).first()


def opens(path: str) -> Callable[[Asked], bool]:
    """Done where the admin opens an address; `{live}`, `{draft}`… are ids of the place's pages."""

    def do(asked: Asked) -> bool:
        ids = {name: page.pk for name, page in asked.place.pages.items()}
        status = asked.admin(path.format(**ids, code=asked.place.code, image=asked.place.image.pk))
        assert status != 500
        return status == 200

    return do


def begin(asked: Asked) -> bool:
    """Done where the choice of page types opens, or the form of the only type there is."""
    host = asked.world.places[asked.world.homes[asked.role]].host
    path = f"/admin/pages/{asked.place.pages['section'].pk}/add_subpage/"
    response = asked.client.get(path, headers={"host": host})
    return response.status_code == 200 or "/pages/add/" in response.get("Location", "")


def publish(asked: Asked) -> bool:
    draft = asked.place.pages["draft"].pk
    asked.admin(f"bulk/pages/page/publish/?id={draft}&next=/admin/", post=True)
    return asked.now("draft").live


def unpublish(asked: Asked) -> bool:
    asked.admin(f"pages/{asked.place.pages['live'].pk}/unpublish/", post=True)
    return not asked.now("live").live


def delete_draft(asked: Asked) -> bool:
    asked.admin(f"pages/{asked.place.pages['draft'].pk}/delete/", post=True)
    return asked.now("draft") is None


def delete_live(asked: Asked) -> bool:
    asked.admin(f"pages/{asked.place.pages['restricted'].pk}/delete/", post=True)
    return asked.now("restricted") is None


def lock(asked: Asked) -> bool:
    asked.admin(f"pages/{asked.place.pages['live'].pk}/lock/", post=True)
    return asked.now("live").locked


def move(asked: Asked) -> bool:
    page, target = asked.place.pages["draft"], asked.place.pages["live"]
    before = asked.now("draft").path
    asked.admin(f"pages/{page.pk}/move/{target.pk}/confirm/", post=True)
    return asked.now("draft").path != before


def delete_image(asked: Asked) -> bool:
    asked.admin(f"images/{asked.place.image.pk}/delete/", post=True)
    return not SiteImage._base_manager.filter(pk=asked.place.image.pk).exists()


def change_records(asked: Asked) -> bool:
    place = asked.place.code
    if place == "candiweb":
        return asked.admin(f"candidatures/edit/{asked.world.candidature}/") == 200
    session = asked.world.session.get(place, asked.world.session["c3"])
    return asked.admin(f"committee-sessions/edit/{session}/") == 200


def read_draft_by_api(asked: Asked) -> bool:
    return asked.api("get", f"pages/{asked.place.pages['draft'].pk}/?version=draft") == 200


def change_by_api(asked: Asked) -> bool:
    page = asked.place.pages["draft"].specific
    label = page._meta.label
    body = {"meta": {"type": label}, "title_ru": "Перемена"}
    asked.api("patch", f"pages/{page.pk}/", body)
    return asked.now("draft").get_latest_revision().content.get("title_ru") == "Перемена"


def change_in(language: str) -> Callable[[Asked], bool]:
    """Done where the API changes the title in a language."""

    def do(asked: Asked) -> bool:
        page, name = asked.place.pages["draft"].specific, f"title_{language}"
        body = {"meta": {"type": page._meta.label}, name: "Autre titre"}
        asked.api("patch", f"pages/{page.pk}/", body)
        return asked.now("draft").get_latest_revision().content.get(name) == "Autre titre"

    return do


def change_slug_by_api(asked: Asked) -> bool:
    page = asked.place.pages["draft"].specific
    body = {"meta": {"type": page._meta.label}, "slug": "another-address"}
    asked.api("patch", f"pages/{page.pk}/", body)
    return asked.now("draft").get_latest_revision().content.get("slug") == "another-address"


def create_by_api(asked: Asked) -> bool:
    parent = asked.place.pages["live"]
    body = {"meta": {"type": "missions.StandardPage", "parent_id": parent.pk}, "title_fr": "Neuf"}
    return asked.api("post", "pages/", body) == 201


def copy_by_api(asked: Asked) -> bool:
    page = asked.place.pages["draft"]
    return asked.api("post", f"pages/{page.pk}/actions/copy/", {"slug": "a-copy"}) == 201


def alias_by_api(asked: Asked) -> bool:
    page = asked.place.pages["draft"]
    body = {"destination_id": asked.place.home.pk, "update_slug": "an-alias"}
    return asked.api("post", f"pages/{page.pk}/actions/create_alias/", body) == 201


def move_by_api(asked: Asked) -> bool:
    page, target = asked.place.pages["draft"], asked.place.pages["live"]
    before = asked.now("draft").path
    body = {"destination_id": target.pk, "position": "last-child"}
    asked.api("post", f"pages/{page.pk}/actions/move/", body)
    return asked.now("draft").path != before


def revert_others_words(asked: Asked) -> bool:
    """Done where the API brings back a draft that differs in a language that is nobody's own."""
    page = asked.now("draft").specific
    first = page.get_latest_revision()
    page.title_es = "Otro"
    page.save_revision()
    asked.api("post", f"pages/{page.pk}/actions/revert/", {"revision_id": first.pk})
    return asked.now("draft").get_latest_revision().content.get("title_es") != "Otro"


def delete_in_bulk(asked: Asked) -> bool:
    draft = asked.place.pages["draft"].pk
    asked.admin(f"bulk/pages/page/delete/?id={draft}&next=/admin/", post=True)
    return asked.now("draft") is None


def publish_by_api(asked: Asked) -> bool:
    asked.api("post", f"pages/{asked.place.pages['draft'].pk}/actions/publish/", {})
    return asked.now("draft").live


def delete_by_api(asked: Asked) -> bool:
    asked.api("delete", f"pages/{asked.place.pages['draft'].pk}/")
    return asked.now("draft") is None


def read(name: str) -> Callable[[Asked], bool]:
    """Done where a page answers 200 at its own host and shows its word."""

    def do(asked: Asked) -> bool:
        page = asked.place.pages[name]
        tail = page.url_path.split("/", 2)[2]
        response = asked.client.get(
            f"/{page.source_language}/{tail}", headers={"host": asked.place.host}
        )
        title = f"{WORDS[asked.place.code][1]} {asked.place.code}{name}"
        return response.status_code == 200 and title in response.content.decode()

    return do


def finds(name: str) -> Callable[[Asked], bool]:
    """Done where the search finds a page of the place."""

    def do(asked: Asked) -> bool:
        language, word = WORDS[asked.place.code]
        found = search_as(
            asked.world.people[asked.role], word, language=language, sites=[asked.place.code]
        )
        return f"page:{asked.place.pages[name].pk}" in {hit.key for hit in found.hits}

    return do


@dataclass(frozen=True)
class Row:
    """One action: who may do it on their own site, and who on another's."""

    surface: str
    action: str
    do: Callable[[Asked], bool]
    own: frozenset[str]
    other: frozenset[str] = SECRETARIAT

    def __str__(self) -> str:
        return f"{self.action} ({self.surface})"


PORTAL_READERS = MISSION | SECRETARIAT

MATRIX = (
    Row("admin", "open a page's editor", opens("pages/{live}/edit/"), own=EDIT),
    Row("admin", "see the pages of a section", opens("pages/{live}/"), own=EDIT),
    Row("admin", "look at a draft", opens("pages/{draft}/view_draft/"), own=EDIT),
    Row("admin", "read a page's history", opens("pages/{live}/history/"), own=EDIT),
    Row("admin", "begin a page", begin, own=WRITE),
    Row("admin", "publish", publish, own=PUBLISH),
    Row("admin", "unpublish", unpublish, own=PUBLISH),
    Row("admin", "delete a published page", delete_live, own=PUBLISH),
    Row("admin", "delete a draft", delete_draft, own=WRITE),
    Row("admin", "delete a draft in bulk", delete_in_bulk, own=WRITE),
    Row("admin", "open the copying of a draft", opens("pages/{draft}/copy/"), own=WRITE),
    Row("admin", "lock a page", lock, own=RUN),
    Row("admin", "move a draft", move, own=WRITE),
    Row("admin", "open an image", opens("images/{image}/"), own=WRITE),
    Row("admin", "choose an image", opens("images/chooser/chosen/{image}/"), own=EDIT),
    Row("admin", "delete an image", delete_image, own=WRITE),
    Row("admin", "list the people", opens("people/{code}/"), own=MANAGE_PEOPLE),
    Row("admin", "list the groups of Wagtail", opens("groups/"), own=SUPERUSER, other=SUPERUSER),
    Row("admin", "list the users of Wagtail", opens("users/"), own=SUPERUSER, other=SUPERUSER),
    Row("admin", "list all sites", opens("sites/"), own=SUPERUSER, other=SUPERUSER),
    Row("admin", "list the records of missions", opens("missions/"), own=SECRETARIAT),
    Row(
        "admin",
        "change records",
        change_records,
        own=frozenset({"committee_secretary", "elections_desk"}) | SECRETARIAT,
    ),
    Row("API", "read a draft", read_draft_by_api, own=EDIT),
    # The translator's language is French.
    Row("API", "change a draft in Russian", change_by_api, own=WRITE),
    Row("API", "change a draft in Arabic", change_in("ar"), own=WRITE),
    Row("API", "change a draft in French", change_in("fr"), own=EDIT),
    Row("API", "change a draft’s address", change_slug_by_api, own=WRITE),
    Row("API", "create a page", create_by_api, own=WRITE),
    # A standard page has no place below the home page of a committee or of CandiWeb.
    Row("API", "copy a draft", copy_by_api, own=WRITE & MISSION | SECRETARIAT),
    Row("API", "make an alias", alias_by_api, own=WRITE & MISSION | SECRETARIAT),
    Row("API", "move a draft", move_by_api, own=WRITE),
    Row("API", "bring back others’ words", revert_others_words, own=WRITE),
    Row("API", "publish", publish_by_api, own=PUBLISH),
    # Wagtail lets whoever may change a page delete it while it is no more than a draft: not here.
    Row("API", "delete a draft", delete_by_api, own=WRITE),
    Row("public site", "read a published page", read("live"), own=ANYBODY, other=ANYBODY),
    Row("public site", "read a draft", read("draft"), own=NOBODY, other=NOBODY),
    Row("public site", "read behind a password", read("restricted"), own=NOBODY, other=NOBODY),
    Row("search", "find a published page", finds("live"), own=ANYBODY, other=ANYBODY),
    Row("search", "find a draft", finds("draft"), own=NOBODY, other=NOBODY),
    Row("search", "find behind a password", finds("restricted"), own=NOBODY, other=NOBODY),
)


def _sentence(row: Row, role: str, where: str, allowed: bool) -> str:
    return f"{role} {'may' if allowed else 'may not'} {row.action} on {where} ({row.surface})"


CASES = [
    pytest.param(row, role, where, role in allowed, id=_sentence(row, role, where, role in allowed))
    for row in MATRIX
    for role in EVERYBODY
    for where, allowed in ((OWN, row.own), (OTHER, row.other))
]


def place_for(world: SmallWorld, role: str, where: str) -> Place:
    own = world.homes[role]
    return world.places[own if where == OWN else ANOTHERS[own]]


@pytest.mark.parametrize(("row", "role", "where", "allowed"), CASES)
def test_permission(small_world: SmallWorld, row, role, where, allowed):
    asked = Asked(small_world, role, place_for(small_world, role, where))
    assert row.do(asked) is allowed


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_portal_is_read_and_found_by_people_of_missions_only(small_world, role):
    asked = Asked(small_world, role, small_world.places["portal"])
    assert read("live")(asked) is (role in PORTAL_READERS)
    assert finds("live")(asked) is (role in PORTAL_READERS)


@pytest.mark.parametrize("row", [row for row in MATRIX if row.own != row.other], ids=str)
def test_every_denial_on_anothers_site_stands_beside_an_allowance(row):
    assert row.own - row.other
