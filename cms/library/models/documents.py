"""Documents by symbol, and what each is filed under."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from blocks.symbols import permanent_address
from cms.access.audiences import NOBODY, PUBLIC
from cms.languages import codes
from cms.languages.fields import column, text_in

from ..ordering import ORDER_KEY_LENGTH, natural_key
from ..suffixes import family_key
from ..symbols import MAX_LENGTH, clean_symbol, parse_symbol, symbol_key
from .subjects import Subject

#: Sent inside the transaction when a document and what it is edited with are written: `instance`.
document_written = Signal()


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


#: Codes of issuing bodies that have a name in words; others are shown as they are ("AC.105").
BODIES = {
    "GA": _("General Assembly"),
    "C.1": _("First Committee"),
    "C.2": _("Second Committee"),
    "C.3": _("Third Committee"),
    "C.4": _("Fourth Committee"),
    "C.5": _("Fifth Committee"),
    "C.6": _("Sixth Committee"),
    "SC": _("Security Council"),
    "ECOSOC": _("Economic and Social Council"),
    "TC": _("Trusteeship Council"),
    "ICJ": _("International Court of Justice"),
    "ST": _("Secretariat"),
}


class AgendaItem(models.Model):
    """An item of a body's agenda, as documents name it: "item 71 (b), 78th session".

    The library's own light record: what a committee does with an item is the committee's to keep.
    `body`: code of the body whose agenda it is; `number`: as on the agenda ("71 (b)").
    Translated: `title`.
    """

    body = models.CharField(pgettext_lazy("UN body", "body"), max_length=32, default="GA")
    session = models.CharField(_("session"), max_length=32)
    number = models.CharField(_("number"), max_length=16)
    title = models.CharField(_("title"), max_length=500, blank=True)
    order_key = models.CharField(max_length=ORDER_KEY_LENGTH, editable=False, default="")

    class Meta:
        verbose_name = pgettext_lazy("of a document", "agenda item")
        verbose_name_plural = pgettext_lazy("of documents", "agenda items")
        ordering = ["order_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "session", "number"], name="one_item_a_body_session_and_number"
            )
        ]

    def __str__(self) -> str:
        title = text_in(self, "title", codes.active())[0]
        return f"{self.body} {self.session}: {self.number} {title}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.order_key = natural_key(f"{self.body}/{self.session}/{self.number}")
        super().save(*args, **kwargs)


class Document(ClusterableModel):
    """One document of the United Nations, known by its symbol.

    `symbol`: as issued; `key`: its one spelling for looking up; `year`: where no exact date is
    known; `body`: code of the issuing body; `session`: as printed ("79", "S-10", "XXX");
    `order_key`: sorts symbols as people count; `family_key`: its symbol without what stands for a
    revision, addendum, corrigendum or amendment; `relations_settled`: people have said what it is a
    revision (and so on) of, and its symbol is no longer asked; `changed_at`: it, its versions,
    files, relations, subjects or agenda items.
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
        Subject,
        through="DocumentSubject",
        verbose_name=_("subjects"),
        blank=True,
        related_name="documents",
    )
    agenda_items = models.ManyToManyField(
        AgendaItem,
        through="DocumentAgendaItem",
        verbose_name=pgettext_lazy("of documents", "agenda items"),
        blank=True,
        related_name="documents",
    )
    order_key = models.CharField(max_length=ORDER_KEY_LENGTH, editable=False, default="")
    family_key = models.CharField(max_length=MAX_LENGTH, editable=False, default="", db_index=True)
    relations_settled = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(
        _("changed"), default=timezone.now, editable=False, db_index=True
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        # The newest first; the key makes the order total, so that pages of a list never overlap.
        ordering = [models.F("date").desc(nulls_last=True), "-year", "key"]
        indexes = [
            models.Index(fields=["distribution", "-date"], name="library_newest"),
            models.Index(fields=["order_key"], name="library_symbol_order"),
        ]

    def __str__(self) -> str:
        return self.symbol

    def clean(self) -> None:
        """Tidy the symbol; ask for a title in one language and for one document a symbol.

        Of a new document, what was left out is filled in as far as the symbol says it.
        """
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
        if self._state.adding:
            self._fill_in_from_symbol()

    def _fill_in_from_symbol(self) -> None:
        """The distribution is left alone: an editor may say that a document is no longer limited
        or restricted."""
        said = parse_symbol(self.symbol).proposals()
        self.body = self.body or said.get("body", "")
        self.session = self.session or said.get("session", "")
        if self.date is None and self.year is None:
            self.year = said.get("year")
        if self.document_type == DocumentType.OTHER:
            self.document_type = said.get("document_type", DocumentType.OTHER)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_in()
        super().save(*args, **kwargs)
        document_written.send(type(self), instance=self)

    def fill_in(self) -> None:
        """Set what follows from the rest, before it is written; for `bulk_create` too."""
        self.key = symbol_key(self.symbol)
        self.order_key = natural_key(self.key)
        self.family_key = family_key(self.key)
        self.changed_at = timezone.now()

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


class DocumentSubject(models.Model):
    """That a document is about a subject."""

    document = ParentalKey(Document, on_delete=models.CASCADE, related_name="subject_links")
    subject = models.ForeignKey(
        Subject, on_delete=models.CASCADE, related_name="+", verbose_name=_("subject")
    )

    class Meta:
        db_table = "library_document_subjects"
        verbose_name = _("subject of a document")
        verbose_name_plural = _("subjects of documents")
        unique_together = [("document", "subject")]

    def __str__(self) -> str:
        return f"{self.document}: {self.subject}"


class DocumentAgendaItem(models.Model):
    """That a document was issued under an agenda item."""

    document = ParentalKey(Document, on_delete=models.CASCADE, related_name="agenda_links")
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=pgettext_lazy("of a document", "agenda item"),
    )

    class Meta:
        verbose_name = _("agenda item of a document")
        verbose_name_plural = _("agenda items of documents")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "item"], name="one_link_a_document_and_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.item}"
