"""Three sites, their pages in several languages, and readers of each kind."""

from functools import partial

import pytest
from django.contrib.auth.models import User
from wagtail.models import APIToken

from cms.access.audiences import restrict_to_portal
from cms.access.services import ensure_secretariat, give_role, provision_site
from cms.missions.models import HomePage, NewsIndexPage, NewsPage
from cms.pages.models import Page, SiteKind
from tests.worlds import world

HOST = "fra.localhost"


def make_site(code, *, kind=SiteKind.MISSION, host=None, home=None):
    home = home or HomePage(title_en=f"Mission {code}", source_language="en")
    return provision_site(
        code=code,
        kind=kind,
        hostname=host or f"{code}.localhost",
        port=8000,
        home=home,
        collection_name=code.upper(),
    )


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@world
def directory():
    return make_site(
        "directory",
        kind=SiteKind.DIRECTORY,
        host="localhost",
        home=Page(title_en="Missions", title_ar="البعثات", source_language="en"),
    )


@world
def fra(directory):
    """A mission's site in French, with all six languages on its home page."""
    titles = {
        "title_ar": "بعثة فرنسا",
        "title_zh": "法国代表团",
        "title_en": "Mission of France",
        "title_fr": "Mission de la France",
        "title_ru": "Миссия Франции",
        "title_es": "Misión de Francia",
    }
    return make_site("fra", home=HomePage(source_language="fr", **titles))


@world
def ken(directory):
    return make_site("ken", home=HomePage(title_en="Mission of Kenya", source_language="en"))


@world
def home(fra):
    return fra.site.root_page.specific


@world
def index(home):
    return home.add_child(
        instance=NewsIndexPage(title_fr="Actualités", title_en="News", source_language="fr")
    )


@pytest.fixture
def add_news(index):
    """Make a published news item: `add_news(title_fr="…")`."""

    return partial(news_below, index)


def news_below(index, **fields):
    fields.setdefault("source_language", "fr")
    return publish(index.add_child(instance=NewsPage(**fields)))


@world
def news(index):
    """French with English; its summary is in French and Russian only."""
    return news_below(
        index,
        title_fr="La paix",
        title_en="Peace",
        summary_fr="Un résumé",
        summary_ru="Краткое изложение",
        date="2024-05-01",
        slug="paix",
    )


@world
def portal(fra):
    home = Page(title_en="Portal", title_fr="Portail", source_language="en")
    made = make_site("portal", kind=SiteKind.PORTAL, home=home)
    restrict_to_portal(made.site.root_page)
    return made


@pytest.fixture
def api(client):
    """Ask the API: `api("pages/", host=…, token=…, lang="fr")` → the response."""

    def ask(path="", *, host=HOST, token=None, method="get", json=None, headers=None, **query):
        extra = {"host": host, **(headers or {})}
        if token:
            extra["authorization"] = f"Bearer {token}"
        if method == "get":
            return client.get(f"/api/v3/{path}", query or None, headers=extra)
        return getattr(client, method)(
            f"/api/v3/{path}", json, content_type="application/json", headers=extra
        )

    return ask


@pytest.fixture
def problem():
    """Check that a response is a problem of a status, and give it."""

    def check(response, status):
        assert response.status_code == status, response.content[:500]
        assert response["Content-Type"].startswith("application/problem+json")
        assert response["Cache-Control"] == "no-store" or "private" in response["Cache-Control"]
        body = response.json()
        assert body["status"] == status
        assert body["title"]
        assert body["detail"]
        return body

    return check


def token_of(name, role=None, *, site=None, language=""):
    user = User.objects.create_user(name)
    if role == "secretariat":
        ensure_secretariat()
    if role:
        give_role(user, role, site=site, language=language)
    return APIToken.create_token(user=user, name="test")[1]


@world
def editor(fra):
    return token_of("editor", "editor", site=fra)


@world
def stranger(ken):
    """An editor of another mission."""
    return token_of("stranger", "editor", site=ken)


@world
def delegate(ken):
    return token_of("delegate", "delegate", site=ken)


@world
def nobody():
    """A user without any role."""
    return token_of("nobody")
