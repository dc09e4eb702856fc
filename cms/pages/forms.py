"""The editor's form: one slug, a title in at least one language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from cms.languages import codes
from cms.languages.fields import column
from cms.tenancy.formsets import limit_children


class PageForm(WagtailAdminPageForm):
    """Refuses a page without any language, and a source language without a title."""

    #: Ticked in the tab of an outdated language: its words still say what the source says.
    mark_current = forms.MultipleChoiceField(
        choices=[(code, code) for code in codes.CODES],
        required=False,
        widget=forms.MultipleHiddenInput,  # the tab shows the box; without a tick, nothing is sent
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # proposed from the title

    def full_clean(self) -> None:
        limit_children(self)
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        titles = {code: self._title(cleaned, code) for code in codes.CODES}
        written = [code for code in codes.CODES if titles[code]]
        source = cleaned.get("source_language") or self._default_source()
        if not written:
            self._refuse(
                column("title", source or "en"), _("Give the page a title in one language.")
            )
        elif source not in written:
            if cleaned.get("source_language") or self.instance.pk:
                self._refuse(
                    column("title", source),
                    _("The source language has no title: write it, or choose another source."),
                )
            else:
                source = written[0]
        cleaned["source_language"] = source
        self.instance.confirmed_languages = cleaned.get("mark_current", ())
        return cleaned

    def _refuse(self, name: str, message: Any) -> None:
        self.add_error(name if name in self.fields else None, message)

    def _title(self, cleaned: dict[str, Any], code: str) -> str | None:
        """The title in a language; the page's own where a change leaves it out (the API)."""
        name = column("title", code)
        return cleaned.get(name) if name in self.fields else getattr(self.instance, name)

    def _default_source(self) -> str:
        return (
            self.instance.source_language
            or getattr(self.parent_page, "source_language", "")
            or codes.active()
        )
