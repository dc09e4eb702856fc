"""Files to download, titled in the language asked for; changes through Wagtail's own.

UN documents with symbols are `/documents/`, which `cms.library` registers.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Body, File, Form, Query, Router, UploadedFile
from wagtail.documents import get_document_model
from wagtail.documents.api.v3 import router as wagtail_documents

from cms.languages import codes

from ..auth import ANYBODY, TOKEN
from ..delivery import json_response
from ..fields import Telling, tell_file
from ..media import readable_media
from ..parameters import LARGEST_ID, PageParameters, ReadParameters
from ..schemas import FileForm, FileList
from ..scope import scope_of
from ..writing import FileCreate, FilePatch, change_media, require_own_collection, require_own_media

router = Router(tags=["files"])
Document = get_document_model()


@router.get(
    "/",
    response=FileList,
    auth=ANYBODY,
    url_name="list_documents",
    operation_id="files_list",
    summary="List files",
)
def list_files(
    request: HttpRequest,
    asked: ReadParameters = Query(...),
    part: PageParameters = Query(...),
) -> HttpResponse:
    """Files that the site's published pages offer."""
    files = readable_media(Document, request.user, scope_of(request))
    rows = files[part.offset : part.offset + part.limit]
    return json_response(
        {"count": files.count(), "items": [told_file(file, request) for file in rows]}
    )


@router.get(
    "/{document_id}/",
    response=FileForm,
    auth=ANYBODY,
    url_name="detail_document",
    operation_id="files_detail",
    summary="File detail",
)
def get_file(
    request: HttpRequest, document_id: int, asked: ReadParameters = Query(...)
) -> HttpResponse:
    """One file that a published page of the site offers."""
    if document_id > LARGEST_ID:
        raise Http404
    files = readable_media(Document, request.user, scope_of(request))
    file = files.filter(pk=document_id).first()
    if file is None:
        raise Http404
    return json_response(told_file(file, request))


@router.post(
    "/",
    response={201: FileForm},
    auth=TOKEN,
    url_name="create_document",
    operation_id="files_create",
    summary="Create file",
)
def create_file(
    request: HttpRequest,
    file: UploadedFile = File(...),
    data: FileCreate = Form(...),
) -> HttpResponse:
    """Titles by language: title_ar, title_zh, …"""
    require_own_collection(request, Document, data, "add")
    made = change_media(wagtail_documents.create_document, request, file=file, data=data)
    return json_response(told_file(made, request), status=201)


@router.patch(
    "/{document_id}/",
    response=FileForm,
    auth=TOKEN,
    url_name="update_document",
    operation_id="files_update",
    summary="Update file",
)
def update_file(
    request: HttpRequest, document_id: int, data: FilePatch = Body(...)
) -> HttpResponse:
    """What the body leaves out stays as it is."""
    require_own_media(request, Document, document_id)
    require_own_collection(request, Document, data, "change")
    changed = change_media(
        wagtail_documents.update_document, request, document_id=document_id, data=data
    )
    return json_response(told_file(changed, request))


@router.delete(
    "/{document_id}/",
    response={204: None},
    auth=TOKEN,
    url_name="delete_document",
    operation_id="files_delete",
    summary="Delete file",
)
def delete_file(request: HttpRequest, document_id: int) -> Any:
    """Takes the file from its collection."""
    require_own_media(request, Document, document_id)
    return change_media(wagtail_documents.delete_document, request, document_id=document_id)


def told_file(file: Any, request: HttpRequest) -> dict[str, Any]:
    """A file in the language asked for."""
    return tell_file(file, Telling(request, request.asked.language or codes.active()))
