"""ETags, Cache-Control, and answers that are kept."""

from unittest.mock import patch

import pytest
from django.core.cache import caches

from cms.api.api import api as headless
from cms.languages import codes
from cms.pages.sites import serve_on_port


@pytest.mark.parametrize("code", codes.CODES)
def test_asking_again_costs_one_query_and_no_content(api, news, code, django_assert_num_queries):
    first = api(f"pages/{news.pk}/", lang=code)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    caches["rendered"].clear()  # another process has not rendered it
    with django_assert_num_queries(1):
        again = api(f"pages/{news.pk}/", lang=code, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    named = {"host": "localhost", "site": "fra", "lang": code}
    first = api(f"pages/{news.pk}/", **named)
    caches["rendered"].clear()
    with django_assert_num_queries(2):
        again = api(f"pages/{news.pk}/", **named, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_what_was_told_is_told_again_until_the_site_changes(api, news, django_assert_num_queries):
    first = api("pages/", kind="news", fields="summary", lang="fr")
    with django_assert_num_queries(1):
        again = api("pages/", kind="news", fields="summary", lang="fr")
    assert again.content == first.content
    assert again["Content-Language"] == "fr"
    news.title_fr = "La paix durable"
    news.save_revision().publish()
    changed = api("pages/", kind="news", fields="summary", lang="fr")
    assert changed.json()["items"][0]["title"] == "La paix durable"
    assert changed["ETag"] != first["ETag"]
    stale = api(
        "pages/", kind="news", fields="summary", lang="fr", headers={"if-none-match": first["ETag"]}
    )
    assert stale.status_code == 200


def test_the_description_is_written_once_and_in_english(api, problem, fra):
    first = api("openapi.json", headers={"accept-language": "ar"})
    assert first["Content-Language"] == "en"
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    with patch.object(headless, "get_openapi_schema", side_effect=AssertionError("written again")):
        assert api("openapi.json", headers={"accept-language": "zh"}).content == first.content
        again = api("openapi.json", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    problem(api("openapi.json", foo="1"), 400)


def test_what_is_kept_is_kept_by_language_host_and_query(api, home):
    seen = {code: api(f"pages/{home.pk}/", lang=code) for code in codes.CODES}
    assert {r.json()["title"] for r in seen.values()} == {
        getattr(home, f"title_{code}") for code in codes.CODES
    }
    assert len({r["ETag"] for r in seen.values()}) == 6
    by_header = {
        code: api(f"pages/{home.pk}/", headers={"accept-language": code}).json()["title"]
        for code in codes.CODES
    }
    assert by_header == {code: getattr(home, f"title_{code}") for code in codes.CODES}


def test_what_a_token_reads_is_nobody_elses(api, news, editor):
    told = api(f"pages/{news.pk}/", token=editor)
    assert told["Cache-Control"] == "private, no-store"
    assert not told.has_header("ETag")
    assert api(f"pages/{news.pk}/")["Cache-Control"].startswith("public")


def test_all_sites_together_change_with_each_of_them(api, news, ken):
    first = api("pages/", site="all")
    page = ken.site.root_page.specific
    page.title_en = "Kenya's mission"
    page.save_revision().publish()
    assert api("pages/", site="all")["ETag"] != first["ETag"]


def test_a_changed_address_is_told_at_once(api, news):
    assert ":8000/" in api(f"pages/{news.pk}/").json()["meta"]["html_url"]
    serve_on_port(8241)
    assert ":8241/" in api(f"pages/{news.pk}/").json()["meta"]["html_url"]


@pytest.mark.parametrize("address", ["sites/", "images/", "files/", "redirects/", "documents/"])
def test_other_reads_are_asked_for_again_by_content(api, fra, address):
    first = api(address)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert api(address, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("address", ["pages/", "sites/", "documents/"])
@pytest.mark.parametrize("asked", [{"lang": "ar"}, {}])
def test_what_is_unchanged_is_told_to_be_in_no_other_language(api, news, address, asked, kept):
    """A cache writes what a 304 says over what it keeps (RFC 9111, 4.3.4)."""
    wanted = {"accept-language": "ru"}
    first = api(address, **asked, headers=wanted)
    if not kept:
        caches["rendered"].clear()
    again = api(address, **asked, headers={**wanted, "if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.get("Content-Language", first["Content-Language"]) == first["Content-Language"]
    assert again.get("Vary") == first.get("Vary")


def test_a_star_is_no_knowledge_of_a_page(api, problem, fra):
    problem(api("pages/999999/", headers={"if-none-match": "*"}), 404)


def test_other_peoples_sites_may_ask(client, news):
    headers = {"host": "fra.localhost", "origin": "https://example.org"}
    told = client.get(f"/api/v3/pages/{news.pk}/", headers=headers)
    assert told["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in told["Access-Control-Expose-Headers"]
    asked = {**headers, "access-control-request-method": "DELETE"}
    allowed = client.options(f"/api/v3/pages/{news.pk}/", headers=asked)
    assert "DELETE" not in allowed["Access-Control-Allow-Methods"]
    assert "GET" in allowed["Access-Control-Allow-Methods"]
