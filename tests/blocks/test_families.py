"""What every family of the standard body must do, in each of the six languages."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.admin.views.generic.preview import StreamFieldBlockPreview
from wagtail.blocks import Block, StreamValue

from blocks.body import StandardBody
from blocks.text import plain_text
from tests.blocks.factories import FAMILIES, LANGUAGES, make_image, raw_block, raw_stream

pytestmark = pytest.mark.django_db

BODY = StandardBody()

HOSTILE = "'\"><script>a()</script><i onx=1>"

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}

#: The class on the outermost element of each family.
CSS_CLASS = {family: f"block-{family.replace('_', '-')}" for family in FAMILIES}


@pytest.fixture
def image() -> Any:
    return make_image(width=48, height=32)


def _stream(*raw: dict) -> StreamValue:
    return BODY.to_python(list(raw))


def _render(value: StreamValue) -> str:
    return BODY.render(value, {"request": RequestFactory().get("/")})


class _Tree(HTMLParser):
    """Reads markup strictly: each element that opens must close in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.misplaced = False
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.misplaced |= not self.open or self.open.pop() != tag


def _tree(html: str) -> _Tree:
    tree = _Tree()
    tree.feed(html)
    tree.close()
    assert tree.open == []
    assert not tree.misplaced
    return tree


def _poison(value: Any, *, texts: bool = True, rich_texts: bool = False) -> Any:
    """Put hostile text in every text of a stored value, or markup in its rich texts."""
    if isinstance(value, dict):
        keep = {"type", "id", "level", "date"}
        return {
            key: part if key in keep else _poison(part, texts=texts, rich_texts=rich_texts)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_poison(item, texts=texts, rich_texts=rich_texts) for item in value]
    if not value or not isinstance(value, str) or re.fullmatch(r"\d{4}", value):
        return value
    if value.startswith("<p"):
        return f"<p>x{HOSTILE}</p>" if rich_texts else value
    return HOSTILE if texts else value


def _dangers(html: str) -> list[str]:
    """Give the scripts and the handlers of events in a piece of markup."""
    parser = _Tree()
    parser.feed(html)
    return [
        tag
        for tag, attrs in parser.tags
        if tag == "script" or [name for name in attrs if name.startswith("on")]
    ]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, str):
        yield value


