"""Panels for the translated fields of records and inline children, which have no tabs."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from . import codes
from .fields import column


def language_fields(field: str, *, heading: Any, **kwargs: Any) -> MultiFieldPanel:
    """One text field in the six languages, each named in itself and typed in its direction.

    `kwargs` go to the panel around them (`classname="collapsed"`, `help_text=…`).
    """
    return MultiFieldPanel(
        [
            FieldPanel(
                column(field, language.code),
                heading=language.name,
                widget=AdminAutoHeightTextInput(
                    attrs={"lang": language.code, "dir": language.direction}
                ),
            )
            for language in codes.LANGUAGES
        ],
        heading=heading,
        **kwargs,
    )
