"""Panels for what is translated inside an inline child: a fold a language."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.languages import codes
from cms.languages.fields import column


def language_groups(*fields: str) -> list[MultiFieldPanel]:
    """A fold for each language with its columns of `fields`, typed in its direction."""
    return [
        MultiFieldPanel(
            [FieldPanel(column(field, language.code)) for field in fields],
            heading=language.name,
            classname="collapsed",
            attrs={"lang": language.code, "dir": language.direction},
        )
        for language in codes.LANGUAGES
    ]
