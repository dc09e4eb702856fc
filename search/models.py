"""The outbox, and where the indexer stands."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class OutboxEntry(models.Model):
    """A change that the index does not show yet, written together with the change itself.

    Rows are applied in the order of their ids. A row says which object changed and not how: the
    object is read when the row is applied, so rows may be applied twice, or put together.
    """

    key = models.CharField(_("object"), max_length=200)
    created = models.DateTimeField(_("created"), db_default=Now())
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)
    applied = models.DateTimeField(
        _("applied"),
        null=True,
        blank=True,
        help_text=_("Set instead of deleting the row while a new index is being built."),
    )

    class Meta:
        verbose_name = _("change waiting for the index")
        verbose_name_plural = _("changes waiting for the index")
        ordering = ["id"]
        indexes = [models.Index(fields=["applied", "id"], name="search_outbox_in_order")]

    def __str__(self) -> str:
        return self.key


class IndexState(models.Model):
    """One row: the last version given to documents, and the rebuild that is running, if any."""

    SINGLE = 1

    version = models.BigIntegerField(_("last version"), default=0)
    rebuild = models.UUIDField(_("running rebuild"), null=True, blank=True)
    rebuild_seen = models.DateTimeField(_("rebuild last seen"), null=True, blank=True)
    rebuild_objects = models.PositiveIntegerField(_("objects treated by the rebuild"), default=0)

    class Meta:
        verbose_name = _("state of the index")
        verbose_name_plural = _("state of the index")

    def __str__(self) -> str:
        return f"version {self.version}"
