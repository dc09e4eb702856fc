"""The thesaurus: concepts named in six languages, what else they are called, and their links."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.languages import codes
from cms.languages.fields import text_in
from cms.pages.models import LANGUAGE_CHOICES


class Subject(ClusterableModel):
    """What documents are about. `uri`: the concept's own address, where a thesaurus gives one."""

    code = models.SlugField(_("code"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    uri = models.URLField(
        _("address of the concept"),
        max_length=200,
        blank=True,
        help_text=_("Where the thesaurus keeps it, for example http://metadata.un.org/thesaurus/…"),
    )
    broader = models.ManyToManyField(
        "self",
        verbose_name=_("broader subjects"),
        symmetrical=False,
        blank=True,
        related_name="narrower",
    )
    related = models.ManyToManyField("self", verbose_name=_("related subjects"), blank=True)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ["code"]

    def __str__(self) -> str:
        return text_in(self, "name", codes.active())[0] or self.code

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)


class SubjectLabel(models.Model):
    """Another word for a subject, by which people look for it (“used for” in a thesaurus)."""

    subject = ParentalKey(Subject, on_delete=models.CASCADE, related_name="labels")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    text = models.CharField(_("label"), max_length=200)

    class Meta:
        verbose_name = _("alternative label")
        verbose_name_plural = _("alternative labels")
        ordering = ["subject", "language", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "language", "text"], name="one_label_a_subject_and_language"
            )
        ]

    def __str__(self) -> str:
        return self.text
