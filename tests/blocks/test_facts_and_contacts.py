"""Tables, calls to action and contact cards: what they refuse, and what a page link may show."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from blocks.body import StandardBody
from blocks.call_to_action import CallToActionBlock
from blocks.links import safe_href, telephone_href
from tests.blocks.factories import LANGUAGES, raw_block

BODY = StandardBody()


def _value(family: str, **parts: Any) -> Any:
    raw = raw_block(family, "ru")
    raw["value"] |= parts
    return BODY.to_python([raw])


def _errors(value: Any) -> dict:
    with pytest.raises(ValidationError) as refused:
        BODY.clean(value)
    return refused.value.block_errors[0].block_errors


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_table_has_a_caption_and_headings_of_columns_and_rows(code: str) -> None:
    html = BODY.render(BODY.to_python([raw_block("table", code)]))
    assert "<caption" in html
    assert html.count('<th scope="col"') == 3
    assert html.count('<th scope="row">') == 2


def test_the_first_column_may_be_plain() -> None:
    assert 'scope="row"' not in BODY.render(_value("table", row_headings=False))


@pytest.mark.parametrize(
    "broken",
    [
        {"caption": " "},
        {"columns": [], "rows": []},
        {"rows": []},
        {"columns": [{"type": "text", "heading": ""}], "rows": [{"values": ["x"]}]},
    ],
)
def test_a_table_that_can_not_be_read_aloud_is_refused(broken: dict) -> None:
    table = raw_block("table", "ru")["value"]["table"] | broken
    assert set(_errors(_value("table", table=table))) == {"table"}
    assert BODY.clean_deferred(_value("table", table=table))


def test_a_call_to_action_leads_to_exactly_one_place() -> None:
    assert set(_errors(_value("call_to_action", url=""))) == {"page"}
    assert BODY.clean(_value("call_to_action"))
    block = CallToActionBlock()
    page = SimpleNamespace(live=True, pk=1, get_url=lambda request=None: "/fr/visas/")
    value = block.normalize({"title": "t", "button": "b", "page": page, "url": ""})
    assert value.href() == "/fr/visas/"
    assert 'href="/fr/visas/"' in block.render(value)


def test_a_page_that_is_not_published_is_not_pointed_to() -> None:
    block = CallToActionBlock()
    page = SimpleNamespace(live=False, pk=1, get_url=lambda request=None: "/fr/secret/")
    value = block.normalize({"title": "t", "button": "b", "page": page, "url": ""})
    assert "secret" not in block.render(value)
    api = block.get_api_representation(value)
    assert (api["url"], api["page"]) == ("", None)


def test_a_contact_card_gives_some_way_of_reaching_somebody() -> None:
    nothing = {"address": "", "telephone": "", "email": "", "website": ""}
    assert set(_errors(_value("contact_card", **nothing))) == {"address"}
    assert BODY.clean(_value("contact_card", **nothing | {"telephone": "+7 495 123-45-67"}))
    assert set(_errors(_value("contact_card", telephone="ask us"))) == {"telephone"}


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("+33 (1) 42 34 68 30", "tel:+33142346830"),
        ("212-555-0100", "tel:2125550100"),
        ("＋٩٦٦ ١١ ٤٠٥", "tel:+96611405"),
        ("none", ""),
        (None, ""),
    ],
)
def test_numbers_can_be_dialled_whatever_their_digits(number: str | None, href: str) -> None:
    assert telephone_href(number) == href


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://www.un.org/ar/", "https://www.un.org/ar/"),
        ("/fr/contact/", "/fr/contact/"),
        ("#section-agenda", "#section-agenda"),
        ("mailto:mission@example.org", "mailto:mission@example.org"),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//evil.example/", ""),
        ("/\\evil.example/", ""),
        ("https://[broken", ""),
        ("evil.example", ""),
        (None, ""),
    ],
)
def test_a_link_points_only_where_a_link_may_point(url: str | None, href: str) -> None:
    assert safe_href(url) == href
