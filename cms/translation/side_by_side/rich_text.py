"""Rich text on its way into Wagtail's editor and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from django import forms
from django.core.exceptions import SuspiciousOperation
from django.utils.datastructures import MultiValueDict
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter


def well_formed(source: str) -> str:
    """The same with every element closed: the editor fails on what an import left open."""
    return str(BeautifulSoup(source, "html.parser"))


def canonical(source: str, features: Sequence[str]) -> str:
    """A stored text as the editor gives it back when nobody has touched it."""
    if not source:
        return ""
    converter = _converter(tuple(features))
    return str(converter.to_database_format(converter.from_database_format(well_formed(source))))


@cache
def _converter(features: tuple[str, ...]) -> ContentstateConverter:
    return ContentstateConverter(list(features))


class BadRichText(SuspiciousOperation):
    """Raised for a rich text that no editor has made. Answered with 400."""


def editor(features: Sequence[str], *, name: str, attrs: dict[str, Any]) -> forms.Widget:
    """Wagtail's editor with these features. `name`: what software for the blind calls it."""
    widget: Any = get_rich_text_editor_widget("default", features=list(features))
    widget.attrs.update(attrs)
    widget.options["ariaLabel"] = name
    made: forms.Widget = widget
    return made


def read(widget: forms.Widget, data: Any, name: str) -> str:
    """What a form brings of a rich text, as it is stored. Raises BadRichText."""
    try:
        return widget.value_from_datadict(data, MultiValueDict(), name) or ""
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BadRichText(f"{name} is not what the rich text editor sends.") from error
