"""A page's whole life: after each step, what readers are shown of it in each of six languages by
page, API, search, feed and sitemap."""

from __future__ import annotations

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from lxml import etree

from cms.access.reading import search_as
from cms.languages import codes
from cms.languages.states import Status, with_status
from cms.missions.models import NewsPage
from cms.pages.models import Page
from cms.pages.publication import release, save_draft, withdraw
from cms.translation.exchange.incoming import import_file
from cms.translation.together.services import (
    NotTogether,
    UnderEmbargo,
    add_pages,
    release_together,
)
from search.indexer import apply_pending
from search.services import engine
from tests.missions.factories import NewsIndexPageFactory

from .exchange_world import NS, exported, somebody

pytestmark = pytest.mark.django_db

HOST = "fra.localhost"
#: Every wording that is ever written; none of a language may be seen before its time.
WORDS = {
    "fr": ("Tourterelle", "Alouette"),
    "en": ("Turtledove", "Skylark"),
    "ar": ("يمامة", "قبرة"),
    "es": ("Tórtola", "Alondra"),
    "ru": ("Горлица", "Жаворонок"),
    "zh": ("斑鸠", "云雀"),
}


def block(word, identity="11111111-0000-4000-8000-000000000001"):
    value = {"type": "rich_text", "id": identity, "value": f"<p>{word}</p>"}
    return json.dumps([value])


