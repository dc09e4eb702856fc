"""Documents as a reader may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest

from blocks.symbols import SymbolLink
from cms.access.audiences import PUBLIC
from cms.languages.fields import text_in
from cms.pages.models import SiteProfile

from .models import Distribution, Document
from .symbols import begins_key, read_symbol, symbol_key

#: The site whose pages about documents are the canonical ones.
SITE = "directory"


def canonical_root(request: HttpRequest) -> str:
    """The directory's root address: one document has one canonical page. One query at most."""
    profile: SiteProfile = request.site_profile
    if profile.code != SITE:
        profile = SiteProfile.objects.select_related("site").filter(code=SITE).first() or profile
    return str(profile.site.root_url)


def documents_for(audiences: Collection[str]) -> QuerySet[Document]:
    """The documents that readers of these audiences may see; the filter behind
    `Document.audience`."""
    if PUBLIC not in audiences:
        return Document.objects.none()
    return Document.objects.exclude(distribution=Distribution.RESTRICTED)


def narrowed(documents: QuerySet[Document], asked: Mapping[str, str]) -> QuerySet[Document]:
    """The documents of the body and of the subject that the list's parameters name, if they do."""
    body, subject = (asked.get(name, "").replace("\x00", "") for name in ("body", "subject"))
    if body:
        documents = documents.filter(body=body)
    if subject:
        documents = documents.filter(subjects__code=subject)
    return documents


def find_document(symbol: str, audiences: Collection[str]) -> Document | None:
    """The document of a symbol as it is printed, with versions and subjects; or None."""
    return (
        documents_for(audiences)
        .filter(key=symbol_key(symbol))
        .prefetch_related("versions", "subjects")
        .first()
    )


def find_typed(text: str, audiences: Collection[str]) -> Document | None:
    """The document that a text means, however its symbol is typed or named, with versions and
    subjects; or None."""
    found = documents_typed([text], audiences)
    prefetch_related_objects(found, "versions", "subjects")
    return next(iter(found), None)


def documents_typed(texts: Iterable[str], audiences: Collection[str]) -> list[Document]:
    """The document of each text that means one, in the order given. One query.

    Of the symbols that a text may mean the likeliest that there is; a resolution of the Security
    Council that is named without its year is found too.
    """
    meant = [(symbol_key(text), *read_symbol(text)) for text in texts]
    keys = {key for some in meant for key in some}
    wanted = Q(key__in=keys)
    for beginning in filter(None, map(begins_key, sorted(keys))):
        wanted |= Q(key__startswith=beginning)
    by_key = {document.key: document for document in documents_for(audiences).filter(wanted)}
    without_year = {key.partition("(")[0]: by_key[key] for key in sorted(by_key, reverse=True)}
    found = {}
    for some in meant:
        known = (by_key.get(key) or (begins_key(key) and without_year.get(key)) for key in some)
        if document := next(filter(None, known), None):
            found[document.pk] = document
    return list(found.values())


def documents_by_key(symbols: Iterable[str]) -> dict[str, Document]:
    """{key: document} of the public documents among some symbols. One query."""
    keys = {symbol_key(symbol) for symbol in symbols}
    found = documents_for({PUBLIC}).filter(key__in=keys)
    return {document.key: document for document in found}


def resolve_symbols(symbols: Sequence[str], language: str) -> Mapping[str, SymbolLink]:
    """What `blocks.symbols` asks for: {symbol as given: link with the title in the best language}.

    Public documents only. One query.
    """
    documents = documents_by_key(symbols)
    links = {}
    for symbol in symbols:
        document = documents.get(symbol_key(symbol))
        if document is not None:
            title, title_language = text_in(document, "title", language)
            links[symbol] = SymbolLink(document.symbol, document.address, title, title_language)
    return links
