"""UN documents in the API: the list, and one by its symbol."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from cms.access.audiences import audiences_of
from cms.api.auth import ANYBODY
from cms.api.delivery import json_response
from cms.api.errors import bad_parameter
from cms.api.parameters import LanguageParameter, PageParameters
from cms.api.schemas import LanguageCode
from cms.languages import codes

from .models import Document, DocumentType, FileFormat, RelationKind
from .representation import api_form, everything
from .selectors import documents_for, documents_typed, find_typed

router = Router(tags=["documents"])


class DocumentLanguage(Schema):
    """Which language was asked for, which one the title is in, in which it is known."""

    asked: LanguageCode
    served: LanguageCode
    titles: list[LanguageCode]


class Named(Schema):
    """A code with its name in the language asked for."""

    code: str
    name: str


class FileForm(Schema):
    """The current file of a language and format."""

    language: LanguageCode
    format: FileFormat
    url: str = Field(description="Permanent: it stays when the file is replaced.")
    size: int = Field(description="Bytes.")
    pages: int | None = Field(description="Of a PDF that was read.")
    sha256: str
    uploaded_at: str


class AgendaItemForm(Schema):
    """An item of a body's agenda, titled in the language asked for."""

    body: str
    session: str
    number: str
    title: str


class RelationForm(Schema):
    """How another document stands to this one."""

    kind: RelationKind
    direction: Literal["of", "by"] = Field(
        description="“of”: this document is a revision (…) of the other; “by”: the other of this."
    )
    symbol: str
    url: str
    languages: list[LanguageCode] = Field(
        description="Those that a corrigendum applies to; none is all."
    )


class DocumentForm(Schema):
    """A document of the United Nations."""

    symbol: str
    url: str = Field(description="Its permanent address, the same on every host.")
    language: DocumentLanguage
    title: str
    titles: dict[str, str]
    date: str | None
    year: int | None
    body: Named
    session: str
    document_type: DocumentType
    distribution: str
    subjects: list[Named]
    versions: list[LanguageCode] = Field(description="Languages in which it was issued.")
    files: list[FileForm]
    agenda_items: list[AgendaItemForm]
    relations: list[RelationForm]


class DocumentList(Schema):
    count: int
    items: list[DocumentForm]


class DocumentFilters(LanguageParameter):
    """Which documents."""

    symbol: list[str] = Field(
        [], max_length=100, description="Symbols, however they are spelled; may be repeated."
    )
    body: str | None = Field(None, max_length=32, description="Code of the issuing body: GA, SC…")
    session: str | None = Field(None, max_length=32, description="As printed: 79, S-10.")
    subject: str | None = Field(None, max_length=64, description="Code of a subject.")
    document_type: DocumentType | None = None
    year: int | None = Field(None, ge=1945, le=9999, description="Of issue.")
    title_in: str | None = Field(
        None, description="Only documents whose title is known in this language."
    )


@router.get(
    "/",
    response=DocumentList,
    auth=ANYBODY,
    url_name="list_un_documents",
    operation_id="documents_list",
    summary="List UN documents",
)
def list_documents(
    request: HttpRequest,
    filters: DocumentFilters = Query(...),
    part: PageParameters = Query(...),
) -> HttpResponse:
    """Documents that the reader may see, the newest first."""
    documents = _filtered(filters, audiences_of(request.user))
    rows = documents.prefetch_related(*everything())[part.offset : part.offset + part.limit]
    language = _reader_language(request)
    items = [api_form(document, language) for document in rows]
    return json_response(
        {"count": documents.count(), "items": items},
        languages=[item["language"]["served"] for item in items],
    )


def _filtered(filters: DocumentFilters, audiences: Collection[str]) -> QuerySet[Document]:
    documents = documents_for(audiences)
    if filters.symbol:
        meant = documents_typed(filters.symbol, audiences)
        documents = documents.filter(pk__in=[document.pk for document in meant])
    plain: dict[str, Any] = {
        "body": filters.body,
        "session": filters.session,
        "subjects__code": filters.subject,
        "document_type": filters.document_type,
    }
    documents = documents.filter(**{name: value for name, value in plain.items() if value})
    if filters.year:
        documents = documents.filter(Q(date__year=filters.year) | Q(year=filters.year))
    if filters.title_in is not None:
        code = codes.normalise(filters.title_in)
        if code is None:
            raise bad_parameter(
                "title_in",
                _("“%(tag)s” is none of the official languages: use one of %(codes)s.")
                % {"tag": filters.title_in[:40], "codes": ", ".join(codes.CODES)},
            )
        documents = documents.rewrite(False).exclude(**{f"title_{code}": ""})
        documents = documents.exclude(**{f"title_{code}__isnull": True})
    return documents


@router.get(
    "/{path:symbol}/",
    response=DocumentForm,
    auth=ANYBODY,
    url_name="detail_un_document",
    operation_id="documents_detail",
    summary="One UN document",
)
def get_document(
    request: HttpRequest, symbol: str, asked: LanguageParameter = Query(...)
) -> HttpResponse:
    """A document by its symbol, however it is spelled: /documents/A/RES/79/1/."""
    document = find_typed(symbol, audiences_of(request.user))
    if document is None:
        raise Http404
    prefetch_related_objects([document], *everything())
    told = api_form(document, _reader_language(request))
    return json_response(told, languages=[told["language"]["served"]])


def _reader_language(request: HttpRequest) -> str:
    return request.asked.language or request.default_language
