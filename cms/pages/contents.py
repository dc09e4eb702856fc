"""The content of a page taken apart: columns, blocks of streams, rows of children.

"Content" is what a revision holds (`page.serializable_data()`). Its parts are known by stable keys:
a column by its name, a block by its id, a child by its primary key. An outline keeps the digest of
every part, so it says what somebody saw without the words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import COMMENTS_RELATION_NAME

from cms.languages import codes
from cms.languages.fields import column, translated_fields
from cms.languages.parts import digest_of

#: What is known of the page as a whole, not written by anybody in a form.
KEPT = frozenset(
    [
        *("id", "page_ptr", "path", "depth", "numchild", "url_path", "translation_key", "locale"),
        *("live", "live_revision", "first_published_at", "last_published_at", "expired"),
        *("latest_revision", "latest_revision_created_at", "has_unpublished_changes"),
        *("locked", "locked_at", "locked_by", "owner", "content_type", "alias_of", "draft_title"),
        *("translations", "draft_translations"),
    ]
)
#: Of a child's place among the others no two people are asked to agree.
ORDER = "sort_order"
#: Instead of the digest of a block that is there and says nothing: one that is not there has none.
EMPTY = "-"

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Shape:
    """The fields of a model's content. `plain`, `streams`: {column: (field, language or "")};
    `children`: {relation: Shape}."""

    plain: Mapping[str, tuple[str, str]]
    streams: Mapping[str, tuple[str, str]]
    children: Mapping[str, Shape]


@cache
def shape_of(model: type[models.Model]) -> Shape:
    """The shape of a page type's content."""
    relations = {
        relation.get_accessor_name(): relation
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    }
    return _shape(
        model,
        left_out=KEPT,
        children={
            name: _shape(relation.related_model, left_out={"id", relation.field.name}, children={})
            for name, relation in relations.items()
        },
    )


def _shape(
    model: type[models.Model], *, left_out: Iterable[str], children: Mapping[str, Shape]
) -> Shape:
    translated = translated_fields(model)
    by_column = {column(name, code): (name, code) for name in translated for code in codes.CODES}
    plain, streams = {}, {}
    for one in model._meta.fields:
        if one.name in translated or one.name in left_out or not one.serialize:
            continue
        kind = streams if isinstance(one, StreamField) else plain
        kind[one.name] = by_column.get(one.name, (one.name, ""))
    return Shape(plain, streams, children)


@dataclass(frozen=True)
class Outline:
    """Digests of all parts of a content; what is empty is left out.

    `plain`: {column: digest}; `streams`: {column: [(block id, digest)]}; `children`:
    {relation: [(key, {column: digest})]}; `record`: {language: (what its translator has said of it,
    digest of what it follows)}.
    """

    plain: dict[str, str] = field(default_factory=dict)
    streams: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    children: dict[str, list[tuple[str, dict[str, str]]]] = field(default_factory=dict)
    record: dict[str, tuple[str, str]] = field(default_factory=dict)

    def dumps(self) -> str:
        """As text, for a form to bring back."""
        told = [self.plain, self.streams, self.children, self.record]
        return json.dumps(told, separators=(",", ":"), sort_keys=True)


class NoOutline(ValueError):
    """Raised for a text that is no outline: the form is to be opened again."""


def read_outline(text: str) -> Outline:
    """The outline of `Outline.dumps`. Raises NoOutline."""
    try:
        plain, streams, children, record = json.loads(text)
        return Outline(
            {str(name): str(digest) for name, digest in plain.items()},
            {name: [(str(key), str(d)) for key, d in parts] for name, parts in streams.items()},
            {
                name: [(str(key), {str(c): str(d) for c, d in row.items()}) for key, row in rows]
                for name, rows in children.items()
            },
            {str(code): (str(said), str(digest)) for code, (said, digest) in record.items()},
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise NoOutline(
            "This is no outline of a page: open the page's editor again, and save from there."
        ) from error


def as_stored(content: Content) -> dict[str, Any]:
    """The content as a revision gives it back: dates and numbers as JSON writes them."""
    stored: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return stored


def blocks_of(value: Any) -> list[tuple[str, dict[str, Any]]]:
    """[(key, block)] of a stream as content holds it: its JSON, or what that says."""
    found: list[tuple[str, dict[str, Any]]] = []
    seen: set[str] = set()
    for block in (json.loads(value) if isinstance(value, str) and value else value) or []:
        key = block.get("id") or f"~{digest_of_block(block)}"
        while key in seen:  # the same block twice, or pasted with its id
            key += "~"
        seen.add(key)
        found.append((key, block))
    return found


def digest_of_block(block: Mapping[str, Any]) -> str:
    """The digest of a block, whatever its id; EMPTY for one that says nothing."""
    return digest_of({"type": block.get("type"), "value": block.get("value")}) or EMPTY


def rows_of(shape: Shape, rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """[(key, row)] of children. A row that has no primary key yet is known by its words."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    seen: set[str] = set()
    for row in rows or []:
        key = str(row["pk"]) if row.get("pk") else f"~{digest_of(digests_of_row(shape, row))}"
        while key in seen:
            key += "~"
        seen.add(key)
        found.append((key, row))
    return found


def digests_of_row(shape: Shape, row: Mapping[str, Any]) -> dict[str, str]:
    """{column: digest} of a child's row, without what is empty and without its place."""
    names = (name for name in (*shape.plain, *shape.streams) if name != ORDER)
    digests = {name: digest_of(row.get(name)) for name in names}
    return {name: digest for name, digest in digests.items() if digest}


def outline_of(model: type[models.Model], content: Content) -> Outline:
    """The outline of a page's content."""
    shape = shape_of(model)
    plain = {name: digest_of(content.get(name)) for name in shape.plain}
    streams = {
        name: [(key, digest_of_block(block)) for key, block in blocks_of(content.get(name))]
        for name in shape.streams
    }
    children = {
        name: [
            (key, digests_of_row(child, row)) for key, row in rows_of(child, content.get(name, ()))
        ]
        for name, child in shape.children.items()
    }
    return Outline(
        {name: digest for name, digest in plain.items() if digest},
        {name: parts for name, parts in streams.items() if parts},
        {name: rows for name, rows in children.items() if rows},
        {code: said_of(entry) for code, entry in (content.get("translations") or {}).items()},
    )


def said_of(entry: Mapping[str, Any]) -> tuple[str, str]:
    """What a translator has said of a language ("", "in_progress", "needs_review machine"), and the
    digest of the parts of the source that it follows."""
    said = [entry.get("status") or "", "machine" if entry.get("machine") else ""]
    return " ".join(filter(None, said)), digest_of(entry.get("follows"))
