"""Random sequences of what people do, against a small model of who then sees what.

One walker takes up and loses roles; pages are published, moved and restricted. After each step the
admin's listing, the public page, the API and the search must show what the model says, and no more.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import APIToken, PageViewRestriction

from cms.access.audiences import restrict_to_portal
from cms.access.models import RoleGroup
from cms.access.placement import ShownToMore
from cms.access.reading import search_as
from cms.access.services import give_role, take_role
from cms.missions.models import StandardPage
from cms.pages.models import Page
from search.indexer import apply_pending
from search.outbox import enqueue
from search.services import engine
from tests.thorough import in_full

from .small_world import SmallWorld

pytestmark = pytest.mark.django_db

SITES = ("fra", "egy")
ROLES = ("delegate", "translator", "editor", "publisher", "mission_administrator")
IN_THE_ADMIN = frozenset(ROLES) - {"delegate"}
#: How strict a restriction is: everybody, permanent missions, nobody without the password.
PUBLIC, PORTAL, NOBODY = range(3)
NUMBERS = {"ar": "واحد", "ru": "первый"}

BOUNDS = hypothesis_settings(
    max_examples=in_full(12, every_day=5),
    stateful_step_count=in_full(25, every_day=8),
    # A walk that fails is told as it is: walking shorter ones to find the shortest takes minutes.
    phases=(Phase.generate,),
    deadline=None,
    database=None,
    # The same walks each time, so that a failure is the change's own. New ones: NEW_WALKS=1.
    derandomize="NEW_WALKS" not in os.environ,
)


@dataclass
class Leaf:
    """What the model knows of a page: its site, whether it is live, where, and how strict."""

    pk: int
    site: str
    title: str
    live: bool = True
    in_folder: bool = False
    strictness: int = PUBLIC


@dataclass
class Model:
    """What should hold. `folders`: how strict each site's folder is; `asleep`: cut off with the
    last role, until the next one; `revoked`: so was the token, for good."""

    leaves: dict[int, Leaf] = field(default_factory=dict)
    folders: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SITES, PUBLIC))
    roles: set[tuple[str, str]] = field(default_factory=set)
    active: bool = True
    asleep: bool = False
    revoked: bool = False

    def strictness(self, leaf: Leaf, *, in_folder: bool | None = None) -> int:
        inside = leaf.in_folder if in_folder is None else in_folder
        return max(leaf.strictness, self.folders[leaf.site] if inside else PUBLIC)

    def reads(self, leaf: Leaf) -> bool:
        allowed = PORTAL if self.active and self.roles else PUBLIC
        return leaf.live and self.strictness(leaf) <= allowed

    def edits(self, site: str) -> bool:
        held = {role for role, where in self.roles if where == site}
        return self.active and bool(held & IN_THE_ADMIN)


class Walk(RuleBasedStateMachine):
    """One walk; `world` is the small world, to which the database is put back afterwards."""

    world: SmallWorld

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.model = Model()
        self.walker = User.objects.create_user("walker", "walker@example.org")
        self.token = APIToken.create_token(user=self.walker, name="walk")[1]
        self._sign_in()
        self.folders = {site: self._add(site, "folder") for site in SITES}
        for site in SITES:
            for number in NUMBERS:
                page = self._add(site, number)
                self.model.leaves[page.pk] = Leaf(page.pk, site, page.title_ar)

    def _sign_in(self) -> None:
        self.client = Client()
        self.client.force_login(self.walker)

    def teardown(self) -> None:
        pages = [*self.model.leaves, *(folder.pk for folder in self.folders.values())]
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        _forget_in_index(pages)

    def _add(self, site: str, name: str) -> Page:
        title = f"نزهة {NUMBERS.get(name, '')} {site}{name}"
        page = StandardPage(title_ar=title, source_language="ar", slug=f"walk-{name}")
        made = self.world.places[site].home.add_child(instance=page)
        made.save_revision().publish()
        return made

    # --- what happens ----------------------------------------------------------------------------

    @rule(role=st.sampled_from(ROLES), site=st.sampled_from(SITES))
    def give(self, role: str, site: str) -> None:
        language = "ar" if role == "translator" else ""
        give_role(self.walker, role, site=self.world.places[site].profile, language=language)
        self.model.roles.add((role, site))
        if self.model.asleep:
            self._come_back()

    @precondition(lambda self: self.model.roles)
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        role, site = data.draw(st.sampled_from(sorted(self.model.roles)))
        held = RoleGroup.objects.get(
            role=role,
            site=self.world.places[site].profile,
            language="ar" if role == "translator" else "",
        )
        take_role(User.objects.get(pk=self.walker.pk), held)
        self.model.roles.discard((role, site))
        if self.model.active and not self.model.roles:
            self.model.active, self.model.asleep, self.model.revoked = False, True, True

    @rule(active=st.booleans())
    def close_or_open_the_account(self, active: bool) -> None:
        """As the Secretariat does it, which from then on decides about the account."""
        account = User.objects.get(pk=self.walker.pk)
        account.is_active = active
        account.save()
        self.model.active, self.model.asleep = active, False
        if active:
            self._come_back()

    def _come_back(self) -> None:
        """They sign in again; a token that was revoked with the last role stays dead."""
        self.model.active, self.model.asleep = True, False
        self._sign_in()
        if self.model.revoked:
            assert self._api(next(iter(self.model.leaves.values()))) == 401
            self.token = APIToken.create_token(user=self.walker, name="walk")[1]
            self.model.revoked = False

    @rule(data=st.data())
    def publish_or_unpublish(self, data: st.DataObject) -> None:
        leaf = self._leaf(data)
        page = StandardPage.objects.get(pk=leaf.pk)
        if leaf.live:
            page.unpublish()
        else:
            page.get_latest_revision().publish()
        leaf.live = not leaf.live

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        leaf = self._leaf(data)
        target = Page.objects.get(
            pk=(self.world.places[leaf.site].home if leaf.in_folder else self.folders[leaf.site]).pk
        )
        shown_to_more = self.model.strictness(leaf, in_folder=not leaf.in_folder) < (
            self.model.strictness(leaf)
        )
        try:
            with transaction.atomic():
                StandardPage.objects.get(pk=leaf.pk).move(target, pos="last-child")
        except ShownToMore:
            # Wagtail's restriction of the folder is lost, whatever the page has of its own.
            assert leaf.in_folder, f"{leaf} loses no restriction by moving"
            assert self.model.folders[leaf.site] > PUBLIC, f"{leaf} loses no restriction by moving"
        else:
            assert not shown_to_more, f"{leaf} was moved to where more people see it"
            leaf.in_folder = not leaf.in_folder

    @rule(data=st.data(), strictness=st.sampled_from((PUBLIC, PORTAL, NOBODY)))
    def restrict_a_page(self, data: st.DataObject, strictness: int) -> None:
        leaf = self._leaf(data)
        _restrict(Page.objects.get(pk=leaf.pk), strictness)
        leaf.strictness = strictness

    @rule(site=st.sampled_from(SITES), strictness=st.sampled_from((PUBLIC, PORTAL, NOBODY)))
    def restrict_a_folder(self, site: str, strictness: int) -> None:
        _restrict(Page.objects.get(pk=self.folders[site].pk), strictness)
        self.model.folders[site] = strictness

    def _leaf(self, data: st.DataObject) -> Leaf:
        return self.model.leaves[data.draw(st.sampled_from(sorted(self.model.leaves)))]

    # --- what is seen ----------------------------------------------------------------------------

    @invariant()
    def everything_shows_what_the_model_says(self) -> None:
        apply_pending(engine())
        reader = User.objects.get(pk=self.walker.pk)
        hits = search_as(reader, "نزهة", language="ar", size=100).hits
        found = {hit.key for hit in hits}
        listed = {site: self._listing(site) for site in SITES}
        for leaf in self.model.leaves.values():
            reads, edits = self.model.reads(leaf), self.model.edits(leaf.site)
            assert (f"page:{leaf.pk}" in found) is reads, ("search", leaf)
            assert (leaf.title in self._public(leaf)) is reads, ("public page", leaf)
            assert (self._api(leaf) == 200) is (reads and self.model.active), ("API", leaf)
            assert (self._api(leaf, version="draft") == 200) is edits, ("draft by API", leaf)
            assert (leaf.title in listed[leaf.site]) is edits, ("admin", leaf)

    def _listing(self, site: str) -> str:
        """What the admin lists below a site's home page and its folder."""
        parents = (self.world.places[site].home.pk, self.folders[site].pk)
        host = {"host": self.world.places[site].host}
        answers = [self.client.get(f"/admin/pages/{pk}/", headers=host) for pk in parents]
        return "".join(answer.content.decode() for answer in answers if answer.status_code == 200)

    def _public(self, leaf: Leaf) -> str:
        path = Page.objects.get(pk=leaf.pk).url_path.split("/", 2)[2]
        host = {"host": self.world.places[leaf.site].host}
        answer = self.client.get(f"/ar/{path}", headers=host)
        return answer.content.decode() if answer.status_code == 200 else ""

    def _api(self, leaf: Leaf, **query: str) -> int:
        headers = {
            "host": self.world.places[leaf.site].host,
            "authorization": f"Bearer {self.token}",
        }
        return self.client.get(f"/api/v3/pages/{leaf.pk}/", query, headers=headers).status_code


