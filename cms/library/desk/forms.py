"""The form of a document: what its rows of relations and languages may become."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.languages import codes

from ..models import DocumentFile, DocumentRelation
from ..relating import RelationRefused, refuse_circle


class LanguageBoxes(forms.CheckboxSelectMultiple):
    """A list of languages, kept as JSON, as six boxes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[(each.code, each.name) for each in codes.LANGUAGES])

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return json.dumps(super().value_from_datadict(data, files, name) or [])

    def format_value(self, value: Any) -> list[str]:
        chosen = json.loads(value) if isinstance(value, str) and value else value
        return super().format_value(chosen or [])


class DocumentForm(WagtailAdminModelForm):
    """A document with its children. Relations that were touched here are people's from then on."""

    def is_valid(self) -> bool:
        return super().is_valid() and self._relations_are_sound() and self._versions_are_free()

    def save(self, commit: bool = True) -> Any:
        if self._relations_were_touched():
            self.instance.relations_settled = True
        return super().save(commit=commit)

    def _relations_were_touched(self) -> bool:
        if "relations" not in self.formsets:
            return False
        given = {
            (told["of"].pk, told["kind"], tuple(told.get("languages") or ()))
            for form in self.formsets["relations"].forms
            if (told := form.cleaned_data) and told.get("of") and not told.get("DELETE")
        }
        kept = DocumentRelation.objects.filter(document=self.instance.pk)
        return given != {(each.of_id, each.kind, tuple(each.languages)) for each in kept}

    def _relations_are_sound(self) -> bool:
        sound = True
        for form in self.formsets["relations"].forms if "relations" in self.formsets else ():
            of = form.cleaned_data.get("of")
            if of is None or form.cleaned_data.get("DELETE") or self.instance.pk is None:
                continue
            try:
                refuse_circle(self.instance, of)
            except RelationRefused as refusal:
                form.add_error("of", refusal.messages)
                sound = False
        return sound

    def _versions_are_free(self) -> bool:
        """A language is not taken away with its files and their history by a slip."""
        versions = self.formsets.get("versions")
        for form in versions.deleted_forms if versions is not None else ():
            held = DocumentFile.objects.filter(version=form.instance.pk)
            if form.instance.pk and held.exists():
                self.add_error(
                    None,
                    ValidationError(
                        _("%(language)s has files, now or in its history: keep it in the list.")
                        % {"language": form.instance.get_language_display()}
                    ),
                )
                return False
        return True
