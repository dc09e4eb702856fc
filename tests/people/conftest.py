"""Two missions, a committee and CandiWeb, with people."""

import re
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from wagtail.users.models import UserProfile

from cms.access.services import ensure_secretariat, give_role
from cms.people import services
from cms.people.services import RoleChoice
from tests import sites
from tests.worlds import world

TITLES = {
    "fra": {"title_fr": "Mission de la France", "title_ar": "بعثة فرنسا", "title_zh": "法国代表团"},
    "ken": {"title_en": "Mission of Kenya"},
    "c3": {"title_en": "Third Committee"},
    "candiweb": {"title_en": "CandiWeb"},
}
PASSWORD = "long-enough-horse-7"


def make_site(code, kind="mission", **titles):
    return sites.make_site(code, kind, **(titles or TITLES.get(code, {})))


@world
def fra():
    return make_site("fra")


@world
def admin(fra):
    return somebody("fra.admin", ("mission_administrator", fra))


@world
def ken():
    return make_site("ken")


@world
def candiweb():
    return make_site("candiweb", "candiweb")


def fresh(user):
    """The user as the next request will load them."""
    return User.objects.get(pk=user.pk)


def somebody(name, *roles):
    """A person with roles, each (role, site) or (role, site, language)."""
    user = User.objects.create_user(name, f"{name}@example.org", PASSWORD, first_name=name.title())
    for role, site, *language in roles:
        give_role(user, role, site=site, language=language[0] if language else "")
    return fresh(user)


@world
def secretariat():
    ensure_secretariat()
    return somebody("secretariat", ("secretariat", None))


@world
def superuser():
    return User.objects.create_superuser("root", "root@example.org", PASSWORD)


def signed_in(user, host="fra.localhost"):
    """A browser with a session. The admin speaks English unless the person chose a language."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = profile.preferred_language or "en"
    profile.save()
    client = Client(headers={"host": host})
    client.force_login(user)
    return client


EDITOR = RoleChoice("editor")
ADMINISTRATOR = RoleChoice("mission_administrator")


@dataclass
class Letter:
    """A letter of an invitation. `path`: of its link."""

    to: str
    subject: str
    body: str
    url: str
    path: str
    token: str


@pytest.fixture
def invited(django_capture_on_commit_callbacks):
    """`invited("a@b.org", EDITOR, site=…, by=…)`: invite, and give (invitation, letter)."""

    def invited(email, *choices, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            invitation = services.invite(email, choices or [EDITOR], **kwargs)
        return invitation, last_letter()

    return invited


def last_letter():
    """The last letter that was sent."""
    message = mail.outbox[-1]
    (url,) = re.findall(r"^(http\S+)$", message.body, re.MULTILINE)
    path = "/" + url.split("/", 3)[3]
    return Letter(message.to[0], message.subject, message.body, url, path, path.split("/")[-2])
