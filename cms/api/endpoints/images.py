"""Images with their alternative text in the language asked for; changes through Wagtail's own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Body, File, Form, Query, Router, UploadedFile
from wagtail.images import get_image_model
from wagtail.images.api.v3 import router as wagtail_images

from blocks.renditions import all_specs
from cms.languages import codes

from ..auth import ANYBODY, TOKEN
from ..delivery import json_response
from ..fields import Telling, tell_image
from ..media import readable_media
from ..parameters import LARGEST_ID, PageParameters, ReadParameters
from ..schemas import ImageForm, ImageList
from ..scope import scope_of
from ..writing import (
    ImageCreate,
    ImagePatch,
    change_media,
    require_own_collection,
    require_own_media,
)

router = Router(tags=["images"])
Image = get_image_model()


@router.get(
    "/",
    response=ImageList,
    auth=ANYBODY,
    url_name="list_images",
    operation_id="images_list",
    summary="List images",
)
def list_images(
    request: HttpRequest,
    asked: ReadParameters = Query(...),
    part: PageParameters = Query(...),
) -> HttpResponse:
    """Images that the site's published pages show."""
    images = readable_media(Image, request.user, scope_of(request))
    rows = images.prefetch_renditions(*all_specs())[part.offset : part.offset + part.limit]
    return json_response(
        {"count": images.count(), "items": [told_image(image, request) for image in rows]}
    )


@router.get(
    "/{image_id}/",
    response=ImageForm,
    auth=ANYBODY,
    url_name="detail_image",
    operation_id="images_detail",
    summary="Image detail",
)
def get_image(
    request: HttpRequest, image_id: int, asked: ReadParameters = Query(...)
) -> HttpResponse:
    """One image that a published page of the site shows."""
    if image_id > LARGEST_ID:
        raise Http404
    image = readable_media(Image, request.user, scope_of(request)).filter(pk=image_id).first()
    if image is None:
        raise Http404
    return json_response(told_image(image, request))


@router.post(
    "/",
    response={201: ImageForm},
    auth=TOKEN,
    url_name="create_image",
    operation_id="images_create",
    summary="Create image",
)
def create_image(
    request: HttpRequest,
    file: UploadedFile = File(...),
    data: ImageCreate = Form(...),
) -> HttpResponse:
    """Titles and alternative texts by language: title_ar, description_ar, …"""
    require_own_collection(request, Image, data, "add")
    image = change_media(wagtail_images.create_image, request, file=file, data=data)
    return json_response(told_image(image, request), status=201)


@router.patch(
    "/{image_id}/",
    response=ImageForm,
    auth=TOKEN,
    url_name="update_image",
    operation_id="images_update",
    summary="Update image",
)
def update_image(request: HttpRequest, image_id: int, data: ImagePatch = Body(...)) -> HttpResponse:
    """What the body leaves out stays as it is."""
    require_own_media(request, Image, image_id)
    require_own_collection(request, Image, data, "change")
    image = change_media(wagtail_images.update_image, request, image_id=image_id, data=data)
    return json_response(told_image(image, request))


@router.delete(
    "/{image_id}/",
    response={204: None},
    auth=TOKEN,
    url_name="delete_image",
    operation_id="images_delete",
    summary="Delete image",
)
def delete_image(request: HttpRequest, image_id: int) -> Any:
    """Takes the image from its collection and from whatever shows it."""
    require_own_media(request, Image, image_id)
    return change_media(wagtail_images.delete_image, request, image_id=image_id)


def told_image(image: Any, request: HttpRequest) -> dict[str, Any]:
    """An image in the language asked for."""
    return tell_image(image, Telling(request, request.asked.language or codes.active()))
