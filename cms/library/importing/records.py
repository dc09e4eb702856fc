"""One neutral record for every format: what a file says of a document, unchecked, in words.

None means that the file does not say it, and what is there is left alone; an empty text says that
there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, order=True)
class Place:
    """Where in a file: `number` of the record from 1, `line` from 1 and `byte` from 0 if known."""

    number: int
    line: int | None = None
    byte: int | None = None

    def __str__(self) -> str:
        if self.byte is not None:
            return _("record %(number)s, byte %(byte)s") % {
                "number": self.number,
                "byte": self.byte,
            }
        return _("line %(line)s") % {"line": self.line}


@dataclass(frozen=True, order=True)
class BadRecord:
    """What is wrong with one record of a file."""

    place: Place
    reason: str

    def __str__(self) -> str:
        return _("%(place)s: %(reason)s") % {"place": self.place, "reason": self.reason}


@dataclass(frozen=True)
class SubjectName:
    """A subject as a file names it: by code, by the concept's address, or by a term."""

    code: str = ""
    uri: str = ""
    term: str = ""

    def __str__(self) -> str:
        return self.term or self.code or self.uri


@dataclass(frozen=True)
class AgendaName:
    """An agenda item as a file names it: body "GA", session "78", number "71 (b)"."""

    body: str
    session: str
    number: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What a file says of one document. `titles`: by our codes of languages."""

    place: Place
    symbol: str
    titles: Mapping[str, str] = field(default_factory=dict)
    date: str | None = None
    year: str | None = None
    body: str | None = None
    session: str | None = None
    document_type: str | None = None
    distribution: str | None = None
    languages: tuple[str, ...] | None = None
    subjects: tuple[SubjectName, ...] | None = None
    agenda: tuple[AgendaName, ...] | None = None


class ImportRefused(ValueError):
    """Raised when nothing of a file is loaded. `bad_records` lists every reason."""

    def __init__(self, bad_records: Iterable[BadRecord]) -> None:
        self.bad_records = sorted(bad_records)
        count = len(self.bad_records)
        summary = ngettext(
            "Nothing was loaded: the file has %(count)s bad record. Correct it and try again.",
            "Nothing was loaded: the file has %(count)s bad records. Correct them and try again.",
            count,
        ) % {"count": count}
        super().__init__("\n".join([summary, *map(str, self.bad_records)]))
