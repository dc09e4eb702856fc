"""Changes: Wagtail's own operations, each whole or not at all, on the user's own things only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Status
from wagtail.api.v3.registry import registry
from wagtail.documents import get_document_model
from wagtail.documents.api.v3.registry import register_content_types as register_files
from wagtail.images import get_image_model
from wagtail.images.api.v3.registry import register_content_types as register_images
from wagtail.permissions import policy_registry

from cms.access.media import ACTIONS
from cms.pages.changing import refuse_foreign, writable
from cms.pages.contents import shape_of
from cms.pages.models import Page
from cms.pages.sites import hold_sites

from .delivery import json_response
from .errors import Problem
from .parameters import LARGEST_ID
from .telling import languages_of, page_detail

PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")

# Wagtail describes images and files before their translated columns exist; now they do.
register_images()
register_files()
ImageCreate: Any = registry.get(get_image_model()._meta.label).create_schema
ImagePatch: Any = registry.get(get_image_model()._meta.label).patch_schema
FileCreate: Any = registry.get(get_document_model()._meta.label).create_schema
FilePatch: Any = registry.get(get_document_model()._meta.label).patch_schema


def require_own_page(request: HttpRequest, page_id: int | None) -> None:
    """Raise Http404 unless the user may do something to the page: a stranger's does not exist."""
    if page_id is None:
        return
    policy = policy_registry.get_by_type(Page)
    own = policy.instances_user_has_any_permission_for(request.user, PAGE_ACTIONS)
    if page_id > LARGEST_ID or not own.filter(pk=page_id).exists():
        raise Http404


def require_own_languages(request: HttpRequest, page_id: int, data: Any) -> None:
    """Raise ForeignLanguage where the body names a field that is not the user's to write, whatever
    it says: the editor's form leaves such fields out, so they would be ignored without a word."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return
    allowed = writable(request.user, page)
    model = page.specific_class
    if allowed.shared or model is None:
        return
    shape = shape_of(model)
    columns = {**shape.plain, **shape.streams}
    given = data.dict(exclude={"meta"}, exclude_unset=True)
    named = ((name, *columns.get(name, (name, ""))) for name in given)
    refuse_foreign(model, named, allowed)


def require_own_media(request: HttpRequest, model: Any, pk: int) -> None:
    """Raise Http404 unless the user may do something to the image or file."""
    policy = policy_registry.get_by_type(model)
    own = policy.instances_user_has_any_permission_for(request.user, ACTIONS)
    if pk > LARGEST_ID or not own.filter(pk=pk).exists():
        raise Http404


def require_own_collection(request: HttpRequest, model: Any, data: Any, action: str) -> None:
    """Raise Problem (422) where the body names a collection that is not the user's.

    Wagtail's image form would put the image into the user's own collection and say nothing.
    """
    pk = getattr(data, "collection", None)
    if pk is None:
        return
    policy = policy_registry.get_by_type(model)
    own = policy.collections_user_has_permission_for(request.user, action)
    if not own.filter(pk=pk).exists():
        message = _("This is none of your collections.")
        raise Problem(
            422, message, errors=[{"type": "value", "loc": ["collection_id"], "msg": message}]
        )


def changing_page(operation: Callable[..., Any]) -> Callable[..., Any]:
    """One of Wagtail's operations on a page, in one transaction, told as our reads tell pages.

    Wagtail's publish and unpublish are not atomic; the index's outbox and the change must be. The
    pages that a request names (`page_id`, `data.destination_id`) must be the user's own.
    """

    @wraps(operation)
    def changing(request: HttpRequest, **values: Any) -> Any:
        with transaction.atomic():
            require_own_page(request, values.get("page_id"))
            destination = getattr(values.get("data"), "destination_id", None)
            require_own_page(request, destination)
            hold_sites(values["page_id"], *([destination] if destination else []))
            return told_page(request, operation(request, **values))

    return changing


def told_page(request: HttpRequest, result: Any) -> Any:
    """What an operation gave (a page, Status of a page, or of nothing) as a response."""
    status = 200
    if isinstance(result, Status):
        status, page = result.status_code, result.value
        if page is None:
            return result
    else:
        page = result
    told = page_detail(page.specific, request) if type(page) is Page else page_detail(page, request)
    return json_response(
        told,
        languages=languages_of([told]),
        status=status,
        location=told["meta"]["detail_url"],
    )


@transaction.atomic
def change_media(operation: Callable[..., Any], request: HttpRequest, **values: Any) -> Any:
    """One of Wagtail's operations on an image or file; gives the object, or Status of nothing."""
    result = operation(request, **values)
    if isinstance(result, Status) and result.value is not None:
        return result.value
    return result
