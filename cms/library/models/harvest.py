"""What harvesters are told of public documents: when each changed last, and which are gone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..symbols import MAX_LENGTH


class HarvestEntry(models.Model):
    """A document that is or was public. The row outlives it: deletions are told for good.

    `key`: of the document; `document_number`: its primary key, which may be of none any more;
    `body`: by which sets are made; `stamp`: of the last change, in whole seconds, UTC.
    """

    key = models.CharField(max_length=MAX_LENGTH, unique=True)
    document_number = models.BigIntegerField(db_index=True)
    body = models.CharField(max_length=32, blank=True)
    stamp = models.DateTimeField()
    is_deleted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("entry for harvesters")
        verbose_name_plural = _("entries for harvesters")
        ordering = ["stamp", "pk"]
        indexes = [
            models.Index(fields=["stamp", "id"], name="library_harvest"),
            models.Index(fields=["body", "stamp", "id"], name="library_harvest_set"),
        ]

    def __str__(self) -> str:
        return self.key
