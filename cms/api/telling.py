"""Pages as the API tells them, in the best language that each has for the reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from ninja import Schema
from pydantic import create_model
from wagtail.api.v3.schemas.base import build_discriminated_union
from wagtail.models import get_page_models

from cms.languages import codes
from cms.pages.models import Page, SiteProfile
from cms.pages.sites import site_path

from .fields import Telling, own_fields, prefetch, tell, tell_link
from .schemas import PageDetailBase, PageDetailMeta


def attach_sites(pages: Collection[Page]) -> None:
    """Let each page know its site, so that addresses cost nothing more. One query."""
    homes = {site_path(page) for page in pages}
    profiles = {
        profile.site.root_page.path: profile
        for profile in SiteProfile.objects.filter(site__root_page__path__in=homes).select_related(
            "site", "site__root_page"
        )
    }
    for page in pages:
        page._site_profile = profiles.get(site_path(page))


def language_form(
    page: Page, requested: str | None, *, served: str | None = None
) -> dict[str, Any]:
    """Asked for, served, existing: what every page says of its languages."""
    served = served or served_language(page, requested)
    return {
        "requested": requested,
        "served": served,
        "direction": codes.direction(served),
        "available": list(page.languages),
        "source": page.source_language,
    }


def served_language(page: Page, requested: str | None) -> str:
    """The language to tell a page in: the one asked for or the nearest; unasked, its source."""
    return page.best_language(requested or page.source_language or codes.CODES[0])


def page_items(
    pages: Sequence[Page], request: HttpRequest, *, fields: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Pages for a list. `fields`: names of the types' own fields to include; the pages must then
    be of their own types. One query for the sites, two for each relation named."""
    attach_sites(pages)
    by_type: dict[type[Page], list[Page]] = {}
    for page in pages:
        by_type.setdefault(type(page), []).append(page)
    if fields:
        for model, members in by_type.items():
            prefetch(members, [one for one in own_fields(model) if one.name in fields])
    return [_item(page, request, fields) for page in pages]


def _item(page: Page, request: HttpRequest, fields: Collection[str]) -> dict[str, Any]:
    told = _telling(page, request)
    own = tell(page, told, [one for one in own_fields(type(page)) if one.name in fields])
    return {"id": page.pk, "title": _title(page, told), "meta": _meta(page, told), **own}


def page_detail(page: Page, request: HttpRequest) -> dict[str, Any]:
    """A page of its own type with all that its type tells."""
    if not hasattr(page, "_site_profile"):
        attach_sites([page])
    told = _telling(page, request)
    own = tell(page, told, own_fields(type(page)))
    parent = page.get_parent() if page.depth > 2 else None
    if parent is not None:
        parent._site_profile = page._site_profile
    meta = _meta(page, told) | {
        "seo_title": page.text("seo_title", told.language)[0],
        "search_description": page.text("search_description", told.language)[0],
        "show_in_menus": page.show_in_menus,
        "live": page.live,
        "has_unpublished_changes": page.has_unpublished_changes,
        "parent": tell_link(parent, Telling(request, told.language)) if parent else None,
        "alias_of": page.alias_of_id,
    }
    warnings = getattr(page, "_meta_warnings", None)
    if warnings:
        meta["warnings"] = warnings
    return {"id": page.pk, "title": _title(page, told), "meta": meta, **own}


def _telling(page: Page, request: HttpRequest) -> Telling:
    served = served_language(page, request.asked.language)
    return Telling(request, served, source=page.source_language)


def _title(page: Page, told: Telling) -> str:
    return page.text("title", told.language)[0]


def _meta(page: Page, told: Telling) -> dict[str, Any]:
    profile = page._site_profile
    model = page.specific_class or Page
    addresses = _addresses(page, profile)
    root = profile.site.root_url if profile else ""
    return {
        "type": model._meta.label,
        "kind": model.search_kind,
        "site": profile.code if profile else "",
        "slug": page.slug,
        "detail_url": root + reverse("wagtailapi_v3:detail_page", kwargs={"page_id": page.pk}),
        "html_url": addresses.get(told.language, ""),
        "html_urls": {code: addresses[code] for code in page.languages if code in addresses},
        "first_published_at": page.first_published_at,
        "last_published_at": page.last_published_at,
        "language": language_form(page, told.request.asked.language, served=told.language),
        "field_languages": told.elsewhere,
    }


def _addresses(page: Page, profile: SiteProfile | None) -> dict[str, str]:
    """{language: full address} of a page, as its site shows it."""
    if profile is None:
        return {}
    addresses = {}
    for code in codes.CODES:
        with codes.override(code):
            parts = page.get_url_parts()
        if parts is not None:
            addresses[code] = parts[1] + parts[2]
    return addresses


def languages_of(items: Iterable[dict[str, Any]]) -> list[str]:
    """The languages that told pages are served in, for Content-Language."""
    return [item["meta"]["language"]["served"] for item in items]


@cache
def detail_schema(model: type[Page]) -> type[Schema]:
    """The schema of one page type's detail."""
    name = model._meta.label.replace(".", "")
    meta = create_model(
        f"{name}Meta", __base__=PageDetailMeta, type=(Literal[model._meta.label], ...)
    )
    own = {one.name: (one.annotation, ...) for one in own_fields(model)}
    return create_model(f"{name}Detail", __base__=PageDetailBase, meta=(meta, ...), **own)


def page_models() -> list[type[Page]]:
    """The page types that exist, in a stable order; the bare base type is one."""
    return sorted(get_page_models(), key=lambda model: model._meta.label)


def detail_union() -> Any:
    """Any page's detail, told apart by `meta.type`."""
    return build_discriminated_union(page_models(), detail_schema)
