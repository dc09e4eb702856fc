"""Two missions and a committee, their people, and what those do."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.users.models import UserProfile

from cms.access.services import ensure_secretariat, give_role
from cms.missions.models import NewsIndexPage
from cms.pages.models import Page
from tests.sites import make_site
from tests.worlds import world

HOST = "fra.localhost"


@world
def fra():
    return make_site("fra", title_fr="Mission de la France")


@world
def egy():
    return make_site("egy", title_ar="بعثة مصر")


@world
def chn():
    return make_site("chn", title_zh="中国代表团")


def person(username, *, name=""):
    """An account without a role; `hold` gives one."""
    first, _, last = name.partition(" ")
    user = User.objects.create_user(username, first_name=first, last_name=last)
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def hold(user, role, *sites):
    for site in sites or (None,):
        give_role(user, role, site=site)
    return user


@world
def administrator(fra):
    return hold(person("claire", name="Claire Martin"), "mission_administrator", fra)


@world
def egyptian(egy):
    return hold(person("amal", name="أمل سالم"), "mission_administrator", egy)


@world
def secretariat():
    ensure_secretariat()
    return hold(person("un", name="Nations Unies"), "secretariat")


@pytest.fixture
def ask():
    """`ask(user, "reports/activity/", actor=…)`: the admin's answer."""

    clients = {}

    def get(user, path="reports/activity/", **query):
        if user.pk not in clients:  # to sign in is recorded too: once
            clients[user.pk] = Client(headers={"host": HOST})
            clients[user.pk].force_login(user)
        return clients[user.pk].get(f"/admin/{path}", query)

    return get


def add_news(site, title, *, by=None, language="fr"):
    """A news index with a logged creation, under a site's home page."""
    home = Page.objects.get(pk=site.site.root_page_id)
    page = home.add_child(
        instance=NewsIndexPage(**{f"title_{language}": title}, source_language=language)
    )
    page.save_revision(user=by, log_action=True).publish(user=by)
    return page
