"""What revises, adds to, corrects or amends what."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from cms.languages import codes

from .. import suffixes
from .documents import Document


class RelationKind(models.TextChoices):
    """How a document stands to the one that it is “of”."""

    REVISION = suffixes.REVISION, _("Revision")
    ADDENDUM = suffixes.ADDENDUM, _("Addendum")
    CORRIGENDUM = suffixes.CORRIGENDUM, _("Corrigendum")
    AMENDMENT = suffixes.AMENDMENT, _("Amendment")


def check_languages(value: Any) -> None:
    """Raise ValidationError for what is no list of codes of the six languages."""
    if not isinstance(value, list) or any(code not in codes.CODES for code in value):
        raise ValidationError(
            _("Name languages by their codes: %(codes)s."),
            params={"codes": ", ".join(codes.CODES)},
        )


class DocumentRelation(models.Model):
    """`document` is a revision, addendum, corrigendum or amendment of `of`.

    `languages`: codes of those that a corrigendum applies to, in the UN's order; [] is all.
    """

    document = ParentalKey(
        Document,
        on_delete=models.CASCADE,
        related_name="relations",
        verbose_name=_("document"),
    )
    of = models.ForeignKey(
        Document,
        on_delete=models.CASCADE,
        related_name="related_documents",
        verbose_name=_("of the document"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=RelationKind.choices)
    languages = models.JSONField(
        _("only for"),
        default=list,
        blank=True,
        validators=[check_languages],
        help_text=_("Languages that a corrigendum applies to; none is all."),
    )

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "of"], name="one_relation_of_two_documents"
            ),
            models.CheckConstraint(
                condition=~Q(document=F("of")), name="no_document_relates_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_kind_display()} · {self.of}"

    def clean(self) -> None:
        if self.languages and self.kind != RelationKind.CORRIGENDUM:
            raise ValidationError({"languages": _("Only a corrigendum applies to some languages.")})

    def applies_to(self, language: str) -> bool:
        """Whether a reader of this language is concerned."""
        return not self.languages or language in self.languages
