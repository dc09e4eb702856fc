"""Filling the glossary: States' names, organs, terms from a file. Each may be done at any time and
twice: what somebody has changed in the admin since it was loaded is left as it is."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.fingerprints import fingerprint
from cms.languages.names import OfficialName, official_names

from ..models import Term, TermKind
from .book import known_names

ORGANS = Path(__file__).resolve().parent / "data" / "organs.json"
STATES_FROM = "United Nations terminology, by the records of missions"
ORGANS_FROM = "Charter of the United Nations, Article 7; General Assembly, rule 98"
_TEXTS = ("name", "full_name", "aliases", "avoid")

#: {language: text, or texts one a line}
Six = Mapping[str, Any]


class BadTerms(ValueError):
    """Raised for a file of terms that is not what `load_terms` takes; says which entry and why."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"Term {number}: {reason}")


@dataclass(frozen=True)
class Row:
    """A term as it is loaded. `texts`: {"name": {code: text}, "aliases": {code: [text, …]}, …}."""

    key: str
    kind: TermKind
    texts: Mapping[str, Six]
    note: str = ""
    attribution: str = ""

    def columns(self) -> dict[str, str]:
        """What is stored, by column."""
        stored = {"note": self.note, "attribution": self.attribution}
        for name in _TEXTS:
            texts = self.texts.get(name, {})
            for code in codes.CODES:
                text = texts.get(code, "")
                stored[column(name, code)] = text if isinstance(text, str) else "\n".join(text)
        return stored


@dataclass
class Loaded:
    """How many terms were made, changed, found as they are, left to whoever changed them here, and
    removed since what they named is no more."""

    made: int = 0
    changed: int = 0
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    removed: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.made + other.made,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.left + other.left,
            self.removed + other.removed,
        )


def load_glossary() -> Loaded:
    """The names of all States and of the organs."""
    return load_states() + load_organs()


@transaction.atomic
def load_states(wanted: Collection[str] | None = None) -> Loaded:
    """The official names of States, by ISO code (None: all), with what they are also called."""
    rows = [_state(one) for one in official_names(wanted)]
    result = _write(rows)
    gone = Term.objects.filter(kind=TermKind.STATE, key__startswith="state:")
    if wanted is not None:
        gone = gone.filter(key__in=[f"state:{code}" for code in wanted])
    for term in gone.exclude(key__in=[row.key for row in rows]):
        if term.loaded == _mark_of(term):
            term.delete()
            result.removed += 1
    return result


def _state(official: OfficialName) -> Row:
    also = known_names()["states"].get(official.code, {})
    texts = {"name": official.short, "full_name": official.full, **also}
    return Row(f"state:{official.code}", TermKind.STATE, texts, attribution=STATES_FROM)


def load_organs() -> Loaded:
    """The principal organs and the Main Committees."""
    told = json.loads(ORGANS.read_text(encoding="utf-8"))
    return _write(
        Row(
            key=one["key"],
            kind=TermKind.ORGAN,
            texts={name: one[name] for name in _TEXTS if name in one},
            note=one.get("note", ""),
            attribution=ORGANS_FROM,
        )
        for one in told
    )


def load_terms(data: Mapping[str, Any]) -> Loaded:
    """Terms of a file: {"attribution": …, "terms": [{"key": …, "name": {code: text}, …}, …]}, with
    "full_name", "aliases", "avoid" and "note" where there are any. Raises BadTerms."""
    attribution = str(data.get("attribution", ""))
    rows = [_term(number, one, attribution) for number, one in enumerate(data["terms"], start=1)]
    return _write(rows)


def _term(number: int, one: Mapping[str, Any], attribution: str) -> Row:
    key = str(one.get("key", ""))
    if not key or key.startswith(("state:", "organ:", "own:")):
        raise BadTerms(number, f"the key {key!r} is missing, or one that is ours")
    texts = {name: one[name] for name in _TEXTS if name in one}
    for name, six in texts.items():
        if unknown := sorted(set(six) - set(codes.CODES)):
            raise BadTerms(number, f"{name} has languages that are not official: {unknown}")
    if not any(texts.get("name", {}).values()):
        raise BadTerms(number, "it has no name in any language")
    return Row(key, TermKind.TERM, texts, str(one.get("note", "")), attribution)


@transaction.atomic
def _write(rows: Iterable[Row]) -> Loaded:
    """One query to read, one for all that is new, one a term that has changed."""
    rows = list(rows)
    known = {term.key: term for term in Term.objects.filter(key__in=[row.key for row in rows])}
    result, new = Loaded(), []
    for number, row in enumerate(rows, start=1):
        term = known.get(row.key)
        if term is None:
            new.append(_filled(Term(key=row.key, kind=row.kind), row, number))
            continue
        if term.loaded != _mark_of(term):
            result.left.append(row.key)
        elif term.loaded == fingerprint(row.columns()):
            result.unchanged += 1
        else:
            _filled(term, row, number).save()
            result.changed += 1
    Term.objects.bulk_create(new)
    result.made = len(new)
    return result


def _filled(term: Term, row: Row, number: int) -> Term:
    """The term with a row's values. Raises BadTerms."""
    for name, text in row.columns().items():
        setattr(term, name, text)
    term.loaded = _mark_of(term)
    try:
        term.clean_fields()
        term.clean()
    except ValidationError as error:
        raise BadTerms(number, f"{row.key}: {' '.join(error.messages)}") from error
    return term


def _mark_of(term: Term) -> str:
    names = [column(name, code) for name in _TEXTS for code in codes.CODES]
    return fingerprint({name: getattr(term, name) for name in (*names, "note", "attribution")})
