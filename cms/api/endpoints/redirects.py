"""Redirects of the site that is asked; Wagtail's own reads list those of every site."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from wagtail.contrib.redirects.api.v3.router import (
    RedirectInputSchema,
    RedirectSchema,
    create_redirect,
    delete_redirect,
    update_redirect,
)
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import policy_registry

from cms.access.redirects.forms import RedirectForm

from ..auth import ANYBODY, TOKEN
from ..delivery import json_response
from ..errors import Problem
from ..parameters import LARGEST_ID, PageParameters, SiteParameter
from ..scope import public_profiles, scope_of

router = Router(tags=["redirects"])


class RedirectList(Schema):
    count: int
    items: list[RedirectSchema]


def readable_redirects(request: HttpRequest) -> QuerySet[Redirect]:
    """Redirects of the sites asked for whose home page the reader may read, and those of every
    site."""
    sites = public_profiles(request.user)
    scope = scope_of(request)
    if scope.profile is not None:
        sites = sites.filter(pk=scope.profile.pk)
    return Redirect.objects.filter(
        Q(site__in=sites.values("site")) | Q(site__isnull=True)
    ).order_by("pk")


def _told(redirect: Redirect) -> dict[str, Any]:
    return RedirectSchema.from_orm(redirect).dict()


@router.get(
    "/",
    response=RedirectList,
    auth=ANYBODY,
    url_name="list_redirects",
    operation_id="redirects_list",
    summary="List redirects",
)
def list_redirects(
    request: HttpRequest,
    asked: SiteParameter = Query(...),
    part: PageParameters = Query(...),
) -> HttpResponse:
    """Redirects of one site, so that a site built elsewhere can follow them."""
    redirects = readable_redirects(request)
    rows = redirects[part.offset : part.offset + part.limit]
    return json_response({"count": redirects.count(), "items": [_told(row) for row in rows]})


@router.get(
    "/find/",
    response=RedirectSchema,
    auth=ANYBODY,
    url_name="find_redirect",
    operation_id="redirects_find",
    summary="Find the redirect of a path",
)
def find_redirect(
    request: HttpRequest, html_path: str, asked: SiteParameter = Query(...)
) -> HttpResponse:
    """The redirect from a path of the site."""
    path = Redirect.normalise_path(html_path)
    found = readable_redirects(request).filter(old_path=path).order_by("site").last()
    if found is None:
        raise Http404
    return json_response(_told(found))


@router.get(
    "/{redirect_id}/",
    response=RedirectSchema,
    auth=ANYBODY,
    url_name="detail_redirect",
    operation_id="redirects_detail",
    summary="Redirect detail",
)
def get_redirect(
    request: HttpRequest, redirect_id: int, asked: SiteParameter = Query(...)
) -> HttpResponse:
    """One redirect of the site."""
    if redirect_id > LARGEST_ID:
        raise Http404
    found = readable_redirects(request).filter(pk=redirect_id).first()
    if found is None:
        raise Http404
    return json_response(_told(found))


def _require_own(request: HttpRequest, redirect_id: int) -> None:
    """Raise Http404 unless the redirect is one of the user's sites'."""
    policy = policy_registry.get_by_type(Redirect)
    own = policy.instances_user_has_permission_for(request.user, "change")
    if redirect_id > LARGEST_ID or not own.filter(pk=redirect_id).exists():
        raise Http404


def _checked(request: HttpRequest, data: RedirectInputSchema) -> RedirectInputSchema:
    """The body, if the admin's own form would take it. Raises PermissionDenied, or Problem (422)
    with the form's reasons."""
    if not policy_registry.get_by_type(Redirect).user_has_permission(request.user, "change"):
        raise PermissionDenied
    form = RedirectForm(data.dict(), for_user=request.user)
    errors = [
        {"type": "value", "loc": [name], "msg": message}
        for name in ("site", "old_path", "redirect_page", "redirect_link")
        for message in form.errors.get(name, ())
    ]
    if errors:
        raise Problem(422, errors[0]["msg"], errors=errors)
    return data.model_copy(update={"old_path": form.cleaned_data.get("old_path", data.old_path)})


# Changes take Wagtail's own path, on the user's own sites.
@router.post(
    "/",
    response={201: RedirectSchema},
    auth=TOKEN,
    url_name="create_redirect",
    operation_id="redirects_create",
    summary="Create redirect",
)
def create_own_redirect(request: HttpRequest, data: RedirectInputSchema) -> Any:
    """A redirect of one of your own sites; `site: null`, for all sites, is the Secretariat's."""
    with transaction.atomic():
        return create_redirect(request, _checked(request, data))


@router.put(
    "/{redirect_id}/",
    response=RedirectSchema,
    auth=TOKEN,
    url_name="update_redirect",
    operation_id="redirects_update",
    summary="Update redirect",
)
def update_own_redirect(request: HttpRequest, redirect_id: int, data: RedirectInputSchema) -> Any:
    """The redirect as the body says it."""
    with transaction.atomic():
        _require_own(request, redirect_id)
        return update_redirect(request, redirect_id, _checked(request, data))


@router.delete(
    "/{redirect_id}/",
    response={204: None},
    auth=TOKEN,
    url_name="delete_redirect",
    operation_id="redirects_delete",
    summary="Delete redirect",
)
def delete_own_redirect(request: HttpRequest, redirect_id: int) -> Any:
    """Takes the redirect away."""
    with transaction.atomic():
        _require_own(request, redirect_id)
        return delete_redirect(request, redirect_id)
