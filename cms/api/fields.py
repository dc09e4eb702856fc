"""A type's `api_fields` as the API tells them: what each is called, what it holds, how it is read.

One place makes both the value and its description in the OpenAPI document. Translated fields are
read in the language served, else in the best that they have, and then named as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_type_hints

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from ninja.errors import ConfigError
from ninja.orm.fields import get_schema_field
from taggit.managers import TaggableManager
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.api.rich_text import APIRichText
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage

from blocks.renditions import all_specs, image_for_api
from cms.access.audiences import may_read
from cms.languages import codes
from cms.languages.fields import text_in, translated_fields
from cms.languages.fingerprints import is_empty
from cms.media.models import SiteImage
from cms.pages.models import Page

from .registry import record_form
from .schemas import FileForm, ImageForm, PageLink, RecordForm


class UnsupportedField(TypeError):
    """An `api_fields` entry that this API can't tell; the message says what to do."""


@dataclass
class Telling:
    """One object being told. `language`: served; `source`: the object's source language;
    `elsewhere`: {path of a field: code} of what comes in another language, filled on the way."""

    request: HttpRequest
    language: str
    source: str = ""
    elsewhere: dict[str, str] = field(default_factory=dict)

    @property
    def context(self) -> dict[str, Any]:
        """What blocks' API forms are given."""
        return {"request": self.request}


@dataclass(frozen=True)
class ToldField:
    """One name of an object's API form. `annotation`: its type in the OpenAPI document; `relation`:
    the name to prefetch for many objects, or ""."""

    name: str
    annotation: Any
    read: Callable[[Any, Telling, str], Any]
    relation: str = ""
    related: type[models.Model] | None = None


def tell(instance: Any, told: Telling, fields: Iterable[ToldField], path: str = "") -> dict:
    """{name: value} of an object's fields; `path` names the object inside another."""
    return {one.name: one.read(instance, told, f"{path}{one.name}") for one in fields}


@cache
def own_fields(model: type[models.Model]) -> tuple[ToldField, ...]:
    """What a model's `api_fields` tell, in their order."""
    translated = translated_fields(model)
    return tuple(
        _told_field(model, api_field, api_field.name in translated)
        for api_field in APIField.get_fields_for_model(model)
    )


def prefetch(instances: Sequence[Any], fields: Iterable[ToldField]) -> None:
    """Read what these fields name for many objects: two queries a relation, however many."""
    if not instances:
        return
    for one in fields:
        if one.related is None or not one.relation:
            continue
        if issubclass(one.related, AbstractImage):
            images = SiteImage.objects.prefetch_renditions(*all_specs())
            prefetch_related_objects(instances, Prefetch(one.relation, queryset=images))
        else:
            prefetch_related_objects(instances, one.relation)


def _told_field(model: type[models.Model], api_field: APIField, translated: bool) -> ToldField:
    name = api_field.name
    if api_field.serializer is not None:
        raise UnsupportedField(
            f"{model._meta.label}.api_fields: {name} has a serializer of API v2; name a property "
            "of the model instead."
        )
    try:
        model_field = get_model_field(model, name)
    except FieldDoesNotExist:
        return _property(model, name)
    if translated:
        return _translated(name, model_field)
    if isinstance(model_field, TaggableManager):
        return ToldField(
            name, list[str], lambda o, t, p: sorted(str(x) for x in getattr(o, name).all())
        )
    if model_field.one_to_many or model_field.many_to_many:
        return _many(name, model_field)
    if model_field.is_relation:
        return _one(name, model_field)
    return _plain(name, model_field)


def _property(model: type[models.Model], name: str) -> ToldField:
    """A property, read with the served language active."""
    attribute = getattr(model, name, None)
    function = getattr(attribute, "fget", None) or getattr(attribute, "func", None)
    if function is None:
        raise UnsupportedField(
            f"{model._meta.label}.api_fields names {name!r}, which is neither a field nor a "
            "property of the model."
        )
    try:
        annotation = get_type_hints(function).get("return", Any)
    except NameError:  # imported for type checking only
        annotation = Any

    def read(instance: Any, told: Telling, path: str) -> Any:
        with codes.override(told.language):
            return getattr(instance, name)

    return ToldField(name, annotation, read)


def _translated(name: str, model_field: Any) -> ToldField:
    value_of, annotation = _content(model_field)

    def read(instance: Any, told: Telling, path: str) -> Any:
        value, code = text_in(instance, name, told.language, source=told.source)
        if is_empty(value):
            return [] if annotation == list[Any] else ""
        if code != told.language:
            told.elsewhere[path] = code
        with codes.override(code):
            return value_of(value, told)

    return ToldField(name, annotation, read)


