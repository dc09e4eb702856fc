"""Panels for what is translated inside an inline child: a fold a language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.functional import Promise
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.languages import codes
from cms.languages.fields import column


class LanguageFold(MultiFieldPanel):
    """The fields of one language, folded away while it has nothing. `language`: our code."""

    def __init__(self, *args: Any, language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"language": self.language}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "missions/admin/language_fold.html"

        @property
        def language(self) -> codes.Language:
            """The language, with its name and direction."""
            return codes.get(self.panel.language)

        @property
        def is_open(self) -> bool:
            """Whether a field of this language is written or refused."""
            names = [child.panel.field_name for child in self.children]
            refused = self.form.errors if self.form.is_bound else {}
            return any(getattr(self.instance, name) or name in refused for name in names)


def language_folds(
    labels: Mapping[str, str | Promise], *, long: Collection[str] = ()
) -> list[LanguageFold]:
    """A fold for each language with its columns of {field: label}; `long`: fields of many lines."""
    return [
        LanguageFold(
            [
                FieldPanel(
                    column(field, code),
                    heading=label,
                    widget=AdminAutoHeightTextInput if field in long else None,
                )
                for field, label in labels.items()
            ],
            language=code,
        )
        for code in codes.CODES
    ]