class Shown:
    """What the public is shown of one page, by surface: {language: its word}."""

    def __init__(self, page: Page) -> None:
        self.pk = page.pk
        self.client = Client()

    def everywhere(self, **expected: str) -> None:
        """Assert that every surface shows just these words, {language: word}, and no others."""
        apply_pending(engine())
        assert self.page() == expected
        assert self.api() == expected
        assert self.search() == expected
        assert self.feed() == expected
        assert self.sitemap() == set(expected)

    def _get(self, path: str, **query: str) -> tuple[int, str]:
        answer = self.client.get(path, query, headers={"host": HOST})
        return answer.status_code, answer.content.decode()

    def _words_in(self, text: str) -> dict[str, set[str]]:
        return {
            code: {word for word in words if word in text}
            for code, words in WORDS.items()
            if any(word in text for word in words)
        }

    def page(self) -> dict[str, str]:
        """Six addresses; each says which languages there are, and shows one."""
        stored = Page.objects.get(pk=self.pk)
        rest = stored.url_path.split("/", 2)[2]
        shown, menus = {}, set()
        for code in codes.CODES:
            answer = self.client.get(f"/{code}/{rest}", headers={"host": HOST})
            if answer.status_code == 404:
                continue
            served = answer.headers["Content-Language"]
            words = self._words_in(answer.content.decode())
            assert set(words) == {served}, f"/{code}/ shows words of {set(words)}"
            (shown[served],) = words[served]
            head = answer.content.decode().partition("</head>")[0]
            menus.add(frozenset(c for c in codes.CODES if f'hreflang="{c}"' in head))
        assert menus in (set(), {frozenset(shown)}), "hreflang names what is shown"
        return shown

    def api(self) -> dict[str, str]:
        shown = {}
        for code in codes.CODES:
            status, text = self._get(f"/api/v3/pages/{self.pk}/", lang=code)
            if status == 404:
                continue
            words = self._words_in(text)
            told = json.loads(text)
            served = told["meta"]["language"]["served"]
            assert set(words) == {served}, f"?lang={code} holds words of {set(words)}"
            (shown[served],) = words[served]
        return shown

    def search(self) -> dict[str, str]:
        shown = {}
        for code, words in WORDS.items():
            for word in words:
                hits = search_as(AnonymousUser(), word, language=code, size=50).hits
                if any(hit.key == f"page:{self.pk}" for hit in hits):
                    assert code not in shown, f"two wordings of {code} are found"
                    shown[code] = word
        return shown

    def feed(self) -> dict[str, str]:
        shown = {}
        for code in codes.CODES:
            words = self._words_in(self._get(f"/{code}/feed/")[1])
            assert set(words) <= {code}
            if words:
                (shown[code],) = words[code]
        return shown

    def sitemap(self) -> set[str]:
        root = ElementTree.fromstring(self._get("/sitemap.xml")[1])
        slug = Page.objects.get(pk=self.pk).slug
        paths = [loc.text for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
        return {path.split("/")[3] for path in paths if path.rstrip("/").endswith(f"/{slug}")}


def draft_of(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def state_of(page, code):
    return page.page_languages.get(language=code).state


def write(draft, code, word, status=None):
    setattr(draft, f"title_{code}", word)
    setattr(draft, f"body_{code}", block(word))
    draft.translations = with_status(draft.translations, code, status)


def sent_back(data, word):
    """The file as the translator returns it: every piece says the word."""
    root = etree.fromstring(data)
    for segment in root.iter(f"{{{NS['x']}}}segment"):
        segment.set("state", "final")
        source = segment.find("x:source", NS)
        for old in segment.findall("x:target", NS):
            segment.remove(old)
        target = etree.fromstring(etree.tostring(source))
        target.tag = f"{{{NS['x']}}}target"
        target.tail = None
        for node in target.iter():
            node.text = word if node.text and node.text.strip() else node.text
        segment.append(target)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def test_a_pages_whole_life(fra):
    editor = somebody("fra.editor", "editor", fra)
    translators = {code: somebody(f"fra.{code}", "translator", fra, code) for code in codes.CODES}
    news = NewsIndexPageFactory()
    page = news.add_child(
        instance=NewsPage(
            title_fr="Tourterelle",
            body_fr=block("Tourterelle"),
            slug="oiseau",
            source_language="fr",
            date="2026-11-22",
            live=False,
        )
    )
    shown = Shown(page)

    # Written in French by the mission, and published.
    draft = draft_of(page)
    save_draft(draft, user=editor)
    shown.everywhere()
    draft_of(page).latest_revision.publish(user=editor)
    shown.everywhere(fr="Tourterelle")

    # English and Arabic by two translators at once.
    english, arabic = draft_of(page), draft_of(page)
    write(english, "en", "Turtledove")
    write(arabic, "ar", "يمامة")
    save_draft(english, user=translators["en"])
    save_draft(arabic, user=translators["ar"])
    shown.everywhere(fr="Tourterelle")

    # Released one by one.
    release(page, ["en"], user=editor)
    shown.everywhere(fr="Tourterelle", en="Turtledove")
    release(page, ["ar"], user=editor)
    shown.everywhere(fr="Tourterelle", en="Turtledove", ar="يمامة")

    # The source is corrected: readers keep what was released, and the desk knows what is outdated.
    draft = draft_of(page)
    write(draft, "fr", "Alouette")
    save_draft(draft, user=editor)
    shown.everywhere(fr="Tourterelle", en="Turtledove", ar="يمامة")
    release(page, ["fr"], user=editor)
    shown.everywhere(fr="Alouette", en="Turtledove", ar="يمامة")
    assert (state_of(page, "en"), state_of(page, "ar")) == ("outdated", "outdated")

    # XLIFF out and in: English follows, and is seen when it is released.
    report = import_file(sent_back(exported(page, "en"), "Skylark"), user=translators["en"])
    assert report.taken == 2
    shown.everywhere(fr="Alouette", en="Turtledove", ar="يمامة")
    assert (state_of(page, "en"), state_of(page, "ar")) == ("current", "outdated")
    release(page, ["en"], user=editor)
    shown.everywhere(fr="Alouette", en="Skylark", ar="يمامة")

    # Spanish and Russian go out together, when both are ready and not before their moment.
    draft = draft_of(page)
    write(draft, "es", "Alondra")
    write(draft, "ru", "Жаворонок", Status.NEEDS_REVIEW)
    save_draft(draft, user=editor)
    moment = timezone.now() + timedelta(hours=1)
    together = add_pages(None, [Page.objects.get(pk=page.pk)], languages=["es", "ru"], by=editor)
    together.goes_out_at = moment
    together.save()
    with pytest.raises(UnderEmbargo):
        release_together(together, user=editor)
    with pytest.raises(NotTogether):
        release_together(together, user=editor, now=moment)
    shown.everywhere(fr="Alouette", en="Skylark", ar="يمامة")
    draft = draft_of(page)
    draft.translations = with_status(draft.translations, "ru", None)
    save_draft(draft, user=translators["ru"])
    release_together(together, user=None, now=moment)
    everything = {"fr": "Alouette", "en": "Skylark", "ar": "يمامة", "es": "Alondra"}
    shown.everywhere(**everything, ru="Жаворонок")

    # Withdrawn, one and then all.
    withdraw(page, ["ar"], user=editor)
    del everything["ar"]
    shown.everywhere(**everything, ru="Жаворонок")
    draft_of(page).latest_revision.publish(user=editor)
    shown.everywhere(**everything, ru="Жаворонок")
    withdraw(page, codes.CODES, user=editor)
    shown.everywhere()
    assert draft_of(page).title_ar == "يمامة"
