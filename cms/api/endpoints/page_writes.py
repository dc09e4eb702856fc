"""Changing pages: Wagtail's own operations, registered one by one.

Each takes Wagtail's path (form, action, permission, log entry) and saves under the page's source
language (`cms.pages.models.Page.save`). `copy_for_translation` is not here: our languages are
columns of one page.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Body, Query
from wagtail.api.v3.routers import pages as wagtail_pages
from wagtail.api.v3.schemas.pages import PageTypeInjectingBody
from wagtail.api.v3.schemas.revisions import RevisionDetailSchema, RevisionSchema

from cms.pages.sites import hold_page, hold_sites

from ..auth import TOKEN
from ..delivery import json_response
from ..page_schemas import register_page_schemas, union_of
from ..parameters import LARGEST_ID, LanguageParameter
from ..telling import page_detail
from ..writing import changing_page, require_own_languages, require_own_page, told_page
from .pages import PageDetail, router

register_page_schemas()
PageCreate = union_of("create_schema")
PagePatch = union_of("patch_schema")


class RevisionDetail(RevisionDetailSchema):
    content_object: PageDetail


@router.post(
    "/",
    response={201: PageDetail},
    auth=TOKEN,
    url_name="create_page",
    operation_id="pages_create",
    summary="Create page",
)
def create_page(
    request: HttpRequest,
    data: PageCreate = Body(...),
    asked: LanguageParameter = Query(...),
) -> Any:
    """A page below `meta.parent_id`, in the languages that the body names (`title_ar`, …);
    published with `meta.action: publish`, else a draft."""
    with transaction.atomic():
        require_own_page(request, data.meta.parent_id)
        hold_sites(data.meta.parent_id)
        made = wagtail_pages.create_page(request, data=data, rich_text_format=None)
        return told_page(request, made)


@router.patch(
    "/{page_id}/",
    response=PageDetail,
    auth=TOKEN,
    url_name="update_page",
    operation_id="pages_update",
    summary="Update page",
)
def update_page(
    request: HttpRequest,
    page_id: int,
    data: PagePatch = PageTypeInjectingBody(...),  # noqa: B008
    asked: LanguageParameter = Query(...),
) -> Any:
    """What the body leaves out stays as it is; a new draft, or with `meta.action: publish` live."""
    with transaction.atomic():
        require_own_page(request, page_id)
        hold_page(page_id)
        require_own_languages(request, page_id, data)
        changed = wagtail_pages.update_page(
            request, page_id=page_id, data=data, rich_text_format=None
        )
        return told_page(request, changed)


router.get(
    "/{page_id}/revisions/",
    response=list[RevisionSchema],
    auth=TOKEN,
    url_name="list_page_revisions",
    operation_id="pages_revisions_list",
    summary="List page revisions",
)(wagtail_pages.list_page_revisions)


@router.get(
    "/{page_id}/revisions/{revision_id}/",
    response=RevisionDetail,
    auth=TOKEN,
    url_name="detail_page_revision",
    operation_id="pages_revisions_detail",
    summary="Page revision detail",
)
def get_page_revision(
    request: HttpRequest,
    page_id: int,
    revision_id: int,
    asked: LanguageParameter = Query(...),
) -> Any:
    """A revision with the page as it was then."""
    require_own_page(request, page_id)
    if revision_id > LARGEST_ID:
        revision_id = LARGEST_ID
    found = wagtail_pages.get_page_revision(request, page_id=page_id, revision_id=revision_id)
    told = RevisionSchema.from_orm(found, context={"request": request}).dict()
    return json_response(told | {"content_object": page_detail(found.as_object(), request)})


#: (method, path after the page's id, operation, status, summary)
ACTIONS = (
    ("post", "actions/publish/", wagtail_pages.publish, 200, "Publish page"),
    ("post", "actions/unpublish/", wagtail_pages.unpublish, 200, "Unpublish page"),
    ("post", "actions/copy/", wagtail_pages.copy, 201, "Copy page"),
    ("post", "actions/move/", wagtail_pages.move, 200, "Move page"),
    ("post", "actions/revert/", wagtail_pages.revert, 200, "Revert page to an earlier revision"),
    ("post", "actions/convert_alias/", wagtail_pages.convert_alias, 200, "Turn alias into page"),
    ("post", "actions/create_alias/", wagtail_pages.create_alias, 201, "Create alias of page"),
    ("delete", "actions/delete/", wagtail_pages.delete, 204, "Delete page"),
)

for _method, _path, _operation, _status, _summary in ACTIONS:
    _name = f"pages_actions_{_operation.__name__}"
    getattr(router, _method)(
        "/{page_id}/" + _path,
        response={_status: None if _status == 204 else PageDetail},
        auth=TOKEN,
        url_name=_name,
        operation_id=_name,
        summary=_summary,
    )(changing_page(_operation))

router.delete(
    "/{page_id}/",
    response={204: None},
    auth=TOKEN,
    url_name="delete_page",
    operation_id="pages_delete",
    summary="Delete page",
)(changing_page(wagtail_pages.delete))
