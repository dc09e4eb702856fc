"""People at work on the languages of pages, for the tests of the board and of sets of pages."""

import datetime
import json

from django.contrib.auth.models import User
from django.test import Client
from wagtail.users.models import UserProfile

from cms.access.services import give_role
from cms.languages import codes
from cms.languages.states import Status, with_status
from cms.missions.models import StandardPage
from cms.pages.models import Page, PageLanguage
from cms.pages.publication import save_draft
from tests.many_pages import copy_page

TITLES = {"ar": "سلام", "zh": "和平", "en": "Peace", "fr": "Paix", "ru": "Мир", "es": "Paz"}
#: Long ago, so that every age of the filters has passed.
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def body(text):
    return json.dumps([{"type": "rich_text", "value": f"<p>{text}</p>"}])


def add_page(site, source="fr", *, live=False, title="", **texts):
    """A page of a site, written in its source and in the languages named: `ar="سلام"`."""
    texts = {source: title or TITLES[source]} | texts
    home = Page.objects.get(pk=site.site.root_page_id)
    columns = {f"title_{code}": text for code, text in texts.items()}
    columns |= {f"body_{code}": body(text) for code, text in texts.items()}
    page = home.add_child(instance=StandardPage(source_language=source, live=False, **columns))
    revision = page.save_revision()
    if live:
        revision.publish()
    return Page.objects.get(pk=page.pk)


def add_many_pages(site, titles):
    """Drafts of a title in French: one added as others are, and copies of it."""
    home = Page.objects.get(pk=site.site.root_page_id)
    first = Page(title_fr=titles[0], source_language="fr", live=False)
    copy_page(home.add_child(instance=first), titles[1:])


def write(page, status=None, **titles):
    """Another draft with these titles, each with the status given (None: ready)."""
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    for code, title in titles.items():
        setattr(draft, f"title_{code}", title)
    for code in titles:
        draft.translations = with_status(draft.translations, code, status)
    save_draft(draft)
    return Page.objects.get(pk=page.pk)


def unfinished(page, **titles):
    return write(page, Status.IN_PROGRESS, **titles)


def row(page, code):
    return PageLanguage.objects.get(page=page.pk, language=code)


def released(*pages):
    """{page's id: codes that readers see}."""
    return {
        page.pk: tuple(code for code in codes.CODES if row(page, code).is_released)
        for page in pages
    }


def person(name, *roles, language="en"):
    """Somebody with roles, each (role, site) or (role, site, language of the role)."""
    user = User.objects.create_user(name, f"{name}@example.org", first_name=name.title())
    for role, site, *held in roles:
        give_role(user, role, site=site, language=held[0] if held else "")
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = codes.get(language).django_code
    profile.save()
    return User.objects.get(pk=user.pk)


class Desk:
    """A browser of somebody who is signed in."""

    def __init__(self, user, host="fra.localhost"):
        self.client = Client(headers={"host": host})
        self.client.force_login(user)

    def get(self, path="", **query):
        return self.client.get(f"/admin/translation/{path}", query)

    def post(self, path="", **data):
        return self.client.post(f"/admin/translation/{path}", data)

    def told(self, response):
        """The messages that an answer leaves for the next page."""
        return " ".join(str(message) for message in response.wsgi_request._messages)


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()
