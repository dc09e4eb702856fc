"""Is a file what its name says? Asked of its bytes, never of its name or of the browser."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import File as DjangoFile
from django.utils.translation import gettext_lazy as _

#: Office formats are ZIP archives; what is inside tells which.
_ZIP_MEMBERS = {
    ".docx": ("word/document.xml",),
    ".xlsx": ("xl/workbook.xml",),
    ".pptx": ("ppt/presentation.xml",),
    ".odt": ("content.xml",),
    ".zip": (),
}
_TEXT = (".txt", ".csv")


def check_content(file: DjangoFile) -> None:
    """Raise ValidationError, naming both, if the content is of another kind than the name says."""
    extension = PurePath(file.name or "").suffix.lower()
    file.seek(0)
    try:
        if extension in _TEXT:
            fits = _is_plain_text(file.read(65536))
        elif extension in _ZIP_MEMBERS:
            fits = _is_archive(file, _ZIP_MEMBERS[extension])
        else:
            fits = extension in _detected(file.read(8192))
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


def _detected(head: bytes) -> set[str]:
    if not head:
        return set()
    try:
        return {match.extension.lower() for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()


def _is_plain_text(head: bytes) -> bool:
    if b"\x00" in head or head.lstrip().lower().startswith(
        (b"<!doctype html", b"<html", b"<script", b"<svg")
    ):
        return False
    try:
        # The cut may fall inside a character of at most four bytes.
        head[: max(len(head) - 4, 0)].decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        return not any(byte < 9 for byte in head)
    return True


def _is_archive(file: DjangoFile, members: tuple[str, ...]) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return False
    return all(member in names for member in members)
