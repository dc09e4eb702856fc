"""Is a file what its name says? Asked of its bytes, never of its name or of the browser."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePath

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import File as DjangoFile
from django.utils.translation import gettext_lazy as _

from .archives import check_archive

#: Office formats are ZIP archives; what is inside tells which.
_ZIP_MEMBERS = {
    ".docx": ("word/document.xml",),
    ".xlsx": ("xl/workbook.xml",),
    ".pptx": ("ppt/presentation.xml",),
    ".odt": ("content.xml",),
    ".zip": (),
}
_TEXT = (".txt", ".csv")
#: How formats begin that more lenient readers look for further in: nothing may stand before.
_BEGINNINGS = {".pdf": b"%PDF-", ".rtf": rb"{\rtf"}
_HEAD = 65536
#: What a browser that guesses takes for a page or a drawing (WHATWG MIME Sniffing), anywhere.
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|object|embed|svg|math|base|meta|form)[\s/>]",
    re.IGNORECASE,
)
#: The last record of a ZIP archive, which may stand at the end of anything.
_ARCHIVE_END = b"PK\x05\x06"
_ARCHIVE_END_SIZE = 22
_LONGEST_COMMENT = 65535


def check_content(file: DjangoFile) -> None:
    """Raise ValidationError, naming both, if the content is of another kind than the name says, of
    two kinds at once, or an archive that would fill a disk."""
    extension = PurePath(file.name or "").suffix.lower()
    file.seek(0)
    try:
        if extension in _ZIP_MEMBERS:
            check_archive(file, name=file.name or "")
            fits = _is_archive(file, extension)
        elif extension in _TEXT:
            fits = _is_plain_text(file.read(_HEAD)) and not ends_as_archive(file)
        else:
            fits = _begins_as(file.read(8192), extension) and not ends_as_archive(file)
    finally:
        file.seek(0)
    if not fits:
        raise ValidationError(
            _(
                "“%(name)s” is not a %(extension)s file inside. "
                "Save it again in that format, or rename it."
            ),
            code="content_mismatch",
            params={"name": file.name, "extension": extension or "?"},
        )


def ends_as_archive(file: DjangoFile) -> bool:
    """Whether a file is a ZIP archive too, to a program that reads it from its end."""
    size = file.seek(0, 2) or file.tell()
    file.seek(max(size - _ARCHIVE_END_SIZE - _LONGEST_COMMENT, 0))
    tail = file.read()
    start = tail.rfind(_ARCHIVE_END)
    if start < 0 or len(tail) < start + _ARCHIVE_END_SIZE:
        return False
    comment = int.from_bytes(tail[start + 20 : start + 22], "little")
    return start + _ARCHIVE_END_SIZE + comment >= len(tail.rstrip(b"\x00\r\n\t "))


def _begins_as(head: bytes, extension: str) -> bool:
    beginning = _BEGINNINGS.get(extension)
    if beginning is not None:
        return head.startswith(beginning)
    try:
        return extension in {match.extension.lower() for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):  # ValueError: nothing to look at
        return False


def _is_plain_text(head: bytes) -> bool:
    if (
        b"\x00" in head
        or _MARKUP.search(head)
        or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"<?xml"
    ):
        return False
    try:
        # The cut may fall inside a character of at most four bytes.
        head[: max(len(head) - 4, 0)].decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        return not any(byte < 9 for byte in head)
    return True


def _is_archive(file: DjangoFile, extension: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return False
    if any(name.lower().endswith("vbaproject.bin") for name in names) and extension != ".zip":
        return False  # a document with macros has another ending, .docm
    file.seek(0)
    return file.read(2) == b"PK" and all(member in names for member in _ZIP_MEMBERS[extension])
