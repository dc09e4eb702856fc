"""Suggestions while typing: in six scripts, by symbol, for a script and for who has none."""

import pytest

from cms.languages import codes

from .conftest import TITLES


@pytest.fixture
def suggest(client):
    """Ask for suggestions: `suggest("sec", lang="en")` → the JSON's suggestions."""

    def ask(text, *, lang="en", host="fra.localhost", **more):
        response = client.get(
            f"/{lang}/search/suggestions/",
            {"q": text, **more},
            headers={"host": host, "accept": "application/json"},
        )
        assert response.status_code == 200
        return response.json()["suggestions"]

    return ask


def test_titles_are_completed_in_six_scripts(suggest, finder, six):
    for code in codes.CODES:
        title, _, begun = TITLES[code]
        found = suggest(begun, lang=code)
        assert [one["title"] for one in found] == [title]
        assert found[0]["url"] == f"/{code}/6/"
        assert (found[0]["lang"], found[0]["dir"]) == (code, codes.direction(code))
        page = finder(f"?q={begun}", path="suggestions/", lang=code)
        assert title in page.html, "as a page, for who has no script"


def test_a_symbol_is_completed_and_found_from_any_site(suggest, put):
    put("page:1", title="Draft", symbol="A/C.3/78/L.49", site="ken")
    put("page:2", title="Draft", symbol="A/C.3/78/L.50", site="fra")
    for typed in ("A/C.3/7", "a c3 78 l", "A-C.3-78-L."):
        assert [one["symbol"] for one in suggest(typed)] == ["A/C.3/78/L.50", "A/C.3/78/L.49"]
    assert suggest("a c3 78 l49")[0]["url"] == "http://ken.localhost:8000/en/1/"
    assert suggest("zzz") == suggest("") == []


def test_what_has_the_symbol_comes_before_titles_that_have_its_pieces(suggest, put):
    with put.together():
        for number in range(12):
            put(
                f"page:{number}", title=f"A resolution 6{number} of a session", symbol=f"S/{number}"
            )
        put("page:99", title="Outcome", symbol="A/RES/60/1")
    assert suggest("A/RES/6")[0]["symbol"] == "A/RES/60/1"


def test_suggestions_are_asked_for_again_only_when_they_changed(client, six, put):
    address, host = "/en/search/suggestions/?q=internat", {"host": "fra.localhost"}
    first = client.get(address, headers=host)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Accept" in first["Vary"]
    again = client.get(address, headers={**host, "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    put("page:7", title="International law")
    changed = client.get(address, headers={**host, "if-none-match": first["ETag"]})
    assert changed.status_code == 200


def test_a_browser_gets_a_page_and_a_program_gets_json(client, six):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for accept, expected in {
        browser: "text/html",
        "text/html": "text/html",
        "application/json": "application/json",
        "*/*": "application/json",
    }.items():
        headers = {"host": "fra.localhost", "accept": accept}
        told = client.get("/en/search/suggestions/?q=intern", headers=headers)
        assert told["Content-Type"].startswith(expected), accept


def test_what_cannot_be_used_is_named(client, six):
    headers = {"host": "fra.localhost", "accept": "application/json"}
    told = client.get("/en/search/suggestions/?q=x&nothing=1", headers=headers)
    assert told.status_code == 400
    assert told.json()["faults"][0]["parameter"] == "nothing"
    assert told.json()["suggestions"] == []
