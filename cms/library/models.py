"""Documents, their language versions and their subjects.

Issue by issue these tables grow columns and neighbours (files of a version, revisions of a
document, the thesaurus behind the subjects); what is here stays where it is.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from blocks.symbols import permanent_address
from cms.access.audiences import NOBODY, PUBLIC
from cms.languages import codes
from cms.languages.fields import column, text_in
from cms.pages.models import LANGUAGE_CHOICES

from .symbols import MAX_LENGTH, clean_symbol, symbol_key


class DocumentType(models.TextChoices):
    """What a document is."""

    RESOLUTION = "resolution", _("Resolution")
    DECISION = "decision", _("Decision")
    DRAFT = "draft", _("Draft proposal")
    REPORT = "report", _("Report")
    LETTER = "letter", pgettext_lazy("document type", "Letter")
    RECORD = "record", _("Meeting record")
    STATEMENT = "statement", _("Statement")
    OTHER = "other", pgettext_lazy("document type", "Document")


class Distribution(models.TextChoices):
    """Who gets a document (ST/AI/189/Add.3/Rev.2: general, limited, restricted)."""

    GENERAL = "general", pgettext_lazy("distribution", "General")
    LIMITED = "limited", pgettext_lazy("distribution", "Limited")
    RESTRICTED = "restricted", pgettext_lazy("distribution", "Restricted")


#: Codes of issuing bodies that have a name in words; others are shown as they are ("C.3").
BODIES = {
    "GA": _("General Assembly"),
    "SC": _("Security Council"),
    "ECOSOC": _("Economic and Social Council"),
    "TC": _("Trusteeship Council"),
    "ICJ": _("International Court of Justice"),
    "ST": _("Secretariat"),
}


class Subject(models.Model):
    """What documents are about, named in six languages."""

    code = models.SlugField(_("code"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["code"]

    def __str__(self) -> str:
        return text_in(self, "name", codes.active())[0] or self.code

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)


class Document(ClusterableModel):
    """One document of the United Nations, known by its symbol.

    `symbol`: as issued; `key`: its one spelling for looking up; `year`: where no exact date is
    known; `body`: code of the issuing body; `session`: as printed ("79", "S-10", "XXX").
    """

    symbol = models.CharField(
        _("symbol"),
        max_length=MAX_LENGTH,
        unique=True,
        help_text=_("As it is printed on the document, for example A/C.3/78/L.49/Rev.1."),
    )
    key = models.CharField(max_length=MAX_LENGTH, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=1000, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    body = models.CharField(
        pgettext_lazy("UN body", "body"),
        max_length=32,
        blank=True,
        db_index=True,
        help_text=_("Code of the body that issued it: GA, SC, ECOSOC…"),
    )
    session = models.CharField(_("session"), max_length=32, blank=True)
    document_type = models.CharField(
        _("type"), max_length=16, choices=DocumentType.choices, default=DocumentType.OTHER
    )
    distribution = models.CharField(
        _("distribution"),
        max_length=16,
        choices=Distribution.choices,
        default=Distribution.GENERAL,
        help_text=_("A restricted document is never shown or found on the public sites."),
    )
    subjects = models.ManyToManyField(
        Subject, verbose_name=_("subjects"), blank=True, related_name="documents"
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        # The newest first; the key makes the order total, so that pages of a list never overlap.
        ordering = [models.F("date").desc(nulls_last=True), "-year", "key"]
        indexes = [models.Index(fields=["distribution", "-date"], name="library_newest")]

    def __str__(self) -> str:
        return self.symbol

    def clean(self) -> None:
        """Tidy the symbol; ask for a title in one language and for one document a symbol."""
        super().clean()
        try:
            self.symbol = clean_symbol(self.symbol)
        except ValidationError as error:
            raise ValidationError({"symbol": error}) from error
        same = Document.objects.filter(key=symbol_key(self.symbol)).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"symbol": _("There is a document with this symbol already.")})
        if not self.languages:
            raise ValidationError(_("Give the document a title in one language."))

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = symbol_key(self.symbol)
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return super().delete(*args, **kwargs)

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages in which the title is known, in the UN's order."""
        return tuple(code for code in codes.CODES if getattr(self, column("title", code)))

    @property
    def audience(self) -> str:
        """Who may read and find it (a token of `cms.access.audiences`)."""
        return NOBODY if self.distribution == Distribution.RESTRICTED else PUBLIC

    @property
    def address(self) -> str:
        """The permanent address, the same on every host: "/documents/S/RES/1325(2000)"."""
        return permanent_address(self.key)

    def address_in(self, code: str) -> str:
        """The address of the page about it in one language: "/fr/documents/A/RES/79/1"."""
        return f"/{codes.get(code).code}{self.address}"

    @property
    def body_name(self) -> str:
        """The issuing body's name in the active language, or its code."""
        return str(BODIES.get(self.body, self.body))


class LanguageVersion(models.Model):
    """That a document was issued in a language. Its files come to stand here."""

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
