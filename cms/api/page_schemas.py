"""What may be written to a page: every language's column, and what the type's languages share.

Wagtail's own schemas would let a request write `title` alone, under whatever language is active.
Ours name the columns (`title_ar`, `body_zh`) and replace Wagtail's in its registry, from which its
forms take what is writable.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from ninja.orm.fields import get_schema_field
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.api.v3.registry import ContentTypeRegistration, registry
from wagtail.api.v3.schemas.base import build_discriminated_union
from wagtail.api.v3.schemas.generators.write import (
    InputSchemaGenerator,
    register_default_field_schemas,
)
from wagtail.api.v3.schemas.pages import PageCreateBaseSchema, PageUpdateBaseSchema

from cms.languages.fields import columns, translated_fields
from cms.pages.models import Page

from .telling import detail_schema, page_models

#: What all languages of a page share, whatever its type.
SHARED = ("slug", "source_language", "show_in_menus")


def writable_names(model: type[Page]) -> list[str]:
    """Names of what the API may write to a page of a type.

    Children (people, offices) and properties are left out: the editor keeps those.
    """
    own = []
    for api_field in APIField.get_fields_for_model(model, db_fields_only=True):
        field = get_model_field(model, api_field.name)
        is_column = isinstance(field, models.Field) and field.editable and not field.many_to_many
        if is_column and api_field.name not in translated_fields(model):
            own.append(api_field.name)
    return [*SHARED, *columns(model), *own]


class LanguageInputGenerator(InputSchemaGenerator):
    """Wagtail's generator for the names above; nothing is required but the form's own sense."""

    def _build_extra_fields(self, model: type[models.Model]) -> dict[str, tuple[Any, Any]]:
        if not issubclass(model, Page):
            return super()._build_extra_fields(model)
        fields = {}
        for name in writable_names(model):
            field = get_model_field(model, name)
            made = next(
                (
                    self.field_schemas[cls]
                    for cls in type(field).__mro__
                    if cls in self.field_schemas
                ),
                None,
            )
            schema = made(self, field) if made else get_schema_field(field, optional=True)
            if schema is not None:
                fields[name] = self._make_optional(schema)
        return fields


def _generator(*, for_update: bool) -> LanguageInputGenerator:
    generator = LanguageInputGenerator(for_update=for_update)
    register_default_field_schemas(generator)
    return generator


_CREATE, _PATCH = _generator(for_update=False), _generator(for_update=True)


def register_page_schemas() -> None:
    """Put our schemas in Wagtail's registry, where its forms and `/schema/` find them."""
    for model in page_models():
        bare = model is Page
        registry.register(
            ContentTypeRegistration(
                name=model._meta.label,
                label=str(model._meta.verbose_name),
                read_schema=detail_schema(model),
                create_schema=None
                if bare
                else _CREATE.generate_schema(model, base_class=PageCreateBaseSchema),
                patch_schema=_PATCH.generate_schema(model, base_class=PageUpdateBaseSchema),
            )
        )


def union_of(direction: str) -> Any:
    """Any page's input ("create_schema", "patch_schema"), told apart by `meta.type`."""

    def schema_for(model: type[Page]) -> Any:
        registration = registry.get(model._meta.label)
        return getattr(registration, direction) if registration else None

    models_ = [model for model in page_models() if schema_for(model) is not None]
    return build_discriminated_union(models_, schema_for)
