"""Documents by symbol, and the registry that knows their titles."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from blocks import symbols
from blocks.body import StandardBody
from blocks.symbols import SymbolLink, clean_symbol, permanent_address, resolve
from tests.blocks.texts import DECLARATION

BODY = StandardBody()


def _stream(*items: tuple[str, str]) -> Any:
    values = [{"symbol": symbol, "title": title} for symbol, title in items]
    return BODY.to_python([{"type": "documents", "value": {"items": values}, "id": "1"}])


class _Library:
    """Knows one resolution, in the language that is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[str], str]] = []

    def __call__(self, wanted: Sequence[str], language: str) -> Mapping[str, SymbolLink]:
        self.asked.append((list(wanted), language))
        return {
            symbol: SymbolLink(symbol, "/documents/1948", DECLARATION[language], language)
            for symbol in wanted
            if symbol == "A/RES/217(III)"
        }


@pytest.fixture
def library() -> _Library:
    resolver = _Library()
    symbols.register_resolver(resolver)
    symbols.register_resolver(resolver)
    return resolver


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("A/RES/79/1", "A/RES/79/1"),
        (" a／c.3 / 78/L.49 ", "A/C.3/78/L.49"),
        ("A∕79∕L.2", "A/79/L.2"),
        ("\u200fS/RES/1325 (2000)\u200e", "S/RES/1325 (2000)"),
        ("A/RES/217(III)[A]", "A/RES/217(III)[A]"),
        ("A/C.3/78/L.49/Rev.1", "A/C.3/78/L.49/REV.1"),
        ("ST/SGB/2024/1", "ST/SGB/2024/1"),
    ],
)
def test_symbols_are_tidied(typed: str, symbol: str) -> None:
    assert clean_symbol(typed) == symbol


@pytest.mark.parametrize(
    "typed", ["", "Resolution", "A/RES/<b>", "../../etc", "A//1", "http://x/y", "А/79/1"]
)
def test_what_is_no_symbol_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"A/RES/79/1"):
        clean_symbol(typed)


def test_addresses_keep_the_slashes_and_quote_the_rest() -> None:
    assert permanent_address("S/RES/1325 (2000)") == "/documents/S/RES/1325%20(2000)"
    assert permanent_address('A/1"?#') == "/documents/A/1%22%3F%23"


def test_a_list_is_tidied_when_it_is_saved_and_never_holds_a_symbol_twice() -> None:
    [child] = BODY.clean(_stream(("a/res/79/1", "")))
    assert child.value["items"][0]["symbol"] == "A/RES/79/1"
    with pytest.raises(ValidationError):
        BODY.clean(_stream(("A/RES/79/1", ""), ("a/res/79/1", "")))


def test_without_a_resolver_a_symbol_links_to_its_permanent_address() -> None:
    assert resolve(["A/79/1"]) == {"A/79/1": SymbolLink("A/79/1", "/documents/A/79/1")}


@pytest.mark.parametrize(
    ("django_code", "code"), [("zh-hans", "zh"), ("ar", "ar"), ("en", "en"), ("fr", "fr")]
)
def test_titles_come_from_the_registry_in_the_readers_language(
    library: _Library, django_code: str, code: str
) -> None:
    with override(django_code):
        html = BODY.render(_stream(("A/RES/217(III)", ""), ("A/79/1", "")))
    assert DECLARATION[code] in html
    assert f'lang="{code}"' in html
    assert 'href="/documents/1948"' in html
    assert 'href="/documents/A/79/1"' in html
    assert library.asked == [(["A/RES/217(III)", "A/79/1"], code)]


def test_the_editors_own_title_wins(library: _Library) -> None:
    [block] = BODY.get_api_representation(_stream(("A/RES/217(III)", "Our words")))
    assert block["value"]["items"] == [
        {
            "symbol": "A/RES/217(III)",
            "title": "Our words",
            "language": "",
            "url": "/documents/1948",
        }
    ]


def test_a_symbol_that_was_never_checked_is_shown_as_text() -> None:
    html = BODY.render(_stream(("<script>x</script>", "")))
    assert "<script" not in html
