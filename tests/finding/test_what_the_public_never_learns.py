"""The portal's words: for its readers, and for nobody else, by no way of asking."""

import pytest

from cms.languages import codes

WORDS = {
    "ar": "كتزالكواتل", "zh": "羽蛇神", "en": "quetzalcoatl", "fr": "quetzalcoatlique",
    "ru": "кетцалькоатль", "es": "quetzalcóatl",
}  # fmt: skip
SYMBOL = "A/PORTAL/2024/77"


@pytest.fixture
def hidden(put, portal):
    """A page of the portal in six languages, beside a public one that shares a word with it."""
    put(
        "page:1",
        titles={code: f"2030 {word}" for code, word in WORDS.items()},
        site="portal",
        audience="portal",
        kind="guide",
        symbol=SYMBOL,
        facets={"subject": ("secretsubject",), "body": ("SECRETBODY",)},
    )
    put("page:2", titles=dict.fromkeys(codes.CODES, "2030"), site="fra", kind="news")


def everything(finder, code, word):
    """What one person is told by the page, in all its ways, without what was typed."""
    begun, mistyped = word[:-1], word[:2] + word[3:]
    ways = [
        finder(q=word, scope="all", lang=code),
        finder(q=f"2030 {word}", scope="all", lang=code),
        finder(q=mistyped, scope="all", lang=code),
        finder(q="2030", scope="all", sort="newest", lang=code),
        finder(q=SYMBOL, scope="all", lang=code),
        finder(q=begun, lang=code, path="suggestions/"),
        finder(q="A/PORT", lang=code, path="suggestions/"),
        finder(q="2030", scope="all", lang=code, path="list/subject/"),
    ]
    assert {way.status for way in ways} == {200}
    return ways


def test_the_public_and_who_has_no_role_learn_nothing_and_a_delegate_finds_all(
    finder, hidden, sign_in, client
):
    for role in (None, "", "delegate"):
        if role is not None:
            client.logout()
            sign_in(role)
        for code in ("ar", "zh", "en"):
            word = WORDS[code]
            named, both, mistyped, listed, symbol, begun, port, values = everything(
                finder, code, word
            )
            if role == "delegate":
                assert named.titles == [f"2030 {word}"]
                assert listed.choices("subject")["secretsubject"][1] == 1
                assert listed.choices("kind")["guide"][1] == 1
                assert "secretsubject" in values.choices("subject")
                assert symbol.titles == [f"2030 {word}"]
                assert f"2030 {word}" in begun.html
                assert f"2030 {word}" in port.html
                if code == "en":
                    assert "Did you mean quetzalcoatl" in mistyped.text
                continue
            for way in (named, mistyped, symbol):
                assert way.titles == []
                assert "empty-state" in way.html
                assert "finder__meant" not in way.html
            for way in (both, listed):
                assert way.titles == ["2030"]
            assert listed.choices("subject") == listed.choices("body") == {}
            assert list(listed.choices("kind")) == ["news"]
            assert list(listed.choices("site")) == ["fra"]
            assert values.choices("subject") == {}
            for way in (begun, port):
                assert 'class="result"' not in way.html


def test_the_api_tells_a_delegate_and_nobody_else(api, hidden, delegate, nobody):
    ask = {"site": "all", "facets": ["subject", "kind", "site", "year"], "lang": "en"}
    for token in (None, nobody):
        told = api("search/", q="2030", token=token, **ask).json()
        assert (told["count"], [hit["title"] for hit in told["items"]]) == (1, ["2030"])
        counted = {one["name"]: [v["value"] for v in one["values"]] for one in told["facets"]}
        assert counted == {"subject": [], "kind": ["news"], "site": ["fra"], "year": []}
        for text in ("quetzalcoatl", "quetzalcoatI", SYMBOL):
            told = api("search/", q=text, token=token, **ask).json()
            assert (told["count"], told["items"], told["meant"]) == (0, [], "")
            assert told["answer"] is None
        for text in ("quetz", "A/PORT"):
            told = api("search/suggestions/", q=text, site="all", token=token).json()
            assert told["items"] == []
    told = api("search/", q="2030", token=delegate, **ask)
    assert told.json()["count"] == 2
    assert told["Cache-Control"] == "private, no-store"
    assert api("search/", q="quetzalcoatI", token=delegate, **ask).json()["meant"]
    for text in ("quetz", "A/PORT"):
        told = api("search/suggestions/", q=text, site="all", token=delegate)
        assert len(told.json()["items"]) == 1
        assert told["Cache-Control"] == "private, no-store"
