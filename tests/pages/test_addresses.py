"""Addresses, choice of language, honest fallback, unknown hosts."""

import warnings

import pytest
from django.core.cache import CacheKeyWarning
from wagtail.models import Site

from cms.languages import codes
from cms.pages.models import Page, SiteProfile
from tests.worlds import world


@world
def page(home):
    return home.add_child(
        instance=Page(title_fr="Nouvelles", title_ar="أخبار", slug="news", source_language="fr")
    )


@pytest.mark.parametrize("code", codes.CODES)
def test_every_page_answers_in_every_language(get, page, code):
    response = get(f"/{code}/news/")
    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{code}" dir="{codes.direction(code)}"' in html
    served = code if code in ("fr", "ar") else "fr"
    assert response["Content-Language"] == served
    assert f'<link rel="canonical" href="http://fra.localhost/{served}/news/"' in html


def test_alternates_are_named_only_for_languages_that_exist(get, page):
    html = get("/fr/news/").content.decode()
    named = {code for code in codes.CODES if f'hreflang="{code}"' in html.split("</head>")[0]}
    assert named == {"fr", "ar"}


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({"accept-language": "ar-EG, fr;q=0.5"}, "ar"),
        ({"accept-language": "zh-CN"}, "zh"),
        ({"accept-language": "de"}, "fr"),
        ({}, "fr"),
        ({"accept-language": "ar", "cookie": "language=ru"}, "ru"),
        ({"accept-language": "ar", "cookie": "language=xx"}, "ar"),
    ],
)
def test_the_bare_address_chooses_by_cookie_then_accept_language_then_the_sites_own(
    get, page, headers, language
):
    response = get("/?a=1", **headers)
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/?a=1"
    assert {"accept-language", "cookie"} <= {
        part.strip().lower() for part in response["Vary"].split(",")
    }


def test_an_old_address_without_language_goes_to_the_readers(get, page):
    assert get("/news/", **{"accept-language": "es"})["Location"] == "/es/news/"


def test_a_missing_final_slash_is_added(get, page):
    assert get("/ar/news")["Location"] == "/ar/news/"


def test_a_draft_is_not_found_and_a_published_page_is(get, page):
    page.unpublish()
    assert get("/fr/news/").status_code == 404
    page.save_revision().publish()
    assert get("/fr/news/").status_code == 200


def test_what_was_rendered_is_served_again_until_the_site_changes(
    get, page, django_assert_max_num_queries
):
    first = get("/fr/news/")
    with django_assert_max_num_queries(1):
        again = get("/fr/news/")
    assert again.content == first.content
    assert get("/fr/news/", **{"if-none-match": first["ETag"]}).status_code == 304
    in_french = get("/zh/news/")
    again = get("/zh/news/", **{"if-none-match": in_french["ETag"]})
    assert again.status_code == 304
    assert again["Content-Language"] == in_french["Content-Language"] == "fr"
    page.title_fr = "Toutes les nouvelles"
    page.save_revision().publish()
    assert "Toutes les nouvelles" in get("/fr/news/").content.decode()


@pytest.mark.parametrize("path", ["/fr/a c3 60 l50/", "/ar/أخبار/", f"/zh/{'新' * 300}/"])
def test_an_address_of_any_letters_and_length_is_looked_for_where_pages_are_kept(get, page, path):
    with warnings.catch_warnings():
        warnings.simplefilter("error", CacheKeyWarning)
        assert get(path).status_code == 404
        assert get("/fr/news/").status_code == 200


@pytest.mark.parametrize("code", codes.CODES)
def test_an_unknown_host_gets_a_helpful_404_that_names_no_other_host(get, page, code):
    response = get("/", host="evil.example", **{"accept-language": code})
    assert response.status_code == 404
    assert response["Content-Language"] == code
    html = response.content.decode()
    assert f'lang="{code}"' in html
    assert "localhost" not in html


def test_a_page_of_one_site_does_not_answer_on_another(get, page, root):
    other = root.add_child(instance=Page(title_en="Kenya", source_language="en", slug="ken"))
    site = Site.objects.create(hostname="ken.localhost", port=80, root_page=other)
    SiteProfile.objects.create(site=site, kind="mission", code="ken")
    assert get("/en/", host="ken.localhost").status_code == 200
    assert get("/en/news/", host="ken.localhost").status_code == 404
    assert get("/en/news/", host="fra.localhost").status_code == 200


def test_a_page_costs_the_same_queries_whatever_the_number_of_sites(
    get, page, root, django_assert_max_num_queries
):
    def cost():
        from django.core.cache import caches
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        caches["rendered"].clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert get("/fr/news/").status_code == 200
        return len(queries)

    cost()
    before = cost()
    for number in range(20):
        other = root.add_child(instance=Page(title_en=f"S{number}", source_language="en"))
        site = Site.objects.create(hostname=f"s{number}.localhost", port=80, root_page=other)
        SiteProfile.objects.create(site=site, kind="mission", code=f"s{number}")
    assert cost() == before <= 10
