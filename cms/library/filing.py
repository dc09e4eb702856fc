"""Files of language versions: put in, replaced, withdrawn; each of these keeps what was before."""

from __future__ import annotations

import hashlib
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.languages import codes
from cms.languages.formats import file_size
from cms.media.content_check import check_content

from . import journal
from .extraction.services import request_extraction
from .indexing import documents_changed
from .models import Document, DocumentFile, FileFormat, LanguageVersion

#: Bytes. The largest documents of the Organization are atlases of some 60 MB.
LARGEST = 100 * 1024 * 1024
_HTML_HEAD = 65536


class FileRefused(ValidationError):
    """Raised for a file that is not taken in; the message says what to do."""


@transaction.atomic
def replace_file(
    document: Document,
    *,
    language: str,
    upload: DjangoFile,
    file_format: str = "",
    by: User | None = None,
) -> DocumentFile:
    """Make a file the current one of its language and format; the one before becomes history.

    `file_format`: else by the upload's name. The language version is made where there is none. The
    same bytes again change nothing. Its text is read in a job. Raises FileRefused.
    """
    code = codes.normalise(language)
    if code is None:
        raise FileRefused(
            _("“%(tag)s” is none of the official languages: use one of %(codes)s.")
            % {"tag": language[:40], "codes": ", ".join(codes.CODES)}
        )
    chosen = _format(upload, file_format)
    _check(upload, chosen)
    digest = _digest(upload)
    # The document's row, and so its versions and files, are changed by one at a time.
    Document.objects.select_for_update().get(pk=document.pk)
    version, _is_new = LanguageVersion.objects.get_or_create(document=document, language=code)
    current = DocumentFile.objects.current().filter(version=version, format=chosen).first()
    if current is not None and current.sha256 == digest:
        return current
    if current is not None:
        _retire(current)
    file = DocumentFile(
        version=version,
        format=chosen,
        name=PurePath(upload.name or "").name[:255],
        sha256=digest,
        size=upload.size,
        uploaded_by=by,
    )
    upload.seek(0)
    file.file.save("", upload, save=False)
    try:
        file.save()
        _noted(file, journal.REPLACED if current else journal.ADDED, by=by)
        request_extraction(file)
    except BaseException:
        file.file.storage.delete(file.file.name)
        raise
    return file


@transaction.atomic
def withdraw_file(file: DocumentFile, *, by: User | None = None) -> None:
    """Take a current file from its readers; it stays in the history. Twice is once."""
    if not file.is_current:
        return
    _retire(file)
    _noted(file, journal.WITHDRAWN, by=by)


@transaction.atomic
def restore_file(file: DocumentFile, *, by: User | None = None) -> DocumentFile:
    """Make a file of the history the current one again; the one that is now becomes history."""
    if file.is_current:
        return file
    same = DocumentFile.objects.current().filter(version=file.version, format=file.format)
    for current in same.select_for_update():
        _retire(current)
    file.replaced_at = None
    file.save(update_fields=["replaced_at"])
    _noted(file, journal.RESTORED, by=by)
    return file


def _retire(file: DocumentFile) -> None:
    file.replaced_at = timezone.now()
    file.save(update_fields=["replaced_at"])


def _noted(file: DocumentFile, action: str, *, by: User | None) -> None:
    """Write down what was done with a file, and let everybody know that its document changed."""
    document = file.version.document
    log(
        instance=document,
        action=action,
        user=by,
        data={"language": file.version.language, "format": file.format, "sha256": file.sha256},
    )
    Document.objects.filter(pk=document.pk).update(changed_at=timezone.now())
    documents_changed([document.pk])


def _format(upload: DjangoFile, named: str) -> str:
    ending = PurePath(upload.name or "").suffix.lower().lstrip(".")
    chosen = named or {"htm": "html"}.get(ending, ending)
    if chosen not in FileFormat.values or (ending not in (chosen, "htm") and named):
        raise FileRefused(
            _("“%(name)s” is of no format that documents are kept in: use PDF, DOCX or HTML.")
            % {"name": upload.name}
        )
    return chosen


def _check(upload: DjangoFile, file_format: str) -> None:
    if not upload.size:
        raise FileRefused(_("“%(name)s” is empty.") % {"name": upload.name})
    if upload.size > LARGEST:
        raise FileRefused(
            _("“%(name)s” is larger than %(largest)s: divide it, or make its pictures smaller.")
            % {"name": upload.name, "largest": file_size(LARGEST)}
        )
    try:
        if file_format == FileFormat.HTML:
            _check_html(upload)
        else:
            check_content(upload)
    except FileRefused:
        raise
    except ValidationError as error:
        raise FileRefused(error.messages) from error


def _check_html(upload: DjangoFile) -> None:
    upload.seek(0)
    head = upload.read(_HTML_HEAD)
    upload.seek(0)
    looking = _FirstElement()
    looking.feed(head.decode("utf-8", errors="replace"))
    if b"\x00" in head or not looking.is_page:
        raise FileRefused(_("“%(name)s” is not a page in HTML.") % {"name": upload.name})


class _FirstElement(HTMLParser):
    """Whether a file begins with the elements of a page, and not with those of something else."""

    is_page = False
    _seen = False

    def handle_decl(self, decl: str) -> None:
        self.is_page = self.is_page or decl.lower().startswith("doctype html")

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if not self._seen:
            self._seen = True
            self.is_page = self.is_page or tag in ("html", "head", "body")


def _digest(upload: DjangoFile) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _row_gone(sender: type, instance: DocumentFile, **kwargs: Any) -> None:
    """The bytes go once nobody can look for them any more."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def register() -> None:
    """Listen to files being deleted (from AppConfig.ready)."""
    post_delete.connect(_row_gone, sender=DocumentFile)
