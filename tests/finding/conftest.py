"""Sites and readers of the API's tests, an index of its own, and what is put into it."""

import html
import re
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User

from cms.access.services import give_role
from search.models import OutboxEntry
from search.services import engine
from tests.api.conftest import (  # noqa: F401  (fixtures)
    add_news,
    api,
    delegate,
    directory,
    fra,
    home,
    index,
    ken,
    nobody,
    portal,
    problem,
    token_of,
)
from tests.search.factories import document

HOST = "fra.localhost"

#: A title in each language, a word of it, and how it begins.
TITLES = {
    "ar": ("الأمن الدولي", "الأمن", "الأمن الدو"),
    "zh": ("国际安全", "安全", "国际安"),
    "en": ("International security", "security", "international secu"),
    "fr": ("Sécurité internationale", "sécurité", "securite inter"),
    "ru": ("Международная безопасность", "безопасность", "международная безоп"),
    "es": ("Seguridad internacional", "seguridad", "seguridad inter"),
}


@pytest.fixture
def put(fra, ken, tmp_path, settings):  # noqa: F811
    """Put documents into an empty index: `put("page:1", title="…")`; one in six languages with
    `put("page:1", titles={…})`. They are public and of France's site unless told otherwise. What
    is put `with put.together():` goes into the index at once."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    # The two sites' own pages wait for no index, or they would hide what is put in by their number.
    OutboxEntry.objects.all().delete()
    finder = engine()
    finder.upsert([])

    yield Put(finder)
    finder.close()


@pytest.fixture
def six(put):
    """One news item in all six languages."""
    put("page:6", titles={code: title for code, (title, _, _) in TITLES.items()})


class Put:
    """What `put` is. The index makes each call durable, which costs more than to read it."""

    def __init__(self, finder):
        self._finder = finder
        self._held = None

    def __call__(self, key, *, titles=None, language="en", **fields):
        titles = titles or {language: fields.pop("title", "Untitled")}
        documents = [
            document(key, code, **{"languages": tuple(titles), **fields, "title": title})
            for code, title in titles.items()
        ]
        if self._held is None:
            self._finder.upsert(documents)
        else:
            self._held += documents

    @contextmanager
    def together(self):
        """Put what is put within this block in one go."""
        self._held = []
        yield
        held, self._held = self._held, None
        self._finder.upsert(held)


class Page:
    """A response of the search page, read as a visitor reads it."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.html = response.content.decode()
        self.text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.html)).split())

    @property
    def titles(self):
        """The titles of the hits, in order."""
        found = re.findall(r'<h2 class="result__title"[^>]*>(.*?)</h2>', self.html, re.S)
        return [html.unescape(re.sub(r"<[^>]+>", "", title)).strip() for title in found]

    def link(self, pattern):
        """The address of the first link whose tag matches."""
        found = re.search(rf"<a\b[^>]*{pattern}[^>]*>", self.html)
        return html.unescape(re.search(r'href="([^"]*)"', found[0])[1]) if found else None

    def choices(self, facet):
        """{value: (label, count, whether chosen)} of a facet's boxes."""
        pattern = (
            rf'<input type="checkbox" id="[^"]*" name="{facet}" value="([^"]*)"[^>]*?( checked)?'
            r' data-finder-change><bdi class="facet__label">(.*?)</bdi> '
            r'<span class="facet__count">(.*?)</span>'
        )
        return {
            html.unescape(value): (html.unescape(label), int(count), bool(checked))
            for value, checked, label, count in re.findall(pattern, self.html)
        }


@pytest.fixture
def finder(client):
    """Ask the search page: `finder(q="water", body=["GA", "SC"], lang="ar")`, or an address that
    the page gave: `finder("?q=water&page=2")`."""

    def ask(address=None, *, lang="en", host=HOST, path="", **parameters):
        base = f"/{lang}/search/{path}"
        if address is not None:
            return Page(client.get(base + address, headers={"host": host}))
        if "in_" in parameters:
            parameters["in"] = parameters.pop("in_")
        return Page(client.get(base, parameters, headers={"host": host}))

    return ask


@pytest.fixture
def sign_in(client, ken):  # noqa: F811
    """Sign the test's visitor in: as a delegate, who reads the portal, or without a role."""

    def sign_in(role=""):
        user = User.objects.create_user(f"reader-{role or 'nobody'}")
        if role:
            give_role(user, role, site=ken)
        client.force_login(user)
        return user

    return sign_in
