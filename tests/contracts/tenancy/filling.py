"""Fill every field of an instance with a tenant's words, by the kind of field."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from django.db import models
from modeltranslation.fields import TranslationField
from wagtail.fields import RichTextField, StreamField

from cms.languages.fields import translated_fields
from cms.pages.models import Page

from .words import Words

MOMENT = datetime.datetime(2031, 1, 15, 17, tzinfo=datetime.UTC)


def fill(
    instance: models.Model, words: Words, *, related: Mapping[type[models.Model], Any] | None = None
) -> models.Model:
    """Give each language's column and every empty field a value.

    `related`: what foreign keys to a model should point to.
    """
    for field in _own_fields(type(instance)):
        if not (_is_translation(field) or _is_foreign(field) or _is_empty(instance, field)):
            continue
        value = _value(field, words, related or {})
        if value is not None:
            setattr(instance, field.name, value)
    return instance


def _own_fields(model: type[models.Model]) -> list[models.Field]:
    base = {field.name for field in Page._meta.fields} if issubclass(model, Page) else set()
    words_of_page = tuple(name for name in base if name.startswith(("title_", "s")))
    return [
        field
        for field in model._meta.fields
        if (field.name not in base or (field.name in words_of_page and _is_translation(field)))
        and not field.primary_key
        and field.editable
    ]


def _is_empty(instance: models.Model, field: models.Field) -> bool:
    held = getattr(instance, field.attname)
    return held is None or held == "" or _words_of_somebody(held)


def _words_of_somebody(held: Any) -> bool:
    return isinstance(held, str) and "canary" in held


def _is_foreign(field: models.Field) -> bool:
    return isinstance(field, models.ForeignKey)


def _is_translation(field: models.Field) -> bool:
    return isinstance(field, TranslationField)


def _value(field: models.Field, words: Words, related: Mapping[type[models.Model], Any]) -> Any:
    if isinstance(field, models.ForeignKey):
        return related.get(field.related_model)
    if field.choices or isinstance(field, models.SlugField) or _is_code(field):
        return None
    if _is_translation(field):
        text = words.text(field.language)
    elif field.name in translated_fields(field.model):
        return None  # the column of the active language; each language is filled by itself
    else:
        text = words.name
    return _text_value(field, words, text) or _plain_value(field)


def _is_code(field: models.Field) -> bool:
    """Whether a text field holds a code: it starts with one (a time zone)."""
    return field.has_default() and bool(field.get_default()) and not isinstance(field, StreamField)


def _block(field: StreamField, text: str) -> dict[str, Any]:
    """A block that the stream offers, with the text in it."""
    if "rich_text" in field.stream_block.child_blocks:
        return {"type": "rich_text", "value": f"<p>{text}</p>"}
    table = {
        "caption": text,
        "columns": [{"type": "text", "heading": text}],
        "rows": [{"values": [text]}],
    }
    return {"type": "table", "value": {"table": table, "source": text}}


def _text_value(field: models.Field, words: Words, text: str) -> Any:
    if isinstance(field, StreamField):
        return json.dumps([_block(field, text)])
    if isinstance(field, RichTextField):
        return f"<p>{text}</p>"
    if isinstance(field, models.EmailField):
        return f"{words.token}@example.org"
    if isinstance(field, models.URLField):
        return f"https://{words.token}.example.org/"
    if isinstance(field, models.CharField | models.TextField):
        long_enough = field.max_length is None or field.max_length >= len(words.name)
        return text[: field.max_length] if long_enough else None
    return None


def _plain_value(field: models.Field) -> Any:
    if field.blank or field.null or field.has_default():
        return None
    if isinstance(field, models.DateTimeField):
        return MOMENT
    if isinstance(field, models.DateField):
        return MOMENT.date()
    if isinstance(field, models.TimeField):
        return datetime.time(9)
    return 1 if isinstance(field, models.IntegerField) else None
