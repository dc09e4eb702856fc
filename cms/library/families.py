"""A document's family: its revisions, addenda, corrigenda and amendments, and theirs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from cms.access.audiences import PUBLIC
from cms.languages import codes

from .models import Document, DocumentRelation, RelationKind
from .selectors import documents_for

#: Further away than this, or beyond so many, nobody looks.
_STEPS = 8
_MOST = 500
_EVERYBODY = frozenset({PUBLIC})
_ORDER = list(RelationKind.values)


@dataclass(frozen=True)
class Member:
    """A document of a family. `kind`, `of` and `languages`: of its relation to an earlier one, ""
    and None for the first; `languages`: () is all; `depth`: steps from the first."""

    document: Document
    kind: str = ""
    of: Document | None = None
    languages: tuple[str, ...] = ()
    depth: int = 0

    @property
    def kind_label(self) -> str:
        """In the active language; "" for the first."""
        return str(RelationKind(self.kind).label) if self.kind else ""


@dataclass(frozen=True)
class Family:
    """All of a document's family that its reader may see; `members`: each before what follows from
    it, in the order of symbols."""

    document: Document
    members: tuple[Member, ...]
    _edges: tuple[DocumentRelation, ...] = field(default=(), repr=False)

    @cached_property
    def latest_revision(self) -> Document:
        """The newest revision of what the document is a version of; itself, if there is none."""
        revisions = [edge for edge in self._edges if edge.kind == RelationKind.REVISION]
        earlier = {edge.document_id: edge.of_id for edge in revisions}
        first = self.document.pk
        seen = {first}
        while first in earlier and earlier[first] not in seen:
            first = earlier[first]
            seen.add(first)
        depths = {first: 0}
        frontier = {first}
        while frontier:
            later = {e.document_id for e in revisions if e.of_id in frontier} - depths.keys()
            depths |= dict.fromkeys(later, max(depths.values()) + 1)
            frontier = later
        held = [member.document for member in self.members if member.document.pk in depths]
        held = held or [self.document]
        return max(held, key=lambda document: (depths[document.pk], document.order_key))

    @cached_property
    def newer_revision(self) -> Document | None:
        """The newest revision, if the document is an older one."""
        newest = self.latest_revision
        return None if newest.pk == self.document.pk else newest

    def corrigenda_for(self, language: str) -> list[Document]:
        """The document's own corrigenda that a reader of this language needs, in order."""
        needed = {
            edge.document_id
            for edge in self._edges
            if edge.of_id == self.document.pk
            and edge.kind == RelationKind.CORRIGENDUM
            and edge.applies_to(language)
        }
        return [member.document for member in self.members if member.document.pk in needed]


def family(document: Document, audiences: Collection[str] = _EVERYBODY) -> Family:
    """The family of a document, for readers of these audiences. Three queries or a few more.

    What is hidden from the reader is left out, and never named by another as its `of`.
    """
    edges = _edges(document)
    pks = {document.pk} | {pk for edge in edges for pk in (edge.document_id, edge.of_id)}
    shown = {found.pk: found for found in documents_for(audiences).filter(pk__in=pks)}
    if document.pk in shown:
        shown[document.pk] = document
    return Family(document, tuple(_in_order(edges, shown)), tuple(edges))


def latest_revision(document: Document, audiences: Collection[str] = _EVERYBODY) -> Document:
    """`Family.latest_revision`."""
    return family(document, audiences).latest_revision


def corrigenda_for(
    document: Document, language: str, audiences: Collection[str] = _EVERYBODY
) -> list[Document]:
    """The corrigenda of a document that a reader of this language needs, in order."""
    return family(document, audiences).corrigenda_for(language)


def _edges(document: Document) -> list[DocumentRelation]:
    """The relations of everything that hangs together with a document."""
    near = Q(document__family_key=document.family_key) | Q(of__family_key=document.family_key)
    found = {edge.pk: edge for edge in DocumentRelation.objects.filter(near)[:_MOST]}
    joined = {document.pk}
    for _step in range(_STEPS):
        reached = _reach(joined, list(found.values()))
        further = DocumentRelation.objects.filter(
            Q(document__in=reached) | Q(of__in=reached)
        ).exclude(pk__in=found)[:_MOST]
        more = {edge.pk: edge for edge in further}
        found |= more
        joined = reached
        if not more or len(found) >= _MOST:
            break
    joined = _reach(joined, list(found.values()))
    return [edge for edge in found.values() if edge.document_id in joined]


def _reach(start: set[int], edges: list[DocumentRelation]) -> set[int]:
    reached = set(start)
    while True:
        more = {
            pk
            for edge in edges
            for pk, other in ((edge.document_id, edge.of_id), (edge.of_id, edge.document_id))
            if other in reached
        } - reached
        if not more:
            return reached
        reached |= more


def _in_order(edges: list[DocumentRelation], shown: dict[int, Document]) -> list[Member]:
    below: dict[int, list[DocumentRelation]] = {}
    for edge in edges:
        if edge.document_id in shown and edge.of_id in shown:
            below.setdefault(edge.of_id, []).append(edge)
    has_earlier = {edge.document_id for each in below.values() for edge in each}
    members: list[Member] = []
    placed: set[int] = set()

    def place(member: Member) -> None:
        if member.document.pk in placed:
            return
        placed.add(member.document.pk)
        members.append(member)
        later = below.get(member.document.pk, [])
        for edge in sorted(
            later, key=lambda e: (_ORDER.index(e.kind), shown[e.document_id].order_key)
        ):
            place(
                Member(
                    document=shown[edge.document_id],
                    kind=edge.kind,
                    of=member.document,
                    languages=tuple(code for code in codes.CODES if code in edge.languages),
                    depth=member.depth + 1,
                )
            )

    for document in sorted(shown.values(), key=lambda each: each.order_key):
        if document.pk not in has_earlier:
            place(Member(document))
    return members
