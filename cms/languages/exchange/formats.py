"""The formats by name, and which one a file is in, by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import po, xliff
from .documents import MAX_BYTES, Document, Refused


@dataclass(frozen=True)
class Format:
    """One format. `read` raises Refused; `write` raises NothingToExport."""

    name: str
    label: str | Promise
    extension: str
    media_type: str
    write: Callable[[Iterable[Document]], bytes]
    read: Callable[[bytes], list[Document]]


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "xliff",
            gettext_lazy("XLIFF 2.1, for translation tools"),
            xliff.EXTENSION,
            xliff.MEDIA_TYPE,
            xliff.write,
            xliff.read,
        ),
        Format(
            "po",
            gettext_lazy("PO, for simple tools"),
            po.EXTENSION,
            po.MEDIA_TYPE,
            po.write,
            po.read,
        ),
    )
}


def read(data: bytes) -> list[Document]:
    """The documents of a file in either format, known by its content. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(_("It is too large: send the pages in several files."))
    start = data[:4000].replace(b"\x00", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return xliff.read(data)
    if b"msgid" in data:
        return po.read(data)
    raise Refused(_("It is neither XLIFF 2 nor PO."))
