"""A file of documents, opened for what it is, with how far it has been read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from .csv_reader import read_csv
from .marc_reader import read_marc
from .marcxml_reader import read_marcxml
from .records import BadRecord, ImportRefused, Place, Record


class SourceFormat(models.TextChoices):
    """What documents come in."""

    CSV = "csv", pgettext_lazy("file format", "CSV")
    MARC = "marc", pgettext_lazy("file format", "MARC 21")
    MARCXML = "marcxml", pgettext_lazy("file format", "MARCXML")


_READERS: dict[str, Callable[[BinaryIO], Iterator[Record | BadRecord]]] = {
    SourceFormat.CSV: read_csv,
    SourceFormat.MARC: read_marc,
    SourceFormat.MARCXML: read_marcxml,
}
_SUFFIXES = {
    ".csv": SourceFormat.CSV,
    ".mrc": SourceFormat.MARC,
    ".marc": SourceFormat.MARC,
    ".iso2709": SourceFormat.MARC,
    ".xml": SourceFormat.MARCXML,
    ".marcxml": SourceFormat.MARCXML,
}
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Source:
    """A file to be read: its format, its length in bytes and its SHA-256 in hexadecimal."""

    path: Path
    name: str
    format: str
    size: int
    sha256: str

    def records(self, told: Callable[[int], None] | None = None) -> Iterator[Record | BadRecord]:
        """The records, one at a time. `told`: called with the bytes read so far.

        Raises ImportRefused for a file that is not of its format at all, and OSError.
        """
        with self.path.open("rb") as stream:
            for record in _READERS[self.format](stream):
                yield record
                if told:
                    told(stream.tell())


def source_of(path: Path, *, name: str = "", format: str = "") -> Source:
    """A file as a source. `name`: what people call it; `format`: where its name does not say.

    Raises ImportRefused where the format can't be told, and OSError.
    """
    name = name or path.name
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        begin = stream.read(64)
        stream.seek(0)
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
    found = format or _SUFFIXES.get(Path(name).suffix.lower()) or _guess(begin)
    if not found:
        reason = _("its format can't be told: name it .csv, .mrc or .xml, or choose the format.")
        raise ImportRefused([BadRecord(Place(1, line=1), reason)])
    return Source(path, name, found, size, digest.hexdigest())


def _guess(begin: bytes) -> str:
    bare = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return SourceFormat.MARCXML
    if bare[:5].isdigit() and bare[10:12] == b"22":
        return SourceFormat.MARC
    return SourceFormat.CSV if b"," in begin else ""
