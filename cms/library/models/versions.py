"""The languages in which a document was issued, and the files of each."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from cms.pages.models import LANGUAGE_CHOICES

from .documents import Document


class LanguageVersion(models.Model):
    """That a document was issued in a language."""

    document = ParentalKey(Document, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)

    class Meta:
        verbose_name = _("language version")
        verbose_name_plural = _("language versions")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language"], name="one_version_a_document_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.language})"


class FileFormat(models.TextChoices):
    """What a language version is kept in; the value ends the file's name."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    HTML = "html", "HTML"


class Extraction(models.TextChoices):
    """How far the text of a file has come. Refused: the file is such that it is never tried again
    by itself; failed: something went wrong that may go better another time."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    REFUSED = "refused", _("Refused")


class ExtractionFault(models.TextChoices):
    """Why there is no text, and what the editor can do about it."""

    ENCRYPTED = "encrypted", _("The file asks for a password. Save it without one.")
    DAMAGED = "damaged", _("The file is damaged or cut off. Save it again and replace it.")
    TOO_LARGE = (
        "too_large",
        _("The file holds too much when it is unpacked. Divide it into smaller files."),
    )
    TOO_MANY_PAGES = (
        "too_many_pages",
        _("The file has too many pages. Divide it into smaller files."),
    )
    TOO_SLOW = (
        "too_slow",
        _("Reading the file took too long. Save it again from its source, or in another format."),
    )
    NO_MEMORY = (
        "no_memory",
        _("Reading the file took too much memory. Save it again, or in another format."),
    )
    HOSTILE = (
        "hostile",
        _("The file holds instructions that no document needs. Make it again from its source."),
    )
    NO_TEXT = (
        "no_text",
        _("The file holds pictures of pages and no text. Replace it with one that holds text."),
    )
    MISSING = "missing", _("The file is no longer there. Upload it again.")
    CRASHED = "crashed", _("The text could not be read. Try again, or replace the file.")


def upload_name(instance: DocumentFile, filename: str) -> str:
    """A name in the storage that nobody guesses and no other file ever has."""
    token = secrets.token_hex(16)
    return f"library/{token[:2]}/{token}.{instance.format}"


class _WithoutText(models.Manager):
    """Files without their text, which may be long: whoever needs it asks for it."""

    def get_queryset(self) -> QuerySet[DocumentFile]:
        return super().get_queryset().defer("text")

    def current(self) -> QuerySet[DocumentFile]:
        """Those that have not been replaced."""
        return self.get_queryset().filter(replaced_at=None)


class DocumentFile(models.Model):
    """A file of a language version. One of each format is current; those before it are history.

    `name`: as it was uploaded; `sha256`: in hexadecimal; `size`: bytes; `pages`: of a PDF, once it
    has been read; `text`: what was read in it, at most `extraction.LONGEST_TEXT` characters;
    `detected_language`: code of one of the six, "" where none is likely.
    """

    version = models.ForeignKey(
        LanguageVersion,
        on_delete=models.CASCADE,
        related_name="files",
        verbose_name=_("language version"),
    )
    format = models.CharField(_("format"), max_length=4, choices=FileFormat.choices)
    file = models.FileField(_("file"), upload_to=upload_name, max_length=120)
    name = models.CharField(_("name"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    text = models.TextField(blank=True)
    detected_language = models.CharField(_("language found"), max_length=2, blank=True)
    extraction = models.CharField(
        _("text"), max_length=8, choices=Extraction.choices, default=Extraction.WAITING
    )
    fault = models.CharField(max_length=16, choices=ExtractionFault.choices, blank=True)
    extracted_at = models.DateTimeField(_("text read"), null=True, blank=True)

    objects = _WithoutText()

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        ordering = ["version", "format", "-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "format"],
                condition=Q(replaced_at=None),
                name="one_current_file_a_format",
            )
        ]
        indexes = [
            models.Index(
                fields=["uploaded_at"],
                condition=Q(extraction="waiting"),
                name="library_waiting_files",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.get_format_display()}"

    @property
    def is_current(self) -> bool:
        return self.replaced_at is None

    @property
    def filename(self) -> str:
        """What a reader saves it as: "A_C.3_78_L.49-FR.pdf"."""
        symbol = self.version.document.key.replace("/", "_")
        return f"{symbol}-{self.version.language.upper()}.{self.format}"

    @property
    def address(self) -> str:
        """Where the current file of this format is, now and after it is replaced."""
        return file_address(self.version.document, self.version.language, self.format)

    @property
    def extraction_error(self) -> str:
        """Why there is no text and what to do, in the active language; "" if nothing is wrong."""
        return str(ExtractionFault(self.fault).label) if self.fault else ""

    @property
    def is_in_another_language(self) -> bool:
        """Whether the text seems to be in another of the six languages than the version's."""
        return bool(self.detected_language) and self.detected_language != self.version.language


def file_address(document: Document, language: str, file_format: str) -> str:
    """The permanent address of a file: "/documents/files/fr/A/RES/79/1.pdf"."""
    return reverse(
        "library:file",
        kwargs={"language": language, "symbol": document.key, "file_format": file_format},
    )
