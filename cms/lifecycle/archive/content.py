"""A walk through what a model instance holds, as JSON, that changes what points elsewhere.

Exporting, checking and restoring take the same walk with other callbacks: a database id becomes an
archive's reference and back. The walk knows the model's fields, streams of blocks (by their
definitions), rich text (by the tags that Wagtail's features register) and inline children.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from django.db import models
from django.utils.html import escape
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import features as rich_text_features
from wagtail.rich_text.rewriters import FIND_A_TAG, FIND_EMBED_TAG, extract_attrs

from cms.languages.fields import translated_fields

Json = Any
#: Child relations that belong to the editors' work and not to the page.
LEFT_OUT_RELATIONS = frozenset({"wagtail_admin_comments"})
_ID = re.compile(r'(?<=\s)id="[^"]*"')


class Unreadable(ValueError):
    """Raised by a walk that meets what no definition describes. `where`: "body_fr.3.image"."""

    def __init__(self, where: str, what: str) -> None:
        self.where = where
        super().__init__(f"{where}: {what}")


class Visitor(Protocol):
    """What happens to what the walk finds."""

    def reference(self, model: type[models.Model], value: Json, where: str) -> Json:
        """A pointer to an object of `model` (None is never asked about)."""

    def rich_text(self, html: str, allowed: list[str] | None, where: str) -> str:
        """A rich text whose links have been through `link`. `allowed`: its features."""

    def link(self, model: type[models.Model], attrs: dict[str, str], where: str) -> str | None:
        """The new id behind a rich text's link or embed; None takes the link away."""

    def unknown_block(self, kind: str, where: str) -> None:
        """A stream holds a block of a type that it does not define: it is left out, or Unreadable
        is raised."""

    def block_id(self, where: str) -> str:
        """The id of a block that was stored without one."""

    def child(self, relation: str, value: Json, where: str) -> Json:
        """The number of an inline child among its sisters."""


def content_fields(model: type[models.Model], left_out: Iterable[str]) -> Iterator[Any]:
    """The columns that carry content: no key, no pointer to the parent row, no column that only
    repeats one of the languages'."""
    skipped = {*left_out, *translated_fields(model)}
    field: Any
    for field in model._meta.fields:
        is_link = bool(field.remote_field and getattr(field.remote_field, "parent_link", False))
        if not field.primary_key and not is_link and field.serialize and field.name not in skipped:
            yield field


def child_relations(model: type[models.Model]) -> list[Any]:
    """Inline children (people, offices) as reverse relations."""
    return [
        relation
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() not in LEFT_OUT_RELATIONS
    ]


