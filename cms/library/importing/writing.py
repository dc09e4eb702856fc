"""Checked rows into the tables, some hundreds at a time. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from cms.languages.fields import column

from ..indexing import documents_changed
from ..models import (
    AgendaItem,
    Document,
    DocumentAgendaItem,
    DocumentFile,
    DocumentSubject,
    LanguageVersion,
)
from ..ordering import natural_key
from ..relating import propose_relations
from .checking import DocumentRow
from .records import AgendaName

#: (body, session, number) of an agenda item.
_ItemKey = tuple[str, str, str]


@dataclass(frozen=True)
class Written:
    """What became of a batch, counted in documents."""

    created: int
    updated: int
    unchanged: int


@dataclass
class _Held:
    """What documents have now: their languages, those with files among them, and links."""

    languages: dict[int, set[str]]
    filed: dict[int, set[str]]
    subjects: dict[int, set[int]]
    agenda: dict[int, set[int]]


def write_batch(rows: Sequence[DocumentRow]) -> Written:
    """Create or bring up to date the documents of some rows; each symbol stands in one row.

    Idempotent: what is as the row says is not written. Queries: bounded for a batch.
    """
    existing = {
        document.key: document
        for document in Document.objects.filter(key__in=[row.key for row in rows])
    }
    items = _agenda_items(rows)
    held = _held([document.pk for document in existing.values()])
    new = _create([row for row in rows if row.key not in existing])
    updated = {
        row.key: existing[row.key]
        for row in rows
        if row.key in existing and _differs(existing[row.key], row, held, items)
    }
    _update(updated.values(), {name for row in rows for name in row.values})
    written = new | updated
    touched = [row for row in rows if row.key in written]
    _write_versions(touched, written, held)
    _write_links(touched, written, held, items)
    if new:
        propose_relations([document.pk for document in new.values()])
    if written:
        documents_changed([document.pk for document in written.values()])
    return Written(len(new), len(updated), len(rows) - len(touched))


def _create(rows: Iterable[DocumentRow]) -> dict[str, Document]:
    new = [Document(**(row.proposed | row.values)) for row in rows]
    for document in new:
        document.fill_in()
    Document.objects.bulk_create(new)
    return {document.key: document for document in new}


def _update(documents: Iterable[Document], fields: Collection[str]) -> None:
    found = list(documents)
    for document in found:
        document.fill_in()
    Document.objects.bulk_update(found, sorted({*fields, "order_key", "changed_at"}))


def _held(pks: Collection[int]) -> _Held:
    held = _Held({}, {}, {}, {})
    has_files = Exists(DocumentFile.objects.filter(version=OuterRef("pk")))
    versions = LanguageVersion.objects.filter(document_id__in=pks).annotate(filed=has_files)
    for pk, language, is_filed in versions.values_list("document_id", "language", "filed"):
        held.languages.setdefault(pk, set()).add(language)
        if is_filed:
            held.filed.setdefault(pk, set()).add(language)
    links = DocumentSubject.objects.filter(document_id__in=pks)
    for pk, subject in links.values_list("document_id", "subject_id"):
        held.subjects.setdefault(pk, set()).add(subject)
    agenda = DocumentAgendaItem.objects.filter(document_id__in=pks)
    for pk, item in agenda.values_list("document_id", "item_id"):
        held.agenda.setdefault(pk, set()).add(item)
    return held


def _differs(
    document: Document, row: DocumentRow, held: _Held, items: Mapping[_ItemKey, int]
) -> bool:
    """Bring a document's columns up to its row; whether anything was not so before."""
    differs = False
    for name, value in row.values.items():
        if (getattr(document, name) or "") != (value or ""):
            setattr(document, name, value)
            differs = True
    pk = document.pk
    if row.languages is not None:
        wanted = set(row.languages) | held.filed.get(pk, set())
        differs |= held.languages.get(pk, set()) != wanted
    if row.subjects is not None:
        differs |= held.subjects.get(pk, set()) != set(row.subjects)
    if row.agenda is not None:
        differs |= held.agenda.get(pk, set()) != {items[_key_of(item)] for item in row.agenda}
    return differs


def _write_versions(
    rows: Iterable[DocumentRow], written: Mapping[str, Document], held: _Held
) -> None:
    """The languages that rows name. A version with files stays: files are not lost to a list."""
    made = []
    for row in rows:
        if row.languages is None:
            continue
        pk = written[row.key].pk
        has, wanted = held.languages.get(pk, set()), set(row.languages)
        if gone := has - wanted - held.filed.get(pk, set()):
            LanguageVersion.objects.filter(document_id=pk, language__in=gone).delete()
        made += [LanguageVersion(document_id=pk, language=code) for code in wanted - has]
    LanguageVersion.objects.bulk_create(made)


def _write_links(
    rows: Iterable[DocumentRow],
    written: Mapping[str, Document],
    held: _Held,
    items: Mapping[_ItemKey, int],
) -> None:
    about, under = [], []
    for row in rows:
        pk = written[row.key].pk
        if row.subjects is not None and (wanted := set(row.subjects)) != held.subjects.get(pk):
            has = held.subjects.get(pk, set())
            if gone := has - wanted:
                DocumentSubject.objects.filter(document_id=pk, subject_id__in=gone).delete()
            about += [
                DocumentSubject(document_id=pk, subject_id=subject)
                for subject in row.subjects
                if subject not in has
            ]
        if row.agenda is not None:
            has, wanted = held.agenda.get(pk, set()), {items[_key_of(one)] for one in row.agenda}
            if gone := has - wanted:
                DocumentAgendaItem.objects.filter(document_id=pk, item_id__in=gone).delete()
            under += [
                DocumentAgendaItem(document_id=pk, item_id=item) for item in sorted(wanted - has)
            ]
    DocumentSubject.objects.bulk_create(about)
    DocumentAgendaItem.objects.bulk_create(under)


def _key_of(item: AgendaName | AgendaItem) -> _ItemKey:
    return (item.body, item.session, item.number)


def _agenda_items(rows: Sequence[DocumentRow]) -> dict[_ItemKey, int]:
    """{item: its key} of all that rows name; what is missing is made."""
    named = {_key_of(item): item for row in rows for item in row.agenda or ()}
    if not named:
        return {}
    sessions = {item.session for item in named.values()}
    found = AgendaItem.objects.filter(session__in=sessions)
    known = {(i[1], i[2], i[3]): i[0] for i in found.values_list("pk", "body", "session", "number")}
    missing = [
        AgendaItem(
            body=item.body,
            session=item.session,
            number=item.number,
            order_key=natural_key("/".join(key)),
            **{column("title", "en"): item.title},
        )
        for key, item in named.items()
        if key not in known
    ]
    AgendaItem.objects.bulk_create(missing)
    return known | {_key_of(item): item.pk for item in missing}
