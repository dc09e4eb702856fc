"""The forms that a page showed, filled as they stand, and which of their fields name an object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.forms import BaseForm, ModelChoiceField
from django.forms.formsets import BaseFormSet
from django.forms.widgets import CheckboxInput, ClearableFileInput, FileInput, MultiWidget
from wagtail.blocks.base import BlockField

#: Names of fields that hold ids without being a choice of objects.
IDS_BY_NAME: dict[str, str] = {}


@dataclass
class Shown:
    """What a page's forms would send (`data`), and {field name: model} of its choices."""

    data: dict[str, Any] = field(default_factory=dict)
    choices: dict[str, type[models.Model]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, forms: Iterator[BaseForm | BaseFormSet] | list[Any]) -> Shown:
        """All forms of a page together, as if they were one."""
        shown = cls()
        for form in forms:
            shown.take(form)
        return shown

    def take(self, form: BaseForm | BaseFormSet) -> None:
        """Add a form or a set of forms."""
        if isinstance(form, BaseFormSet):
            self.take(form.management_form)
            for inner in form.forms:
                self.take(inner)
            return
        for bound in form:
            self._take_field(bound)
        for inner in getattr(form, "formsets", {}).values():
            self.take(inner)

    def _take_field(self, bound: Any) -> None:
        widget, name = bound.field.widget, bound.html_name
        if isinstance(bound.field, ModelChoiceField) and bound.field.queryset is not None:
            self.choices[name] = bound.field.queryset.model
        if isinstance(bound.field, BlockField):
            self.data[f"{name}-count"] = "0"
        elif isinstance(widget, FileInput | ClearableFileInput):
            self.files.append(name)
        elif isinstance(widget, CheckboxInput):
            if bound.value():
                self.data[name] = "on"
        elif isinstance(widget, MultiWidget):
            values = widget.decompress(bound.value()) or [None] * len(widget.widgets)
            for number, (inner, value) in enumerate(zip(widget.widgets, values, strict=False)):
                self.data[f"{name}_{number}"] = inner.format_value(value) or ""
        else:
            self._put(name, _sent(widget, bound.value()))

    def _put(self, name: str, value: Any) -> None:
        self.data[name] = "" if value is None else value


def _sent(widget: Any, value: Any) -> Any:
    if (
        isinstance(value, list | tuple | set)
        or hasattr(value, "__iter__")
        and not isinstance(value, str | bytes)
    ):
        return [str(getattr(part, "pk", part)) for part in value]
    formatted = widget.format_value(getattr(value, "pk", value))
    if isinstance(formatted, list | tuple):
        return [str(part) for part in formatted if part not in (None, "")]
    return formatted


def forms_in(contexts: list[Any]) -> list[BaseForm | BaseFormSet]:
    """The forms that the templates of one answer were given, each once."""
    found: dict[int, BaseForm | BaseFormSet] = {}
    for context in contexts:
        for layer in context:
            for value in layer.values():
                if isinstance(value, BaseForm | BaseFormSet):
                    found[id(value)] = value
    return [form for form in found.values() if not getattr(form, "is_filter", False)]