def _content(model_field: Any) -> tuple[Callable[[Any, Telling], Any], Any]:
    """How a value of text, rich text or blocks is told, and its type."""
    if isinstance(model_field, StreamField):
        return (
            lambda value, told: value.stream_block.get_api_representation(value, told.context),
            list[Any],
        )
    if isinstance(model_field, RichTextField):
        return lambda value, told: _rich_text(value, model_field, told), str
    return lambda value, told: value, str


def _rich_text(value: str, model_field: RichTextField, told: Telling) -> str:
    wanted = APIRichText.resolve_format(told.request.GET.get("rich_text_format"))
    return APIRichText.serialize(value, format=wanted, features=model_field.features)


def _plain(name: str, model_field: Any) -> ToldField:
    if isinstance(model_field, StreamField | RichTextField):
        value_of, annotation = _content(model_field)
        return ToldField(name, annotation, lambda o, t, p: value_of(getattr(o, name), t))
    try:
        annotation = get_schema_field(model_field)[0]
    except ConfigError:
        annotation = Any
    if model_field.null:
        annotation = annotation | None
    return ToldField(name, annotation, lambda o, t, p: getattr(o, name))


def _one(name: str, model_field: Any) -> ToldField:
    related = model_field.related_model
    tell_related, annotation = _related(related)

    def read(instance: Any, told: Telling, path: str) -> Any:
        value = getattr(instance, name, None)
        return None if value is None else tell_related(value, told, f"{path}.")

    return ToldField(name, annotation | None, read, relation=name, related=related)


def _many(name: str, model_field: Any) -> ToldField:
    related = model_field.related_model
    tell_related, annotation = _related(related)

    def read(instance: Any, told: Telling, path: str) -> Any:
        values = list(getattr(instance, name).all())
        if getattr(related, "api_fields", None):
            prefetch([value for value in values if value.pk], own_fields(related))
        return [tell_related(value, told, f"{path}.{n}.") for n, value in enumerate(values)]

    # Children of a page in memory (a draft) can't be prefetched, so each page reads its own.
    return ToldField(name, list[annotation], read)


def _related(model: type[models.Model]) -> tuple[Callable[[Any, Telling, str], Any], Any]:
    """How an object at the other end of a relation is told, and its type."""
    if issubclass(model, AbstractImage):
        return tell_image, ImageForm
    if issubclass(model, AbstractDocument):
        return tell_file, FileForm
    if issubclass(model, Page):
        return _tell_readable_link, PageLink
    if getattr(model, "api_fields", None):
        return (
            lambda value, told, path: {"id": value.pk} | tell(value, told, own_fields(model), path),
            RecordForm,
        )
    return _tell_record, RecordForm


def _tell_record(value: models.Model, told: Telling, path: str) -> Any:
    form = record_form(type(value))
    if form is not None:
        return form(value, told.language)
    with codes.override(told.language):
        return {"id": value.pk, "name": str(value)}


def tell_image(image: Any, told: Telling, path: str = "") -> dict[str, Any] | None:
    """An image with its alternative text in the language served, else the best that it has."""
    alt, code = text_in(image, "description", told.language, source=told.source)
    if alt and code != told.language:
        told.elsewhere[f"{path}alt"] = code
    with codes.override(told.language):
        return image_for_api(image, alt=alt, context=told.context)


def tell_file(file: Any, told: Telling, path: str = "") -> dict[str, Any]:
    """A file to download, titled in the language served, else the best that it has."""
    title, code = text_in(file, "title", told.language, source=told.source)
    if title and code != told.language:
        told.elsewhere[f"{path}title"] = code
    return {
        "id": file.pk,
        "title": title,
        "language": code,
        "url": told.request.build_absolute_uri(file.url),
        "extension": file.file_extension,
        "size": file.file_size,
    }


def _tell_readable_link(page: Page, told: Telling, path: str) -> dict[str, Any] | None:
    return tell_link(page, told, path) if may_read(told.request.user, page) else None


def tell_link(page: Page, told: Telling, path: str = "") -> dict[str, Any]:
    """Another page by title and address. Whether the reader may know of it was asked before."""
    title, code = page.text("title", told.language)
    if code != told.language:
        told.elsewhere[f"{path}title"] = code
    return {
        "id": page.pk,
        "title": title,
        "language": code,
        "html_url": page.url_in(told.language),
    }
