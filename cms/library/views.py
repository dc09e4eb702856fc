"""Documents on the public sites: the page about one, and the list.

The permanent address is `/documents/<symbol>` on every host; it leads to the page in the visitor's
language (`?lang=fr` names one), `/fr/documents/<symbol>`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cms.access.audiences import audiences_of
from cms.languages import codes
from cms.languages.fields import text_in
from cms.pages.models import Page
from cms.pages.rendering import LanguageChoice, chrome_context
from cms.pages.views import serve

from .document_pages import agenda_told, family_told, files_told
from .exporting.linked_data import as_script, described
from .exporting.portrait import read_whole
from .exporting.views import export_links
from .models import BODIES, Document, DocumentSubject, Subject
from .related import related_documents
from .representation import in_un_order
from .selectors import canonical_root, documents_for, find_document, find_typed, narrowed

PAGE_SIZE = 25
#: More subjects than this are no list to choose from.
MOST_SUBJECTS = 200
#: The Organization's own service for the files of a document; only ever a link.
FILES_AT = "https://undocs.org"


@require_safe
def permanent_address(request: HttpRequest, symbol: str = "") -> HttpResponse:
    """From `/documents/<symbol>` to the page in a language: `?lang=`, else the visitor's."""
    query = request.GET.copy()
    language = codes.normalise("".join(query.pop("lang", [])[-1:])) or request.language
    document = find_document(symbol.strip("/"), audiences_of(request.user)) if symbol else None
    rest = document.address if document else quote(request.path_info)
    response = HttpResponseRedirect(f"/{language}{rest}{'?' if query else ''}{query.urlencode()}")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@require_safe
def document_page(request: HttpRequest, language: str, symbol: str) -> HttpResponse:
    """The page about a document; a page of the site at this address where there is none."""
    document = find_document(symbol.strip("/"), audiences_of(request.user))
    if document is None:
        return _other_page(request, language, symbol)
    if symbol != document.key:
        return HttpResponseRedirect(document.address_in(language))
    response = render(request, "library/document.html", _document_context(request, document))
    return _finished(request, response)


def _other_page(request: HttpRequest, language: str, symbol: str) -> HttpResponse:
    """The site's own page at an address that is no document's; else to the document that is meant
    by it: `/fr/documents/a c3 78 l49`."""
    try:
        return serve(request, language, f"documents/{symbol}")
    except Http404:
        meant = find_typed(symbol.strip("/"), audiences_of(request.user))
        if meant is None:
            raise
        return HttpResponseRedirect(meant.address_in(language))


@require_safe
def document_list(request: HttpRequest, language: str) -> HttpResponse:
    """All documents, newest first: `symbol` leads to one, `body` and `subject` narrow, `page`.

    A page of the site's own at this address goes before it.
    """
    home = request.site_profile.site.root_page
    if Page.objects.filter(url_path=f"{home.url_path}documents/", live=True).exists():
        return serve(request, language, "documents/")
    wanted = request.GET.get("symbol", "").strip()[:100]
    documents = documents_for(audiences_of(request.user))
    if wanted:
        found = find_typed(wanted, audiences_of(request.user))
        if found:
            return HttpResponseRedirect(found.address_in(language))
    context = chrome_context(request) | _list_context(request, documents, wanted)
    return _finished(request, render(request, "library/document_list.html", context))


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.user.is_authenticated:
        response["Cache-Control"] = "private, no-store"
    return response


