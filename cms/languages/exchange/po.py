"""PO (GNU gettext) for translators whose tool knows nothing better.

The context of an entry (`msgctxt`) is the page and the piece of text; an entry that waits for a
review is `fuzzy`. Markup stands in the text as HTML. The digests of source and target, as they were
when the file was written, stand in a comment (`#.`).
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib
from django.utils.translation import gettext as _

from .. import codes
from .documents import (
    HTML,
    MAX_BYTES,
    MAX_DOCUMENTS,
    MAX_UNITS,
    TEXT,
    Document,
    NothingToExport,
    Refused,
    SegmentState,
    Unit,
    canonical,
    digest,
    same_languages,
)

MEDIA_TYPE = "text/x-gettext-translation"
EXTENSION = "po"
_SOURCE = "X-Source-Language"
_NO_WRAP = 0
#: The comment that is ours: kind and digests ("-": of nothing).
_MARK = re.compile(r"^cms (?P<kind>text|html) (?P<source>[0-9a-f]+|-) (?P<target>[0-9a-f]+|-)$")
_LINE = re.compile(r"\(line (\d+)\)(?:: (.*))?")
_BREAKS = re.compile(r"\s+")


def write(documents: Iterable[Document]) -> bytes:
    """One file of all documents. Raises NothingToExport."""
    held = [document for document in documents if document.units]
    if not held:
        raise NothingToExport
    source, target = same_languages(held)
    file = polib.POFile(wrapwidth=_NO_WRAP)
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "MIME-Version": "1.0",
        "Language": target,
        _SOURCE: source,
    }
    for document in held:
        file.extend(_entry(document, unit) for unit in document.units)
    return f"{file}\n".encode()


def _entry(document: Document, unit: Unit) -> polib.POEntry:
    needs_review = unit.target and unit.state in (SegmentState.INITIAL, SegmentState.TRANSLATED)
    digests = [digest(text, unit.kind) or "-" for text in (unit.source, unit.target)]
    lines = [
        _one_line(document.title),
        _one_line(unit.note),
        f"cms {unit.kind} {' '.join(digests)}",
    ]
    if unit.maximum is not None:
        lines.insert(2, _("At most %(count)d characters.") % {"count": unit.maximum})
    return polib.POEntry(
        msgctxt=f"{document.original}#{unit.key}",
        msgid=canonical(unit.source, unit.kind),
        msgstr=canonical(unit.target, unit.kind),
        comment="\n".join(line for line in lines if line),
        occurrences=[(document.address, "")] if document.address else [],
        flags=["fuzzy"] if needs_review else [],
    )


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def read(data: bytes) -> list[Document]:
    """The documents of a file, in the order of their first entries. Raises Refused."""
    file = _parsed(data)
    source = _language(file, _SOURCE)
    target = _language(file, "Language")
    found: dict[str, list[Unit]] = {}
    seen: set[str] = set()
    for entry in file:
        if entry.obsolete:
            continue
        original, _hash, key = (entry.msgctxt or "").partition("#")
        if not original or not key:
            raise Refused(
                _("An entry has no context (msgctxt) that names its page."), line=entry.linenum
            )
        if entry.msgctxt in seen:
            raise Refused(
                _("The text “%(key)s” is there twice.") % {"key": entry.msgctxt},
                line=entry.linenum,
            )
        seen.add(entry.msgctxt)
        found.setdefault(original, []).append(_unit(entry, key))
    _check_bounds(found)
    return [
        Document(original, source, target, tuple(units), line=units[0].line)
        for original, units in found.items()
    ]


def _check_bounds(found: dict[str, list[Unit]]) -> None:
    if not found:
        raise Refused(_("There is no entry in it."))
    if len(found) > MAX_DOCUMENTS:
        raise Refused(_("It holds too many pages: send them in several files."))
    if sum(map(len, found.values())) > MAX_UNITS:
        raise Refused(_("It holds too many texts: send them in several files."))


def _parsed(data: bytes) -> polib.POFile:
    if len(data) > MAX_BYTES:
        raise Refused(_("It is too large: send the pages in several files."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(_("It is not in UTF-8."), line=line) from error
    # From a file of our own: given text, polib takes it for the name of a file if there is one,
    # and breaks lines at characters (U+2028, U+0085) that are text in a PO file.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload.po"
        path.write_text(text, encoding="utf-8", newline="")
        try:
            return polib.pofile(str(path), encoding="utf-8", wrapwidth=_NO_WRAP)
        except (OSError, ValueError) as error:
            raise _syntax_error(error) from error


def _syntax_error(error: Exception) -> Refused:
    """What polib says, without the name of our own file."""
    found = _LINE.search(str(error))
    line, reason = (int(found[1]), found[2]) if found else (0, "")
    if reason:
        return Refused(_("It is no PO file: %(error)s.") % {"error": reason}, line=line)
    return Refused(_("It is no PO file."), line=line)


def _language(file: polib.POFile, header: str) -> str:
    code = codes.normalise(file.metadata.get(header))
    if code is None:
        raise Refused(
            _("Its header “%(header)s” names none of the six languages.") % {"header": header}
        )
    return code


def _unit(entry: polib.POEntry, key: str) -> Unit:
    marks = [found for line in entry.comment.split("\n") if (found := _MARK.match(line.strip()))]
    mark = marks[-1] if marks else None
    state = SegmentState.REVIEWED
    if not entry.msgstr:
        state = SegmentState.INITIAL
    elif entry.fuzzy:
        state = SegmentState.TRANSLATED
    return Unit(
        key=key,
        kind=mark["kind"] if mark else (HTML if "<" in entry.msgid else TEXT),
        source=entry.msgid,
        target=entry.msgstr,
        state=state,
        source_digest=_held(mark["source"]) if mark else None,
        target_digest=_held(mark["target"]) if mark else None,
        line=entry.linenum or 0,
    )


def _held(mark: str) -> str:
    return "" if mark == "-" else mark
