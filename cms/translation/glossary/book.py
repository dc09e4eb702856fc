"""All terms, ready to be looked for: read once a process for each state of the glossary."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.db.models import Count, Max

from cms.languages import codes
from cms.languages.fields import column
from cms.languages.terms import Finder, Form, Found, without_article

from ..models import Term, TermKind

NAMES = Path(__file__).resolve().parent / "data" / "names.json"


class How(StrEnum):
    """How a text names a thing."""

    NAME = "name"
    FULL_NAME = "full_name"
    ALIAS = "alias"
    AVOID = "avoid"


@dataclass(frozen=True, eq=False)
class Entry:
    """A term as it is looked for. `name`, `full_name`: {code: text}; `aliases`, `avoid`: {code:
    texts}; languages that have none are missing."""

    key: str
    kind: str
    name: Mapping[str, str]
    full_name: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    avoid: Mapping[str, tuple[str, ...]]
    note: str = ""

    @property
    def is_state(self) -> bool:
        return self.kind == TermKind.STATE

    def official(self, language: str, how: How = How.NAME) -> str:
        """What it is called in a language, in full where it was named so; "" if not known."""
        full = without_article(self.full_name.get(language, ""), language)
        return (full if how is How.FULL_NAME else "") or self.name.get(language, "") or full


@dataclass(frozen=True, eq=False)
class Sense:
    """What a form means. `is_weak`: the word is more often something else ("Maurice"), so that it
    names the thing only where that is expected."""

    entry: Entry
    how: How
    is_weak: bool = False


class Book:
    """The terms of one moment. Safe to ask from many threads."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self._finders: dict[str, Finder[Sense]] = {}

    def find(self, text: str, language: str) -> list[Found[Sense]]:
        """What of the glossary stands in a text."""
        finder = self._finders.get(language)
        if finder is None:
            finder = self._finders[language] = Finder(_forms(self.entries, language), language)
        return finder.find(text)


def _forms(entries: list[Entry], language: str) -> Iterator[Form[Sense]]:
    """Official names first: of two equal forms the first is meant."""
    facts = known_names()
    weak = set(facts["weak"].get(language, ()))
    yield from (Form(text, None) for text in facts["others"].get(language, ()))
    for how in How:
        for entry in entries:
            inflected = entry.kind == TermKind.TERM
            for text in _texts(entry, how, language):
                sense = Sense(entry, how, is_weak=entry.is_state and text in weak)
                yield Form(without_article(text, language), sense, inflected)


def _texts(entry: Entry, how: How, language: str) -> tuple[str, ...]:
    if how is How.ALIAS:
        return entry.aliases.get(language, ())
    if how is How.AVOID:
        return entry.avoid.get(language, ())
    names = entry.name if how is How.NAME else entry.full_name
    return (names[language],) if language in names else ()


@cache
def known_names() -> dict[str, Any]:
    """`data/names.json`: "states" {ISO code: {"aliases", "avoid"}}, "weak" and "others" {language:
    words that are more often, or always, something else}."""
    facts: dict[str, Any] = json.loads(NAMES.read_text(encoding="utf-8"))
    return facts


# --- one book a process --------------------------------------------------------------------------

Version = tuple[int, datetime | None]
_turn = Lock()
_kept: tuple[Version, Book] | None = None


def book() -> Book:
    """The glossary as it is. One query; where it has changed, or none was read yet, one more."""
    global _kept
    state = Term.objects.aggregate(number=Count("pk"), latest=Max("changed_at"))
    version = (state["number"], state["latest"])
    kept = _kept
    if kept is not None and kept[0] == version:
        return kept[1]
    with _turn:
        made = Book([_entry(term) for term in Term.objects.order_by("key")])
        _kept = (version, made)
    return made


def _entry(term: Term) -> Entry:
    return Entry(
        key=term.key,
        kind=term.kind,
        name=_by_language(term, "name"),
        full_name=_by_language(term, "full_name"),
        aliases=_lines(term, "aliases"),
        avoid=_lines(term, "avoid"),
        note=term.note,
    )


def _by_language(term: Term, field: str) -> dict[str, str]:
    texts = {code: getattr(term, column(field, code)) for code in codes.CODES}
    return {code: text for code, text in texts.items() if text}


def _lines(term: Term, field: str) -> dict[str, tuple[str, ...]]:
    return {
        code: tuple(line.strip() for line in text.splitlines() if line.strip())
        for code, text in _by_language(term, field).items()
    }
