"""The editor's form: one slug, a title in at least one language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from cms.languages import codes, states
from cms.languages.fields import column
from cms.tenancy.formsets import limit_children

from . import changing, publication
from .form_limits import limit_form
from .form_merging import MergingForm

READY = "ready"
STATUS_CHOICES = [
    (READY, pgettext_lazy("status of a language", "Ready to be released")),
    (states.Status.IN_PROGRESS.value, pgettext_lazy("status of a language", "Still being written")),
    (states.Status.NEEDS_REVIEW.value, pgettext_lazy("status of a language", "Waiting for review")),
]


def status_field(code: str) -> str:
    """The form's field that says where a language stands."""
    return f"translation_status_{code}"


class PageForm(MergingForm, WagtailAdminPageForm):
    """Refuses a page without any language, and a source language without a title; leaves out what
    its user may not change, and takes along what others have saved meanwhile."""

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
        for code in codes.CODES:
            # Shown by the language's tab. Left out, as by the API, it changes nothing.
            self.fields[status_field(code)] = forms.ChoiceField(
                choices=STATUS_CHOICES,
                required=False,
                initial=states.status_of(self.instance.translations, code) or READY,
                label=_("This language is"),
            )
        self.carry_outline()
        limit_form(self, changing.writable(kwargs.get("for_user"), self.instance))

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
        self._note_statuses(cleaned)
        if "action-publish" in self.data and written and not self._ready(written):
            self.add_error(
                None,
                _("No language of this page is ready: mark one as ready in its tab."),
            )
        return cleaned

    def _note_statuses(self, cleaned: dict[str, Any]) -> None:
        """Keep what was said of each language; another edit leaves a machine's mark as it is."""
        for code in codes.CODES:
            said = cleaned.get(status_field(code))
            before = states.status_of(self.instance.translations, code) or READY
            if said and said != before:
                self.instance.translations = states.with_status(
                    self.instance.translations, code, None if said == READY else said
                )

    def _ready(self, written: list[str]) -> list[str]:
        withdrawn = publication.withdrawn_languages(self.instance)
        record = self.instance.translations
        return [
            code for code in written if code not in withdrawn and not states.status_of(record, code)
        ]

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
