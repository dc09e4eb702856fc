"""Two missions with their people, and a browser for each."""

import re

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from cms.access.services import ensure_secretariat, give_role, provision_site
from cms.pages.models import Page, SiteKind
from cms.signin import second_factor
from cms.signin.models import AuthenticatorApp
from tests.worlds import world

from .codes import code_of

PASSWORD = "a-long-password-1945"
#: Browsers on different networks.
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def site_of(code):
    """A mission's site on <code>.localhost."""
    return provision_site(
        code=code,
        kind=SiteKind.MISSION,
        hostname=f"{code}.localhost",
        port=8000,
        home=Page(title_fr=f"Mission {code}", title_ar=f"بعثة {code}", source_language="fr"),
        collection_name=code,
    )


@pytest.fixture
def make_site(db):
    """`make_site("fra")`: a mission's site on fra.localhost."""
    return site_of


def person(username, role="", *sites, **fields):
    """An account with a password and roles."""
    fields.setdefault("email", f"{username}@example.org")
    user = User.objects.create_user(username, password=PASSWORD, **fields)
    if role == "secretariat":
        ensure_secretariat()
        give_role(user, role)
    for site in sites:
        give_role(user, role, site=site)
    return user


@pytest.fixture
def make_person(db):
    """`make_person("fra.editor", "editor", france)`: an account with a password and roles."""
    return person


@world
def france():
    return site_of("fra")


@world
def editor(france):
    return person("fra.editor", "editor", france)


@world
def administrator(france):
    return person("fra.admin", "mission_administrator", france)


@world
def egypt():
    return site_of("egy")


@pytest.fixture
def browser():
    """`browser()`: a browser on the French mission's host; `browser(user)`: signed in."""

    def open_browser(user=None, *, address=HERE, host="fra.localhost", **headers):
        client = Client(headers={"host": host, **headers}, REMOTE_ADDR=address)
        if user is not None:
            client.force_login(user)
        return client

    return open_browser


@pytest.fixture
def with_app():
    """`with_app(user)`: the user with an app set up; returns the recovery codes."""

    def set_up(user):
        second_factor.begin_set_up(user)
        waiting = AuthenticatorApp.objects.get(user=user, confirmed=False)
        return second_factor.confirm_set_up(user, code_of(waiting, step=-1))[1]

    return set_up


def sign_in(client, username="fra.editor", password=PASSWORD, *, language="en", **data):
    """Send the sign-in form."""
    return client.post(
        f"/{language}/sign-in/", {"username": username, "password": password, **data}
    )


def guess(username="fra.editor", *, address=HERE):
    """A wrong password, handed on as the sign-in form hands it on, without the page: for tests
    that need dozens of them before what they look at."""
    request = RequestFactory(REMOTE_ADDR=address).post("/en/sign-in/")
    assert authenticate(request, username=username, password="wrong") is None


def words(response):
    """What a reader reads of a page, without tags and tokens."""
    html = re.sub(r'value="[^"]{30,}"', "", response.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
