"""Six small sites with a person of every role, for the proofs of who may do what.

`build()` fills the open database; who needs it many times builds it once a module and rolls back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, PageViewRestriction

from cms.access.audiences import restrict_to_portal
from cms.access.models import SiteCollection
from cms.access.roles import roles_of_kind
from cms.access.services import ensure_secretariat, give_role, provision_site
from cms.media.models import SiteImage
from cms.missions.models import HomePage, NewsIndexPage, StandardPage
from cms.pages.models import Page, SiteKind, SiteProfile
from tests.candiweb.factories import CandidatureFactory, ElectionFactory, candiweb_site
from tests.committees.factories import CommitteeFactory, SessionFactory, committee_site
from tests.portal.factories import GuidePageFactory, PortalHomePageFactory

#: A word of each site's pages in a language of its own; the search must find each in its place.
WORDS = {
    "fra": ("fr", "coquelicot"),
    "egy": ("ar", "ياسمين"),
    "c1": ("ru", "подсолнух"),
    "c3": ("es", "amapola"),
    "candiweb": ("zh", "牡丹花"),
    "portal": ("en", "cornflower"),
}
#: Where people of a kind of role work, and whose things are another's to them.
OWN_SITE = {"mission": "fra", "committee": "c3", "candiweb": "candiweb"}
ANOTHERS = {"fra": "egy", "c3": "c1", "candiweb": "egy"}


@dataclass
class Place:
    """A site with its pages by state ("live", "draft", "restricted", "section") and an image."""

    code: str
    profile: SiteProfile
    pages: dict[str, Page] = field(default_factory=dict)
    image: SiteImage | None = None

    @property
    def host(self) -> str:
        return self.profile.site.hostname

    @property
    def home(self) -> Page:
        return self.profile.site.root_page.specific


@dataclass
class SmallWorld:
    """Sites by code; people, tokens and the code of their own site by role."""

    places: dict[str, Place] = field(default_factory=dict)
    people: dict[str, User | AnonymousUser] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    session: dict[str, int] = field(default_factory=dict)
    candidature: int = 0
    #: The session that each person has begun (see `sign_in_everybody`).
    sessions: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser in which the person of a role is signed in."""
        client = Client()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def pages(self) -> list[Page]:
        """Every page of every site, as the database has it now."""
        paths = [place.profile.site.root_page.path for place in self.places.values()]
        return [page for path in paths for page in Page.objects.filter(path__startswith=path)]


def build() -> SmallWorld:
    """All of it."""
    world = SmallWorld()
    ensure_secretariat()
    for code in ("fra", "egy"):
        _mission(world, code)
    for ordinal in (1, 3):
        committee = CommitteeFactory(ordinal=ordinal)
        place = _place(world, f"c{ordinal}", committee_site(committee))
        world.session[place.code] = SessionFactory(committee=committee).pk
    candiweb_site()
    _place(world, "candiweb", SiteProfile.objects.get(kind=SiteKind.CANDIWEB))
    world.candidature = CandidatureFactory(election=ElectionFactory()).pk
    _portal(world)
    _people(world)
    return world


def sign_in_everybody(world: SmallWorld) -> None:
    """Let each person sign in, once for all that ask for `world.client(role)`."""
    for role, person in world.people.items():
        if person.is_authenticated:
            client = Client()
            client.force_login(person)
            world.sessions[role] = client.session.session_key


def _mission(world: SmallWorld, code: str) -> None:
    language, word = WORDS[code]
    home = HomePage(source_language=language, **{f"title_{language}": f"{word} {code}"})
    profile = provision_site(
        code=code,
        kind=SiteKind.MISSION,
        hostname=f"{code}.localhost",
        port=80,
        home=home,
        collection_name=code.upper(),
    )
    place = _place(world, code, profile)
    place.pages["section"] = place.home.add_child(
        instance=NewsIndexPage(**_titles(code, "section"), slug="news")
    )


def _place(world: SmallWorld, code: str, profile: SiteProfile) -> Place:
    """A site with a page in each state: published, draft, behind a password."""
    place = world.places[code] = Place(code, profile)
    place.pages["section"] = place.home
    for state in ("live", "draft", "restricted"):
        page = StandardPage(**_titles(code, state), slug=state, live=state != "draft")
        place.pages[state] = place.home.add_child(instance=page)
        revision = page.save_revision()
        if page.live:
            revision.publish()
    PageViewRestriction.objects.create(
        page=place.pages["restricted"], restriction_type="password", password="poppies"
    )
    place.image = SiteImage.objects.create(
        file=get_test_image_file(f"{code}.png", size=(4, 4)),
        collection=SiteCollection.objects.get(site=profile).collection,
        **{f"title_{WORDS[code][0]}": f"{WORDS[code][1]} {code}"},
    )
    return place


def _titles(code: str, state: str) -> dict[str, str]:
    language, word = WORDS[code]
    return {f"title_{language}": f"{word} {code}{state}", "source_language": language}


def _portal(world: SmallWorld) -> None:
    profile = provision_site(
        code="portal",
        kind=SiteKind.PORTAL,
        hostname="portal.localhost",
        port=80,
        home=PortalHomePageFactory(),
        collection_name="Portal",
    )
    restrict_to_portal(profile.site.root_page)
    place = _place(world, "portal", profile)
    place.pages["live"] = GuidePageFactory(
        parent=place.home, slug="guide", **_titles("portal", "live")
    )


def _people(world: SmallWorld) -> None:
    world.people["anonymous"] = AnonymousUser()
    world.homes["anonymous"] = "fra"
    for kind, code in OWN_SITE.items():
        for role in roles_of_kind(kind):
            language = "fr" if role.by_language else ""
            site = world.places[code].profile
            _person(
                world,
                role.name,
                code,
                lambda user, role=role, site=site, language=language: give_role(
                    user, role.name, site=site, language=language
                ),
            )
    _person(world, "secretariat", "fra", lambda user: give_role(user, "secretariat"))
    _person(world, "superuser", "fra", _make_superuser)


def _make_superuser(user: User) -> None:
    user.is_superuser = True
    user.save()


def _person(world: SmallWorld, role: str, home: str, grant: Callable[[User], object]) -> None:
    user = User.objects.create_user(role, f"{role}@example.org", "correct-horse-battery-9")
    grant(user)
    world.people[role] = User.objects.get(pk=user.pk)
    world.homes[role] = home
    world.tokens[role] = APIToken.create_token(user=user, name=role)[1]
