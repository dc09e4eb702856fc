"""Whether States and organs are called by their official names. Warns; never refuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.languages import codes

from .book import Book, How, book


@dataclass(frozen=True)
class NameWarning:
    """A name to look at.

    `key`: of its term; `written`: as the text has it (`text[start:end]`), or as the source has it
    where the translation lacks it; `official`: what it should be, in `language`.
    """

    key: str
    start: int
    end: int
    written: str
    official: str
    language: str
    is_missing: bool = False

    def __str__(self) -> str:
        # Each name runs in its own direction, whatever the sentence's is.
        names = {"written": isolated(self.written), "official": isolated(self.official)}
        if self.is_missing:
            return _("“%(written)s” is “%(official)s” here: it is not in the translation.") % names
        return _("“%(written)s” is not the official name: “%(official)s” is.") % names

    @property
    def direction(self) -> str:
        return codes.direction(self.language)


def isolated(name: str) -> str:
    """A name between the marks that keep its direction to itself (Unicode FSI and PDI)."""
    return f"\u2068{name}\u2069"


def official_name_warnings(
    text: str, language: str, *, using: Book | None = None
) -> list[NameWarning]:
    """Names in a text that are not the official ones in its language, each once, in order.

    One query (see `book`), none with `using`. Raises UnknownLanguage.
    """
    codes.get(language)
    found: dict[str, NameWarning] = {}
    for start, end, sense in (using or book()).find(text, language):
        official = sense.entry.official(language)
        if sense.how is How.AVOID and official:
            written = text[start:end]
            told = NameWarning(sense.entry.key, start, end, written, official, language)
            found.setdefault(written, told)
    return list(found.values())


def missing_official_names(
    source_text: str,
    source: str,
    target_text: str,
    target: str,
    *,
    using: Book | None = None,
) -> list[NameWarning]:
    """States that the source names and the translation does not, by their official name or one
    that is right as well; each once. Nothing while the translation is empty."""
    if not target_text.strip() or not source_text.strip():
        return []
    glossary = using or book()
    there = {
        sense.entry.key
        for _start, _end, sense in glossary.find(target_text, target)
        if sense.how is not How.AVOID
    }
    found: dict[str, NameWarning] = {}
    for start, end, sense in glossary.find(source_text, source):
        entry = sense.entry
        if not entry.is_state or sense.is_weak or entry.key in there or entry.key in found:
            continue
        if official := entry.official(target, sense.how):
            written = source_text[start:end]
            found[entry.key] = NameWarning(
                entry.key, start, end, written, official, target, is_missing=True
            )
    return list(found.values())


def naming_of(
    pieces: Iterable[tuple[str, str, str]],
    source: str,
    target: str,
    *,
    using: Book | None = None,
) -> dict[str, list[NameWarning]]:
    """{key: warnings} for (key, source's words, target's words) of many pieces. Of a State that is
    named wrongly in the translation only that is said. At most two queries."""
    glossary = using or book()
    found: dict[str, list[NameWarning]] = {}
    for key, source_text, target_text in pieces:
        wrong = official_name_warnings(target_text, target, using=glossary)
        told = {warning.key for warning in wrong}
        missing = missing_official_names(source_text, source, target_text, target, using=glossary)
        if warnings := wrong + [warning for warning in missing if warning.key not in told]:
            found[key] = warnings
    return found
