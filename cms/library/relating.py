"""What revises, adds to, corrects and amends what: proposed from the symbols, settled by people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.utils.translation import gettext as _

from .indexing import documents_changed
from .models import Document, DocumentRelation, RelationKind
from .models.documents import document_written
from .models.relations import check_languages
from .suffixes import suffix_of

_BATCH = 400


class RelationRefused(ValidationError):
    """Raised for a relation that can't be; the message says why."""


@transaction.atomic
def relate(
    document: Document,
    *,
    of: Document,
    kind: RelationKind | str,
    languages: Collection[str] = (),
) -> DocumentRelation:
    """Say that `document` is a revision (…) of another; from then on its symbol is not asked.

    One relation of two documents: a second call changes it. `languages`: those that a corrigendum
    applies to, none is all. Raises RelationRefused.
    """
    _lock(document.pk, of.pk)
    refuse_circle(document, of)
    if kind not in RelationKind.values:
        raise RelationRefused(
            _("“%(kind)s” is no kind of relation: use one of %(known)s.")
            % {"kind": kind, "known": ", ".join(RelationKind.values)}
        )
    relation = DocumentRelation.objects.filter(document=document, of=of).first()
    relation = relation or DocumentRelation(document=document, of=of)
    relation.kind, relation.languages = kind, list(languages)
    try:
        check_languages(relation.languages)
        relation.clean()
    except ValidationError as error:
        raise RelationRefused(error.messages) from error
    relation.save()
    settle(document)
    documents_changed([document.pk, of.pk])
    return relation


@transaction.atomic
def unrelate(document: Document, *, of: Document) -> bool:
    """Take a relation away and settle it; whether there was one."""
    gone, _by_model = DocumentRelation.objects.filter(document=document, of=of).delete()
    settle(document)
    if gone:
        documents_changed([document.pk, of.pk])
    return bool(gone)


def settle(document: Document) -> None:
    """People have said what a document stands to: its symbol is no longer asked."""
    document.relations_settled = True
    Document.objects.filter(pk=document.pk).update(relations_settled=True)


def refuse_circle(document: Document, of: Document) -> None:
    """Raise RelationRefused if `of` comes, by whatever way, from `document`. A query a step up."""
    seen: set[int] = set()
    above = {of.pk}
    while above:
        if document.pk in above:
            raise RelationRefused(
                _("%(document)s can't be related to %(of)s: that one comes from it.")
                % {"document": document.symbol, "of": of.symbol}
            )
        seen |= above
        found = DocumentRelation.objects.filter(document__in=above).values_list("of", flat=True)
        above = set(found) - seen


@transaction.atomic
def propose_relations(ids: Iterable[int] | None = None) -> int:
    """Set the relations of these documents (None: of all), and of those of the same families, as
    their symbols say; how many changed. What people have settled stays.

    A revision whose original is not held is one of the nearest earlier revision. Some four queries
    for 400 documents.
    """
    documents = Document.objects.order_by("pk")
    if ids is not None:
        wanted = list(ids)
        changed = 0
        for start in range(0, len(wanted), _BATCH):
            changed += _propose(documents.filter(pk__in=wanted[start : start + _BATCH]))
        return changed
    changed, last = 0, 0
    while True:
        batch = list(documents.filter(pk__gt=last).values_list("pk", flat=True)[:_BATCH])
        if not batch:
            return changed
        changed += _propose(documents.filter(pk__in=batch))
        last = batch[-1]


def _propose(documents: Any) -> int:
    families = set(documents.order_by().values_list("family_key", flat=True))
    members = list(
        Document.objects.filter(family_key__in=families)
        .order_by()
        .values_list("pk", "key", "relations_settled")
    )
    by_key = {key: pk for pk, key, _settled in members}
    asked = {pk: key for pk, key, settled in members if not settled}
    said = {pk: found for pk, key in asked.items() if (found := _said_by(key, by_key))}
    held: dict[int, dict[int, DocumentRelation]] = {}
    # A document whose symbol says nothing has no proposed relation either.
    suffixed = [pk for pk, key in asked.items() if suffix_of(key)]
    for relation in DocumentRelation.objects.filter(document__in=suffixed):
        held.setdefault(relation.document_id, {})[relation.of_id] = relation
    touched: set[int] = set()
    gone, new = [], []
    for pk in suffixed:
        kind, of = said.get(pk, ("", 0))
        has = held.get(pk, {})
        for other, relation in has.items():
            if other != of or relation.kind != kind:
                gone.append(relation.pk)
                touched |= {pk, other}
        if of and (of not in has or has[of].kind != kind):
            new.append(DocumentRelation(document_id=pk, of_id=of, kind=kind))
            touched |= {pk, of}
    DocumentRelation.objects.filter(pk__in=gone).delete()
    DocumentRelation.objects.bulk_create(new)
    if touched:
        documents_changed(touched)
    return len(new)


def _said_by(key: str, held: dict[str, int]) -> tuple[str, int] | None:
    """(kind, document) that a symbol says its document is of, among those that are held."""
    suffix = suffix_of(key)
    if suffix is None:
        return None
    if suffix.parent in held:
        return suffix.kind, held[suffix.parent]
    if suffix.kind != RelationKind.REVISION:
        return None
    earlier = [
        (found.number, pk)
        for other, pk in held.items()
        if (found := suffix_of(other))
        and (found.parent, found.kind) == (suffix.parent, suffix.kind)
        and found.number < suffix.number
    ]
    return (suffix.kind, max(earlier)[1]) if earlier else None


def _lock(*pks: int) -> None:
    """Two people who relate the same documents take turns, and the second sees the first's."""
    list(Document.objects.select_for_update().filter(Q(pk__in=pks)).order_by("pk"))


def _written(sender: type, instance: Document, **kwargs: Any) -> None:
    propose_relations([instance.pk])


def _deleted(sender: type, instance: Document, **kwargs: Any) -> None:
    """What was a revision of it may be one of an earlier one."""
    _propose(Document.objects.filter(family_key=instance.family_key))


def register() -> None:
    """Listen to documents being written and deleted (from AppConfig.ready)."""
    document_written.connect(_written, sender=Document)
    post_delete.connect(_deleted, sender=Document)
