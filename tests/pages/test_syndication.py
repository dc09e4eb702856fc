"""Sitemap and feed follow each language's own life."""

from datetime import datetime
from xml.etree import ElementTree

import pytest

from cms.access.audiences import restrict_to_portal
from cms.languages import codes
from cms.pages.models import Page
from cms.pages.publication import release, withdraw
from tests.worlds import world

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
TITLES = {"ar": "سلام", "zh": "和平", "en": "Peace", "fr": "Paix", "ru": "Мир", "es": "Paz"}


@world
def page(home):
    titles = {f"title_{code}": title for code, title in TITLES.items()}
    return home.add_child(instance=Page(**titles, source_language="fr", slug="paix"))


def feed(get, code):
    response = get(f"/{code}/feed/")
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def titles(get, code):
    return [entry.text for entry in feed(get, code).findall("a:entry/a:title", ATOM)]


def addresses(get):
    root = ElementTree.fromstring(get("/sitemap.xml").content)
    return {
        url.find("s:loc", MAP).text: {link.get("hreflang") for link in url.findall("x:link", MAP)}
        for url in root.findall("s:url", MAP)
    }


@pytest.mark.parametrize("code", codes.CODES)
def test_a_language_enters_and_leaves_feed_and_sitemap_by_itself(page, get, code):
    address = f"http://fra.localhost/{code}/paix/"
    assert TITLES[code] in titles(get, code)
    assert addresses(get)[address] == set(codes.CODES)
    withdraw(page, [code])
    assert TITLES[code] not in titles(get, code)
    assert address not in addresses(get)
    others = [other for other in codes.CODES if other != code]
    assert addresses(get)[f"http://fra.localhost/{others[0]}/paix/"] == set(others)
    assert all(TITLES[other] in titles(get, other) for other in others)
    release(page, [code])
    assert TITLES[code] in titles(get, code)
    assert address in addresses(get)


def test_what_is_not_the_publics_is_in_neither_even_with_a_session(page, get, client, admin_user):
    restrict_to_portal(page)
    client.force_login(admin_user)
    assert TITLES["fr"] not in titles(get, "fr")
    assert "http://fra.localhost/fr/paix/" not in addresses(get)
    assert "http://fra.localhost/fr/" in addresses(get)


def test_a_feed_says_its_language_its_own_address_and_when(page, get):
    found = feed(get, "ar")
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    links = {link.get("rel"): link.get("href") for link in found.findall("a:link", ATOM)}
    assert links["self"] == "http://fra.localhost/ar/feed/"
    assert links["alternate"] == "http://fra.localhost/ar/"
    entry = found.find("a:entry", ATOM)
    row = page.page_languages.get(language="ar")
    published = datetime.fromisoformat(entry.find("a:published", ATOM).text)
    assert published == row.first_released_at


@pytest.mark.parametrize("path", ["/sitemap.xml", "/fr/feed/"])
def test_a_host_without_a_site_has_neither(page, get, path):
    assert get(path, host="nobody.localhost").status_code == 404
    assert get(path).status_code == 200


@pytest.mark.parametrize("path", ["/sitemap.xml", "/fr/feed/"])
def test_queries_do_not_grow_with_the_pages(page, home, get, path, django_assert_max_num_queries):
    for number in range(5):
        home.add_child(instance=Page(title_fr=f"Page {number}", source_language="fr"))
    get(path)
    with django_assert_max_num_queries(12):
        get(path)


def test_a_control_character_in_a_title_spoils_no_feed(page, get):
    Page.objects.filter(pk=page.pk).update(title_fr="Pa\x08ix\u2028 durable")
    assert "Pa ix durable" in titles(get, "fr")
