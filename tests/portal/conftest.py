"""The portal with its restriction, a mission, a committee, and people of every kind."""

import pytest
from django.test import Client

from cms.access.audiences import restrict_to_portal
from cms.access.services import ensure_secretariat, give_role, provision_site
from cms.pages.models import Page, SiteKind
from tests.portal.factories import GuidePageFactory, NoticeFactory, PortalHomePageFactory
from tests.worlds import world


@world
def portal():
    profile = provision_site(
        code="portal",
        kind=SiteKind.PORTAL,
        hostname="portal.localhost",
        port=8000,
        home=PortalHomePageFactory(),
        collection_name="Portal",
    )
    restrict_to_portal(profile.site.root_page)
    return profile


@world
def home(portal):
    return portal.site.root_page.specific


@world
def guide(home):
    return GuidePageFactory(parent=home, slug="guide", title_en="Guide for delegates")


@world
def notice(home):
    return NoticeFactory(page=home)


@world
def mission():
    return provision_site(
        code="fra",
        kind=SiteKind.MISSION,
        hostname="fra.localhost",
        port=8000,
        home=Page(title_fr="Mission de la France", source_language="fr"),
        collection_name="France",
    )


@world
def committee():
    return provision_site(
        code="c3",
        kind=SiteKind.COMMITTEE,
        hostname="c3.localhost",
        port=8000,
        home=Page(title_en="Third Committee", title_ar="اللجنة الثالثة", source_language="en"),
        collection_name="Third Committee",
    )


@pytest.fixture
def person(django_user_model, mission, committee):
    """`person("delegate")`: a client signed in with one role; `person()`: with none."""

    def person(role="", *, password="correct-horse-battery"):
        user = django_user_model.objects.create_user(role or "nobody", password=password)
        if role == "superuser":
            user.is_superuser = True
            user.save()
        elif role == "secretariat":
            ensure_secretariat()
            give_role(user, role)
        elif role == "committee_secretary":
            give_role(user, role, site=committee)
        elif role == "translator":
            give_role(user, role, site=mission, language="ar")
        elif role:
            give_role(user, role, site=mission)
        client = Client(headers={"host": "portal.localhost"})
        client.force_login(user)
        return client

    return person


@pytest.fixture
def visitor():
    return Client(headers={"host": "portal.localhost"})
