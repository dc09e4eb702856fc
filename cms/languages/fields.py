"""Which fields of a model are translated, and the values of one language.

modeltranslation keeps the registry; nobody else reads its internals.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from modeltranslation.translator import NotRegistered, translator

from . import codes


def translated_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Names of the model's translated fields, inherited ones first; () if it has none."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return ()
    registered = set(options.all_fields)  # unordered; the model's own order is the editor's
    return tuple(field.name for field in model._meta.fields if field.name in registered)


def column(field: str, code: str) -> str:
    """The column that holds a field in a language: ("title", "fr") → "title_fr"."""
    return f"{field}_{codes.get(code).code}"


def columns(model: type[models.Model]) -> tuple[str, ...]:
    """Every language's column of every translated field, language by language."""
    return tuple(column(field, code) for code in codes.CODES for field in translated_fields(model))


def values_in(instance: models.Model, code: str) -> dict[str, Any]:
    """{field: value} of one language, without any fallback."""
    return {
        field: getattr(instance, column(field, code)) for field in translated_fields(type(instance))
    }


def text_in(
    instance: models.Model, field: str, preferred: str, *, source: str = ""
) -> tuple[str, str]:
    """(value, code) of a text in the preferred language, else in the best; ("", preferred)."""
    available = [code for code in codes.CODES if getattr(instance, column(field, code))]
    code = codes.best(preferred, available, source=source) or preferred
    return getattr(instance, column(field, code)) or "", code
