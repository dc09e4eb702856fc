"""Straight answers: what a typed text names, before anything is searched.

A domain that can tell what exactly a text means ("a c3 78 l49" is a document's symbol) registers
a function here; the search page and the API show what it gives above the hits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class AnswerLink:
    """Something that belongs to an answer. `relation`: what it is to it ("Corrigendum")."""

    text: str
    url: str
    language: str
    relation: str | Promise = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The one thing that a text names.

    `url`: where it is, on every host; `language`: of `title`; `symbol`: as it is printed;
    `languages`: {code: address} of those in which it exists; `related`: revisions, corrigenda…
    `exact` is false where the text names it only by a part, so that other things may be meant.
    """

    title: str
    url: str
    language: str
    kind: str
    symbol: str = ""
    exact: bool = True
    languages: dict[str, str] = field(default_factory=dict)
    related: tuple[AnswerLink, ...] = ()


Answerer = Callable[[str, str, Collection[str]], Answer | None]
"""answer(text, language, audiences): what a text names among what these audiences may read. A few
queries at most; none for a text that can't name anything."""

_answerers: dict[str, Answerer] = {}


def register_answer(name: str, answerer: Answerer) -> None:
    """Let a domain answer (from `AppConfig.ready`)."""
    _answerers[name] = answerer


def straight_answer(text: str, *, language: str, audiences: Collection[str]) -> Answer | None:
    """The first answer that a domain gives, or None."""
    answers = (answer(text, language, audiences) for answer in _answerers.values())
    return next((answer for answer in answers if answer is not None), None)