def _document_context(request: HttpRequest, document: Document) -> dict[str, Any]:
    reader = request.language
    document = next(read_whole([document]))
    title, served = text_in(document, "title", reader)
    menu = [
        LanguageChoice(
            code=language.code,
            name=language.name,
            dir=language.direction,
            url=document.address_in(language.code),
            exists=language.code in document.languages,
            current=language.code == reader,
        )
        for language in codes.LANGUAGES
    ]
    root = canonical_root(request)
    issued = in_un_order(document)
    files = files_told(document)
    filed = {row["code"] for row in files}
    with codes.override(served):
        facts = _facts(document)
    relatives = family_told(
        document, reader=reader, served=served, audiences=audiences_of(request.user)
    )
    related = related_documents(
        document, user=request.user, language=served, without=relatives["family_ids"]
    )
    return chrome_context(request) | {
        "document": document,
        "title": title,
        "served_language": served,
        "served_django_language": codes.get(served).django_code,
        "served_direction": codes.direction(served),
        "served_language_name": codes.get(served).name,
        "languages": menu,
        "alternates": [
            {"code": choice.code, "url": root + choice.url} for choice in menu if choice.exists
        ],
        "linked_data": as_script(described(document, root_url=root)),
        "export_links": export_links(),
        "canonical_url": root + document.address_in(served),
        "subjects": [_named(subject, served) for subject in document.subjects.all()],
        "facts": facts,
        "files": files,
        "agenda_items": agenda_told(document, served),
        **relatives,
        "related": [_row(each, reader) for each in related],
        "versions": [
            {
                "code": language.code,
                "name": language.name,
                "dir": language.direction,
                "url": f"{FILES_AT}/{language.code}/{document.key}",
                "exists": language.code in issued,
            }
            for language in codes.LANGUAGES
            if issued and language.code not in filed
        ],
    }


def _facts(document: Document) -> list[tuple[str, Any]]:
    """(field, value) of what is known, for the template to name. In the active language."""
    known = [
        ("body", document.body_name),
        ("session", document.session),
        ("date", document.date),
        ("year", "" if document.date else document.year),
        ("type", document.get_document_type_display()),
        ("distribution", document.get_distribution_display()),
    ]
    return [(name, value) for name, value in known if value]


def _named(subject: Subject, language: str) -> dict[str, str]:
    name, name_language = text_in(subject, "name", language)
    return {
        "code": subject.code,
        "name": name or subject.code,
        "lang": name_language,
        "dir": codes.direction(name_language),
    }


def _list_context(
    request: HttpRequest, documents: QuerySet[Document], wanted: str
) -> dict[str, Any]:
    reader = request.language
    body, subject = request.GET.get("body", ""), request.GET.get("subject", "")
    paginator = Paginator(narrowed(documents, request.GET), PAGE_SIZE)
    try:
        page = paginator.page(_number(request.GET.get("page")))
    except EmptyPage:
        raise Http404 from None
    narrowing = {"body": body, "subject": subject}
    query = urlencode({key: value for key, value in narrowing.items() if value})
    issuing = set(Document.objects.order_by().values_list("body", flat=True).distinct())
    return {
        "page_obj": page,
        "rows": [_row(document, reader) for document in page],
        "bodies": [(code, name) for code, name in BODIES.items() if code in issuing],
        "subjects": [_named(each, reader) for each in _subjects_to_choose(subject)],
        "chosen_body": body,
        "chosen_subject": subject,
        "wanted_symbol": wanted,
        "query_string": query,
        "export_links": export_links(query),
    }


def _subjects_to_choose(chosen: str) -> list[Subject]:
    """Those that documents are about; of a whole thesaurus only the chosen one: the search has the
    others."""
    used = Subject.objects.filter(Exists(DocumentSubject.objects.filter(subject=OuterRef("pk"))))
    found = list(used[: MOST_SUBJECTS + 1])
    if len(found) <= MOST_SUBJECTS:
        return found
    return list(Subject.objects.filter(code=chosen.replace("\x00", "")))


def _row(document: Document, reader: str) -> dict[str, Any]:
    title, language = text_in(document, "title", reader)
    return {
        "symbol": document.symbol,
        "title": title,
        "url": document.address_in(reader),
        "date": document.date,
        "year": document.year,
        "lang": language,
        "dir": codes.direction(language),
        "languages": [
            {
                "code": code,
                "name": codes.get(code).name,
                "dir": codes.direction(code),
                "url": document.address_in(code),
                "exists": True,
            }
            for code in document.languages
        ],
    }


def _number(raw: str | None) -> int:
    """The page asked for; Http404 for what is no number."""
    text = raw or "1"
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Http404
    return int(text)
