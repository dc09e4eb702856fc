"""What a browser would send of a page's form: blocks are written by scripts, so not in its HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm
from django.forms.widgets import CheckboxInput
from wagtail import blocks
from wagtail.blocks.base import BlockField
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

Pairs = Iterator[tuple[str, str]]


def sent_by(form: BaseForm) -> list[tuple[str, str]]:
    """(name, value) of every field as it stands, children's forms included."""
    return list(_form(form))


def _form(form: BaseForm) -> Pairs:
    for bound in form:
        if isinstance(bound.field, BlockField):
            yield from _block(bound.field.block, bound.value(), bound.html_name)
        else:
            yield from _widget(bound.field.widget, bound.value(), bound.html_name)
    for formset in getattr(form, "formsets", {}).values():
        yield from _form(formset.management_form)
        for inner in formset.forms:
            yield from _form(inner)


def _widget(widget: Any, value: Any, name: str) -> Pairs:
    if isinstance(widget, CheckboxInput):
        if value:
            yield name, "on"
        return
    formatted = widget.format_value(getattr(value, "pk", value))
    for one in formatted if isinstance(formatted, list | tuple) else [formatted]:
        yield name, "" if one is None else str(one)


def _block(block: Any, value: Any, name: str) -> Pairs:
    if isinstance(block, blocks.StreamBlock):
        yield from _rows(name, value or (), typed=True)
    elif isinstance(block, blocks.ListBlock):
        yield from _rows(name, value.bound_blocks if value else (), typed=False)
    elif isinstance(block, blocks.StructBlock):
        for key, child in block.child_blocks.items():
            yield from _block(child, value[key], f"{name}-{key}")
    elif isinstance(block, TypedTableBlock):
        yield from _table(block, value, name)
    else:
        yield from _widget(block.field.widget, block.value_for_form(value), name)


def _rows(name: str, rows: Any, *, typed: bool) -> Pairs:
    yield f"{name}-count", str(len(rows))
    for number, child in enumerate(rows):
        row = f"{name}-{number}"
        yield from ((f"{row}-deleted", ""), (f"{row}-order", str(number)))
        yield f"{row}-id", child.id or ""
        if typed:
            yield f"{row}-type", child.block.name
        yield from _block(child.block, child.value, f"{row}-value")


def _table(block: Any, value: Any, name: str) -> Pairs:
    columns = value.columns if value else []
    rows = list(value.row_data) if value else []
    yield from ((f"{name}-column-count", str(len(columns))), (f"{name}-row-count", str(len(rows))))
    yield f"{name}-caption", getattr(value, "caption", "") or ""
    for number, column in enumerate(columns):
        of = f"{name}-column-{number}"
        yield from ((f"{of}-type", column["block"].name), (f"{of}-order", str(number)))
        yield from ((f"{of}-deleted", ""), (f"{of}-heading", column["heading"]))
    for row_number, row in enumerate(rows):
        yield from (
            (f"{name}-row-{row_number}-order", str(row_number)),
            (f"{name}-row-{row_number}-deleted", ""),
        )
        for number, cell in enumerate(row["values"]):
            cell_block = columns[number]["block"]
            yield from _block(cell_block, cell, f"{name}-cell-{row_number}-{number}")
