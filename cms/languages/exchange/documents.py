"""What a translation file says, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ..fingerprints import fingerprint
from . import markup

TEXT = "text"
HTML = "html"

#: Bounds on what is read: a page of sixty blocks makes a file of about 100 kB.
MAX_BYTES = 5_000_000
MAX_DEPTH = 60
MAX_UNITS = 20_000
MAX_DOCUMENTS = 1_000


class SegmentState(StrEnum):
    """How far a segment is, in XLIFF's words (XLIFF 2.1, 4.7.2.7)."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


#: From the least finished on.
ORDER = tuple(SegmentState)


@dataclass(frozen=True)
class Unit:
    """One piece of text and its translation.

    `key`: which piece of its document; `kind`: TEXT or HTML; `note`: where it stands, for the
    translator; `maximum`: of characters, None without a limit. `source_digest`, `target_digest`:
    of both when the file was written (see `digest`), None where a tool has lost them. `line`: in
    the file that was read, 0 elsewhere.
    """

    key: str
    kind: str
    source: str
    target: str = ""
    state: SegmentState = SegmentState.INITIAL
    note: str = ""
    maximum: int | None = None
    source_digest: str | None = None
    target_digest: str | None = None
    line: int = 0


@dataclass(frozen=True)
class Document:
    """The units of one page.

    `original`: which page, in a form that its owner understands; `address`: where a translator may
    look at it; languages: our codes; `line`: as for a unit.
    """

    original: str
    source_language: str
    target_language: str
    units: tuple[Unit, ...]
    title: str = ""
    address: str = ""
    line: int = 0


class Refused(ValueError):
    """Raised for a file that is not taken, with the line and the reason, for people to read."""

    def __init__(self, reason: str | Promise, *, line: int = 0) -> None:
        self.reason = reason
        self.line = line
        super().__init__(
            _("Line %(line)d: %(reason)s") % {"line": line, "reason": reason}
            if line
            else str(reason)
        )


class NothingToExport(ValueError):
    """Raised when no document has anything to translate."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to translate on these pages."))


def same_languages(documents: list[Document]) -> tuple[str, str]:
    """(source, target) of documents that go into one file. Raises ValueError where they differ."""
    languages = {(one.source_language, one.target_language) for one in documents}
    if len(languages) != 1:
        raise ValueError("A file has one source and one target language: write several files.")
    return languages.pop()


def canonical(text: str, kind: str) -> str:
    """The text in the one form in which texts are compared and written."""
    return markup.canonical(text) if kind == HTML else text


def as_kind(text: str, kind: str, wanted: str) -> str:
    """A text without tags as the other kind of text; any other as it is."""
    if kind == wanted:
        return text
    if wanted == HTML:
        return markup.escaped(text)
    parts = markup.tokens(text)
    return "".join(map(str, parts)) if all(isinstance(part, str) for part in parts) else text


def digest(text: str, kind: str) -> str:
    """A digest that is equal for texts that read the same; "" for one that says nothing."""
    return fingerprint({"": canonical(text, kind)})
