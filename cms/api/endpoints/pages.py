"""Reading pages: the list, one by its address, one by its id."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from wagtail.api.rich_text import RichTextOutputFormat

from cms.languages.middleware import language_of_path
from cms.pages.models import Page

from ..auth import ANYBODY
from ..delivery import json_response, kept_by_site
from ..errors import Problem, bad_parameter
from ..listing import PageFilters, listed_fields, listed_models, listed_pages, ordered_slice
from ..parameters import LARGEST_ID, Asked, PageParameters, ReadParameters
from ..schemas import PageList
from ..scope import find_site, readable_pages, scope_of
from ..telling import detail_union, languages_of, page_detail, page_items

router = Router(tags=["pages"])
PageDetail = detail_union()
Version = Literal["live", "draft"]


@router.get(
    "/",
    response=PageList,
    auth=ANYBODY,
    url_name="list_pages",
    operation_id="pages_list",
    summary="List pages",
)
@kept_by_site
def list_pages(
    request: HttpRequest,
    asked: ReadParameters = Query(...),
    filters: PageFilters = Query(...),
    part: PageParameters = Query(...),
    rich_text_format: RichTextOutputFormat | None = None,
) -> HttpResponse:
    """Live pages that the reader may read. With `fields`, a mission's news comes in one request."""
    models = listed_models(filters)
    fields = listed_fields(filters, models)
    pages = listed_pages(request, filters)
    count, rows = ordered_slice(
        pages, request, filters, start=part.offset, stop=part.offset + part.limit
    )
    if fields:
        rows = _specific(rows)
    items = page_items(rows, request, fields=fields)
    return json_response({"count": count, "items": items}, languages=languages_of(items))


def _specific(pages: list[Page]) -> list[Page]:
    """The same pages as their own types, in the same order. One query a type."""
    by_type: dict[type[Page], list[int]] = {}
    for page in pages:
        by_type.setdefault(page.specific_class or Page, []).append(page.pk)
    found: dict[int, Page] = {}
    for model, ids in by_type.items():
        found |= model.objects.in_bulk(ids)
    return [found[page.pk] for page in pages if page.pk in found]


@router.get(
    "/find/",
    response=PageDetail,
    auth=ANYBODY,
    url_name="find_page",
    operation_id="pages_find",
    summary="Find a page by its address",
)
@kept_by_site
def find_page(
    request: HttpRequest,
    html_path: str,
    asked: ReadParameters = Query(...),
    rich_text_format: RichTextOutputFormat | None = None,
) -> HttpResponse:
    """The page at a path of the site ("/fr/news/", or without its language) or at a full address
    of that site. The language of the path is served unless `?lang=` says another."""
    path = _path_on_site(request, html_path)
    language = language_of_path(path)
    if language and not request.asked.by_parameter:
        request.asked = Asked(language, True)
    parts = [part for part in path.split("/") if part][1 if language else 0 :]
    scope = scope_of(request)
    if scope.profile is None:
        raise bad_parameter("site", _("Say on which site this path is."))
    url_path = scope.profile.site.root_page.url_path + "".join(f"{part}/" for part in parts)
    page = readable_pages(request.user, scope).filter(url_path=url_path).first()
    if page is None:
        raise Http404
    return _detail(request, page.specific)


def _path_on_site(request: HttpRequest, address: str) -> str:
    try:
        parts = urlsplit(address)
        hostname = parts.hostname
    except ValueError:
        raise bad_parameter("html_path", _("This is no address.")) from None
    if not hostname:
        return parts.path
    profile, named = find_site(hostname), scope_of(request).profile
    if profile is None or named is None or profile.pk != named.pk:
        raise bad_parameter(
            "html_path", _("This address is not on the site that is asked: name its site.")
        )
    return parts.path


@router.get(
    "/{page_id}/",
    response=PageDetail,
    auth=ANYBODY,
    url_name="detail_page",
    operation_id="pages_detail",
    summary="Page detail",
)
@kept_by_site
def get_page(
    request: HttpRequest,
    page_id: int,
    asked: ReadParameters = Query(...),
    version: Version = "live",
    rich_text_format: RichTextOutputFormat | None = None,
) -> HttpResponse:
    """A page with all that its type tells. `version=draft`: its latest revision, for those who may
    edit it."""
    if page_id > LARGEST_ID:
        raise Http404
    if version == "draft":
        return _detail(request, _draft(request, page_id))
    page = readable_pages(request.user, scope_of(request)).filter(pk=page_id).first()
    if page is None:
        raise Http404
    return _detail(request, page.specific)


def _draft(request: HttpRequest, page_id: int) -> Page:
    if not request.user.is_authenticated:
        raise Problem(
            401,
            _("Drafts are read with a bearer token."),
            headers={"WWW-Authenticate": "Bearer"},
        )
    page = scope_of(request).pages().filter(pk=page_id).first()
    if page is None or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return page.get_latest_revision_as_object()


def _detail(request: HttpRequest, page: Page) -> HttpResponse:
    told = page_detail(page, request)
    return json_response(told, languages=languages_of([told]), location=told["meta"]["detail_url"])
