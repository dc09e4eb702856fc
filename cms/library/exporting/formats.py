"""The formats that documents are given out in, and the one service that does it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Document
from ..representation import api_form
from . import marc, ris, table
from .portrait import read_whole


@dataclass(frozen=True)
class ExportFormat:
    """One format. `piece(document, language, root_url)`: what stands for one document, between
    `head` and `tail`; `glue` between two of them."""

    name: str
    label: str | Promise
    media_type: str
    extension: str
    piece: Callable[[Document, str, str], bytes]
    head: bytes = b""
    tail: bytes = b""
    glue: bytes = b""


class UnknownFormat(ValueError):
    """Raised for a format that there is none of; the message lists those that there are."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no format {name[:40]!r}: use one of {', '.join(FORMATS)}.")


def _json_piece(document: Document, language: str, root_url: str) -> bytes:
    told = api_form(document, language)
    return json.dumps(told, ensure_ascii=False).encode()


FORMATS: dict[str, ExportFormat] = {
    one.name: one
    for one in (
        ExportFormat(
            name="ris",
            label=_("RIS, for reference managers"),
            media_type="application/x-research-info-systems; charset=utf-8",
            extension="ris",
            piece=lambda document, language, root: ris.reference(
                document, language=language, root_url=root
            ),
        ),
        ExportFormat(
            name="csv",
            label=_("CSV, for spreadsheets"),
            media_type="text/csv; charset=utf-8",
            extension="csv",
            head=table.header(),
            piece=lambda document, language, root: table.row(document),
        ),
        ExportFormat(
            name="marcxml",
            label=_("MARCXML, for libraries"),
            media_type="application/marcxml+xml; charset=utf-8",
            extension="xml",
            head=marc.HEAD,
            piece=lambda document, language, root: marc.record_bytes(document, root_url=root),
            tail=marc.TAIL,
        ),
        ExportFormat(
            name="json",
            label=_("JSON, for programs"),
            media_type="application/json",
            extension="json",
            head=b"[",
            piece=_json_piece,
            glue=b",\n",
            tail=b"]\n",
        ),
    )
}


def find_format(name: str) -> ExportFormat:
    """A format by its name. Raises UnknownFormat."""
    try:
        return FORMATS[name]
    except KeyError:
        raise UnknownFormat(name) from None


def export(
    documents: Iterable[Document], format: str, language: str, *, root_url: str = ""
) -> Iterator[bytes]:
    """Documents in a format, piece by piece: memory does not grow with their number.

    `documents`: those that the reader may see, in the order wanted; `language`: one of our codes,
    in which the reader is told what there is one of; `root_url`: before permanent addresses, such
    as "https://missions.example". Raises UnknownFormat, at once.
    """
    return _pieces(documents, find_format(format), language, root_url)


def _pieces(
    documents: Iterable[Document], format: ExportFormat, language: str, root_url: str
) -> Iterator[bytes]:
    yield format.head
    glue = b""
    for document in read_whole(documents):
        yield glue + format.piece(document, language, root_url)
        glue = format.glue
    yield format.tail
