"""The public sites: every mission, committee and the others, with their names in six languages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from pydantic import Field

from cms.languages import codes
from cms.languages.fields import column
from cms.pages.models import SiteKind, SiteProfile

from ..auth import ANYBODY
from ..delivery import json_response
from ..parameters import LanguageParameter, PageParameters
from ..schemas import SiteForm, SiteList
from ..scope import find_site, public_profiles
from ..telling import language_form, served_language

router = Router(tags=["sites"])


class SiteFilters(LanguageParameter):
    """Which sites."""

    kind: SiteKind | None = Field(None, description="Only sites of this kind.")


@router.get(
    "/",
    response=SiteList,
    auth=ANYBODY,
    url_name="list_sites",
    operation_id="sites_list",
    summary="List public sites",
)
def list_sites(
    request: HttpRequest,
    filters: SiteFilters = Query(...),
    part: PageParameters = Query(...),
) -> HttpResponse:
    """Sites whose home page the reader may read, by code."""
    profiles = public_profiles(request.user).order_by("code")
    if filters.kind:
        profiles = profiles.filter(kind=filters.kind)
    count = profiles.count()
    items = [_site(one, request) for one in profiles[part.offset : part.offset + part.limit]]
    return json_response(
        {"count": count, "items": items},
        languages=[item["language"]["served"] for item in items],
    )


@router.get(
    "/{name}/",
    response=SiteForm,
    auth=ANYBODY,
    url_name="detail_site",
    operation_id="sites_detail",
    summary="One public site",
)
def get_site(
    request: HttpRequest, name: str, asked: LanguageParameter = Query(...)
) -> HttpResponse:
    """A site by id, host name or code."""
    found = find_site(name)
    if found is None or not public_profiles(request.user).filter(pk=found.pk).exists():
        raise Http404
    told = _site(found, request)
    return json_response(told, languages=[told["language"]["served"]])


def _site(profile: SiteProfile, request: HttpRequest) -> dict[str, Any]:
    site, home = profile.site, profile.site.root_page
    requested = request.asked.language
    served = served_language(home, requested)
    return {
        "id": site.pk,
        "code": profile.code,
        "kind": profile.kind,
        "hostname": site.hostname,
        "port": site.port,
        "html_url": f"{site.root_url}/{served}/",
        "html_urls": {code: f"{site.root_url}/{code}/" for code in home.languages},
        "api_url": site.root_url + reverse("wagtailapi_v3:api-root"),
        "root_page_id": home.pk,
        "name": getattr(home, column("title", served)) or "",
        "names": {
            code: getattr(home, column("title", code))
            for code in codes.CODES
            if code in home.languages
        },
        "language": language_form(home, requested, served=served),
    }
