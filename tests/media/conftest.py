"""Two missions and the portal, their images and files, and people who ask for them."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from cms.access.audiences import restrict_to_portal
from cms.access.models import SiteCollection
from cms.access.services import ensure_secretariat, give_role
from cms.media.models import File, SiteImage
from cms.missions.models import NewsIndexPage, NewsPage, StatementIndexPage, StatementPage
from cms.pages.models import Page, SiteKind
from tests.sites import make_site
from tests.worlds import world

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF"


@world
def fra():
    return make_site("fra", title_fr="Mission de la France")


@world
def chn():
    return make_site("chn", title_zh="中国代表团")


@world
def portal(fra):
    made = make_site("portal", kind=SiteKind.PORTAL, title_en="Portal")
    restrict_to_portal(made.site.root_page)
    return made


def collection_of(profile):
    return SiteCollection.objects.get(site=profile).collection


def make_image(profile, name="قصر الأمم.png"):
    file = get_test_image_file(filename=name, size=(64, 48))
    return SiteImage.objects.create(title_ar="قاعة", file=file, collection=collection_of(profile))


def make_file(profile, name="ملاحظة.pdf", content=PDF):
    file = File(title_ru="Нота", collection=collection_of(profile))
    file.file.save(name, ContentFile(content), save=False)
    file.save()
    return file


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def news_of(profile, **fields):
    """A published news item of a mission, in French."""
    home = Page.objects.get(pk=profile.site.root_page_id)
    index = NewsIndexPage.objects.child_of(home).first() or home.add_child(
        instance=NewsIndexPage(title_fr="Actualités", source_language="fr")
    )
    return publish(
        index.add_child(instance=NewsPage(title_fr="Paix", source_language="fr", **fields))
    )


def statement_of(profile, **fields):
    """A published statement of a mission, in French."""
    home = Page.objects.get(pk=profile.site.root_page_id)
    index = StatementIndexPage.objects.child_of(home).first() or home.add_child(
        instance=StatementIndexPage(title_fr="Discours", source_language="fr")
    )
    return publish(
        index.add_child(instance=StatementPage(title_fr="Paix", source_language="fr", **fields))
    )


class Visitor:
    """Somebody with a browser, on one host. `user` is None without a session."""

    def __init__(self, user=None, *, host="fra.localhost"):
        self.user, self.host, self.client = user, host, Client()
        if user is not None:
            self.client.force_login(user)

    def get(self, url, *, host=None, method="get", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(self.client, method)(url, headers={"host": host or self.host, **headers})


@pytest.fixture
def visitor():
    """`visitor()` without a session; `visitor("editor", fra)`; `visitor("secretariat")`."""

    def make(role=None, site=None, *, name=None, host="fra.localhost"):
        if role is None and name is None:
            return Visitor(host=host)
        user = User.objects.create_user(name or f"{role} {site or ''}".strip())
        if role == "secretariat":
            ensure_secretariat()
        if role:
            give_role(user, role, site=site)
        return Visitor(user, host=host)

    return make


def body_of(response):
    """All of a response's bytes, however it sends them."""
    out = io.BytesIO()
    for part in response.streaming_content if response.streaming else [response.content]:
        out.write(part)
    return out.getvalue()