def _restrict(page: Page, strictness: int) -> None:
    for restriction in PageViewRestriction.objects.filter(page=page):
        restriction.delete()
    if strictness == PORTAL:
        restrict_to_portal(page)
    elif strictness == NOBODY:
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def _forget_in_index(pages: list[int]) -> None:
    """The index is no part of the transaction: take out what has been rolled back."""
    enqueue(f"page:{pk}" for pk in pages)
    apply_pending(engine())


def test_random_walks_show_what_the_model_says_and_no_more(small_world: SmallWorld):
    Walk.world = small_world
    run_state_machine_as_test(Walk, settings=BOUNDS)


def test_the_machine_sees_a_model_that_is_wrong(small_world: SmallWorld, monkeypatch):
    """A model that takes everybody for a reader of the portal is told apart from the true one."""
    Walk.world = small_world
    walk = Walk()
    try:
        leaf = next(iter(walk.model.leaves.values()))
        _restrict(Page.objects.get(pk=leaf.pk), PORTAL)
        leaf.strictness = PORTAL
        walk.everything_shows_what_the_model_says()

        def reads(self: Model, leaf: Leaf) -> bool:
            return leaf.live and self.strictness(leaf) <= PORTAL

        monkeypatch.setattr(Model, "reads", reads)
        with pytest.raises(AssertionError, match="search"):
            walk.everything_shows_what_the_model_says()
    finally:
        walk.teardown()