def test_the_standard_body_has_the_families_that_the_factories_make() -> None:
    assert set(BODY.child_blocks) == set(FAMILIES)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_accepts_and_shows_real_text(family: str, code: str, image: Any) -> None:
    raw = raw_block(family, code, image)
    value = BODY.clean(_stream(raw))
    html = _render(value)
    tree = _tree(html)
    assert CSS_CLASS[family] in (tree.tags[0][1]["class"] or "").split()
    words = plain_text(value).split("\n")
    assert words
    for line in words:
        if not re.fullmatch(r"[\d.]+", line) and "42nd Street" not in line:
            assert line in re.sub(r"\s+", " ", html)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_whole_stream_is_valid_and_well_formed(code: str, image: Any) -> None:
    value = BODY.clean(_stream(*raw_stream(code, image)))
    tree = _tree(_render(value))
    ids = [attrs["id"] for _tag, attrs in tree.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("family", FAMILIES)
def test_the_stored_value_survives_reading_and_writing(family: str, image: Any) -> None:
    raw = raw_block(family, "ru", image)
    value = _stream(raw)
    _ = value[0].value  # no longer lazy: what is written is made from the value
    assert json.loads(json.dumps(value.get_prep_value(), default=str)) == [raw]


@pytest.mark.parametrize("family", [f for f in FAMILIES if f != "rich_text"])
def test_hostile_text_is_escaped_wherever_it_is_stored(family: str, image: Any) -> None:
    raw = raw_block(family, "en", image)
    poisoned = _poison(raw["value"])
    if family == "embed":
        poisoned["url"] = raw["value"]["url"]  # a film that is shown; bad addresses: see below
    html = _render(_stream({**raw, "value": poisoned}))
    assert not _dangers(html)
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("family", ["accordion", "embed", "rich_text", "table", "timeline"])
def test_hostile_markup_in_rich_text_does_not_get_past_saving(family: str, image: Any) -> None:
    raw = raw_block(family, "en", image)
    poisoned = _stream({**raw, "value": _poison(raw["value"], texts=False, rich_texts=True)})
    assert _dangers(_render(poisoned)), "otherwise nothing was there to clean"
    assert not _dangers(_render(BODY.clean(poisoned)))


def test_links_that_run_scripts_are_not_shown(image: Any) -> None:
    for family, part in [
        ("quote", "source_url"),
        ("contact_card", "website"),
        ("contact_card", "map_url"),
        ("call_to_action", "url"),
        ("embed", "url"),
    ]:
        raw = raw_block(family, "en", image)
        raw["value"][part] = "java\tscript:alert(1)"
        value = _stream(raw)
        assert "script:" not in _render(value)
        api = json.dumps(BODY.get_api_representation(value))
        assert "script:" not in api


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_the_api_form_is_plain_json_with_the_same_words(family: str, code: str, image: Any) -> None:
    value = _stream(raw_block(family, code, image))
    [block] = BODY.get_api_representation(value)
    assert block["type"] == family
    assert json.loads(json.dumps(block)) == block
    texts = " ".join(_strings(block["value"]))
    for line in plain_text(value).split("\n"):
        assert line in re.sub(r"\s+", " ", texts)
    assert "data-block-key" not in texts


#: The names of the parts of each family's API form. Others build on them: adding is free, taking
#: away is not.
API_PARTS = {
    "heading": {"text", "level", "anchor"},
    "quote": {"text", "attribution", "role", "source_url"},
    "accordion": {"items"},
    "image": {"image", "decorative", "caption", "credit"},
    "embed": {"url", "title", "provider", "player_url", "poster", "caption", "transcript"},
    "table": {"caption", "columns", "rows", "row_headings", "source"},
    "timeline": {"items"},
    "statistics": {"items"},
    "documents": {"items"},
    "people": {"items"},
    "contact_card": {
        "name", "role", "address", "telephone", "email", "website", "hours", "map_url",
    },
    "call_to_action": {"title", "text", "button", "url", "page"},
}  # fmt: skip


@pytest.mark.parametrize("family", API_PARTS)
def test_the_api_form_keeps_its_names(family: str, image: Any) -> None:
    [block] = BODY.get_api_representation(_stream(raw_block(family, "fr", image)))
    assert set(block["value"]) == API_PARTS[family]


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_says_what_it_is_for(family: str) -> None:
    block = BODY.child_blocks[family]
    assert block.is_previewable
    assert block.meta.icon != "placeholder"
    assert str(block.get_description())
    assert str(block.meta.group)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("family", FAMILIES)
def test_the_preview_opens_in_the_editor(family: str, code: str, rf: Any) -> None:
    block: Block = BODY.child_blocks[family]
    with override("zh-hans" if code == "zh" else code):
        request = rf.get("/", {"id": block.definition_prefix})
        response = StreamFieldBlockPreview.as_view()(request)
        html = response.render().content.decode()
    assert response.status_code == 200
    assert CSS_CLASS[family] in html
    assert f'dir="{"rtl" if code == "ar" else "ltr"}"' in html


@pytest.mark.parametrize("family", FAMILIES)
def test_the_preview_needs_nothing_from_anybodys_library(
    family: str, django_assert_num_queries: Any
) -> None:
    block: Block = BODY.child_blocks[family]
    with django_assert_num_queries(0), override("ar"):
        html = block.render(block.get_preview_value(), {"id": "preview"})
    assert CSS_CLASS[family] in html


def test_a_draft_may_be_saved_half_written() -> None:
    for family, block in BODY.child_blocks.items():
        value = _stream({"type": family, "value": block.get_prep_value(block.get_default())})
        _render(BODY.clean_deferred(value))


def test_images_of_a_whole_stream_take_a_fixed_number_of_queries(
    django_assert_max_num_queries: Any,
) -> None:
    images = [make_image(width=48, height=32) for _ in range(4)]
    raw = [raw_block("image", "en", image) for image in images]
    _render(_stream(*raw))  # makes the renditions
    with django_assert_max_num_queries(2):
        _render(_stream(*raw))