class Walk:
    """The walk with one visitor."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def instance(
        self, model: type[models.Model], data: dict[str, Json], *, left_out: Iterable[str] = ()
    ) -> dict[str, Json]:
        """The content of one object. `data`: {field or relation: value}, as modelcluster's
        `serializable_data` gives it or as a walk made it; streams may be text or lists."""
        left_out = frozenset(left_out)
        walked: dict[str, Json] = {}
        for field in content_fields(model, left_out):
            if field.name in data:
                walked[field.name] = self.field(field, data[field.name])
        for many in get_all_child_m2m_relations(model):
            if many.name in data:
                found = (
                    self.visitor.reference(many.related_model, value, many.name)
                    for value in data[many.name]
                )
                walked[many.name] = [value for value in found if value is not None]
        for relation in child_relations(model):
            name = relation.get_accessor_name()
            if name in data:
                walked[name] = self._children(relation, data[name])
        return walked

    def _children(self, relation: Any, rows: list[dict[str, Json]]) -> list[dict[str, Json]]:
        name, own = relation.get_accessor_name(), relation.field.name
        walked = []
        for index, row in enumerate(rows):
            where = f"{name}.{index + 1}"
            number = self.visitor.child(name, row.get("pk"), where)
            content = self.instance(relation.related_model, row, left_out=(own,))
            walked.append({"pk": number, **content})
        return walked

    def field(self, field: models.Field, value: Json) -> Json:
        """One column's value."""
        if isinstance(field, StreamField):
            stream = json.loads(value or "[]") if isinstance(value, str | None) else value
            return self.block(field.stream_block, stream, field.name)
        if isinstance(field, RichTextField):
            return self._rich_text(value, field.features, field.name)
        if isinstance(field, models.JSONField):
            return json.loads(value) if isinstance(value, str) else value
        if field.remote_field is not None:
            if value is None:
                return None
            return self.visitor.reference(field.remote_field.model, value, field.name)
        return value

    # --- streams ---------------------------------------------------------------------------------

    def block(self, block: Any, value: Json, where: str) -> Json:
        """One block's stored value, by its definition."""
        if value is None:
            return None
        if isinstance(block, blocks.BaseStreamBlock):
            return self._stream(block, value, where)
        if isinstance(block, blocks.BaseStructBlock):
            return {
                name: self.block(child, value[name], f"{where}.{name}")
                for name, child in block.child_blocks.items()
                if name in value
            }
        if isinstance(block, blocks.ListBlock):
            return [
                self._item(block, item, f"{where}.{index + 1}") for index, item in enumerate(value)
            ]
        if isinstance(block, TypedTableBlock):
            return self._table(block, value, where)
        if isinstance(block, blocks.ChooserBlock):
            return self.visitor.reference(block.model_class, value, where)
        if isinstance(block, blocks.RichTextBlock):
            return self._rich_text(value, block.features, where)
        return value

    def _stream(self, block: Any, value: list[dict[str, Json]], where: str) -> Json:
        walked = []
        for index, part in enumerate(value):
            place = f"{where}.{index + 1}"
            if not isinstance(part, dict) or "type" not in part:
                raise Unreadable(place, "a block without a type")
            child = block.child_blocks.get(part["type"])
            if child is None:
                self.visitor.unknown_block(part["type"], place)
                continue
            inner = self.block(child, part.get("value"), f"{place}.{part['type']}")
            block_id = part.get("id") or self.visitor.block_id(place)
            walked.append({"type": part["type"], "value": inner, "id": block_id})
        return walked

    def _item(self, block: Any, item: Json, where: str) -> Json:
        """An item of a list: wrapped with an id, or bare as older releases stored it."""
        if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
            return {**item, "value": self.block(block.child_block, item["value"], where)}
        return self.block(block.child_block, item, where)

    def _table(self, block: Any, value: dict[str, Json], where: str) -> Json:
        columns = [block.child_blocks.get(column["type"]) for column in value.get("columns", ())]
        if None in columns:
            raise Unreadable(where, "a table's column of an unknown type")
        rows = [
            {
                **row,
                "values": [
                    self.block(child, cell, f"{where}.{index + 1}")
                    for child, cell in zip(columns, row["values"], strict=False)
                ],
            }
            for index, row in enumerate(value.get("rows", ()))
        ]
        return {**value, "rows": rows}

    # --- rich text -------------------------------------------------------------------------------

    def _rich_text(self, html: str | None, allowed: list[str] | None, where: str) -> str | None:
        if not html:
            return html
        for pattern, kind, handlers in (
            (FIND_A_TAG, "linktype", rich_text_features.get_link_types()),
            (FIND_EMBED_TAG, "embedtype", rich_text_features.get_embed_types()),
        ):
            html = pattern.sub(
                lambda match, kind=kind, handlers=handlers: self._tag(match, kind, handlers, where),
                html,
            )
        return self.visitor.rich_text(html, allowed, where)

    def _tag(self, match: re.Match[str], kind: str, handlers: Any, where: str) -> str:
        """A tag whose id points to an object, with its new id; all others as they are."""
        tag, attrs = match.group(0), extract_attrs(match.group(1))
        handler = handlers.get(attrs.get(kind))
        get_model = getattr(handler, "get_model", None)
        if get_model is None or "id" not in attrs:
            return tag
        try:
            model = get_model()
        except NotImplementedError:  # a handler of addresses (media), not of objects
            return tag
        new = self.visitor.link(model, attrs, where)
        if new is None:
            return "<a>" if kind == "linktype" else ""
        if not new.startswith(("http://", "https://")):
            return _ID.sub(f'id="{new}"', tag)
        return f'<a href="{escape(new)}">'
