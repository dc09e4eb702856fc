"""Lists of pages: which, in which order, with which fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from cms.languages import codes
from cms.languages.collation import sort_key
from cms.languages.fields import column, translated_fields
from cms.pages.models import Page

from .errors import bad_parameter
from .fields import own_fields
from .parameters import LARGEST_ID
from .scope import readable_pages, scope_of
from .telling import page_models

#: Titles are put in a language's real order outside the database: this many at most.
MOST_TITLES = 2_000


class PageFilters(Schema):
    """Which pages, in which order, telling what."""

    type: list[str] = Field(
        [], description="Page types, as in meta.type (missions.NewsPage); may be repeated."
    )
    kind: list[str] = Field(
        [], description="Kinds, as in meta.kind (news, statement); may be repeated."
    )
    child_of: str | None = Field(None, description="Id of the parent, or “root” (the home page).")
    descendant_of: str | None = Field(None, description="Id of a page above, or “root”.")
    slug: str | None = Field(None, description="The last part of the address.")
    fields: str | None = Field(
        None,
        description="Names of the types' own fields to include, separated by commas, or “*”. "
        "Needs `type` or `kind`.",
    )
    order: str | None = Field(
        None,
        description="published, title, or (with one type) the name of one of its plain fields "
        "such as date; “-” before it turns it round. Default: the order of the site's tree.",
    )


def listed_models(filters: PageFilters) -> list[type[Page]]:
    """The page types that a request narrows to; [] for all. Raises Problem."""
    by_label = {model._meta.label.lower(): model for model in page_models()}
    kinds = {model.search_kind for model in page_models() if model.search_kind}
    for name in filters.type:
        if name.lower() not in by_label:
            raise bad_parameter(
                "type", _("There is no page type “%(name)s”.") % {"name": name[:80]}
            )
    for name in filters.kind:
        if name not in kinds:
            raise bad_parameter(
                "kind",
                _("There is no kind “%(name)s”: use one of %(names)s.")
                % {"name": name[:40], "names": ", ".join(sorted(kinds))},
            )
    wanted = {by_label[name.lower()] for name in filters.type}
    of_kind = {model for model in page_models() if model.search_kind in filters.kind}
    if filters.type and filters.kind:
        wanted &= of_kind
        return sorted(wanted, key=lambda model: model._meta.label)
    return sorted(wanted or of_kind, key=lambda model: model._meta.label)


def listed_fields(filters: PageFilters, models: Sequence[type[Page]]) -> set[str]:
    """Names of the own fields to tell. Raises Problem for a name that no listed type has."""
    if not filters.fields:
        return set()
    if not models:
        raise bad_parameter("fields", _("Say with “type” or “kind” whose fields these are."))
    known = {one.name for model in models for one in own_fields(model)}
    if filters.fields == "*":
        return known
    names = {name.strip() for name in filters.fields.split(",") if name.strip()}
    for name in sorted(names - known):
        raise bad_parameter(
            "fields",
            _("There is no field “%(name)s” here; there is: %(names)s.")
            % {"name": name[:40], "names": ", ".join(sorted(known)) or "–"},
        )
    return names


def listed_pages(request: HttpRequest, filters: PageFilters) -> QuerySet[Page]:
    """The pages that a request lists, each once, without an order."""
    pages = readable_pages(request.user, scope_of(request))
    models = listed_models(filters)
    if models:
        types = ContentType.objects.get_for_models(*models).values()
        pages = pages.filter(content_type__in=[one.pk for one in types])
    elif filters.type or filters.kind:
        return pages.none()
    if filters.child_of and filters.descendant_of:
        raise bad_parameter("child_of", _("Give child_of or descendant_of, not both."))
    if filters.child_of:
        pages = pages.child_of(_relative(request, "child_of", filters.child_of))
    if filters.descendant_of:
        pages = pages.descendant_of(_relative(request, "descendant_of", filters.descendant_of))
    if filters.slug:
        pages = pages.filter(slug=filters.slug)
    return pages


def _relative(request: HttpRequest, name: str, value: str) -> Page:
    scope = scope_of(request)
    if value == "root" and scope.profile is not None:
        return scope.profile.site.root_page
    if value.isascii() and value.isdigit() and int(value[:20]) <= LARGEST_ID:
        found = readable_pages(request.user, scope).filter(pk=int(value)).first()
        if found is not None:
            return found
    raise bad_parameter(
        name, _("There is no page “%(value)s” to start from.") % {"value": value[:40]}
    )


def ordered_slice(
    pages: QuerySet[Page], request: HttpRequest, filters: PageFilters, *, start: int, stop: int
) -> tuple[int, list[Page]]:
    """(how many pages there are, those from `start` to `stop` in the order asked for)."""
    order = filters.order or "path"
    name, turned = order.removeprefix("-"), order.startswith("-")
    count = pages.count()
    if name == "title":
        ids = _by_title(pages, request, count, turned=turned)[start:stop]
        found = pages.in_bulk(ids)
        return count, [found[pk] for pk in ids if pk in found]
    if name not in ("path", "published"):
        pages, key = _own_order(filters, name, pages)
    else:
        key = "path" if name == "path" else "first_published_at"
    if key == "path":
        return count, list(pages.order_by("-path" if turned else "path")[start:stop])
    first = F(key).desc(nulls_last=True) if turned else F(key).asc(nulls_last=True)
    return count, list(pages.order_by(first, "-pk" if turned else "pk")[start:stop])


def _own_order(filters: PageFilters, name: str, pages: QuerySet[Page]) -> tuple[Any, str]:
    models = listed_models(filters)
    if len(models) == 1:
        model = models[0]
        plain = {
            one.name
            for one in own_fields(model)
            if one.related is None and one.name not in translated_fields(model)
        } & {field.name for field in model._meta.concrete_fields if not field.is_relation}
        if name in plain:
            return model.objects.filter(pk__in=pages.values("pk")), name
        names = ["published", "title", *sorted(plain)]
    else:
        names = ["published", "title"]
    raise bad_parameter(
        "order",
        _("A list can't be put in the order of “%(name)s”; use one of %(names)s.")
        % {"name": name[:40], "names": ", ".join(names)},
    )


def _by_title(
    pages: QuerySet[Page], request: HttpRequest, count: int, *, turned: bool
) -> list[int]:
    if count > MOST_TITLES:
        raise bad_parameter(
            "order",
            _("There are too many pages to put in the order of their titles: narrow the list."),
        )
    language = request.asked.language or request.default_language
    key = sort_key(language)
    rows = pages.rewrite(False).values_list("pk", title_expression(language)).order_by("pk")
    return [pk for pk, _title in sorted(rows, key=lambda row: key(row[1] or ""), reverse=turned)]


def title_expression(language: str) -> Coalesce:
    """The title that a reader of a language is shown: as `Page.text`, in SQL."""

    def written(code: str) -> NullIf:
        return NullIf(F(column("title", code)), Value(""))

    source = Case(
        *[When(source_language=code, then=written(code)) for code in codes.CODES],
        default=None,
        output_field=CharField(),
    )
    chain = [written(code) for code in codes.fallback_chain(language)]
    return Coalesce(chain[0], source, *chain[1:], output_field=CharField())
