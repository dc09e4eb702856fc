"""Imports and how far each is, so that one that was killed goes on where it stood."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportStatus(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", pgettext_lazy("of a job", "Waiting")
    RUNNING = "running", pgettext_lazy("of a job", "Running")
    DONE = "done", pgettext_lazy("of a job", "Done")
    FAILED = "failed", pgettext_lazy("of a job", "Failed")


class ImportRun(models.Model):
    """One file being loaded. Its number is random, so that no address can be guessed.

    `sha256`, `size`: of the file, by which it is known again; `position`: records dealt with;
    `read`: bytes; `created`, `updated`, `unchanged`, `refused`: records; `left_out`: parts of
    records that were not taken in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file"), max_length=255)
    format = models.CharField(_("format"), max_length=8)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(default=0)
    create_subjects = models.BooleanField(default=False)
    status = models.CharField(
        _("status"), max_length=8, choices=ImportStatus.choices, default=ImportStatus.WAITING
    )
    position = models.PositiveIntegerField(default=0)
    read = models.PositiveBigIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import of documents")
        verbose_name_plural = _("imports of documents")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where an uploaded file waits until it is loaded; closed to other accounts."""
        folder = Path(settings.IMPORTS_ROOT)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder / str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether there is more to come."""
        return self.status in (ImportStatus.WAITING, ImportStatus.RUNNING)

    @property
    def total(self) -> int:
        """Documents that the file brought, new or not."""
        return self.created + self.updated + self.unchanged


class ImportProblem(models.Model):
    """What was wrong with a record, or left out of one. `number`: of the record, from 1."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=100)
    reason = models.CharField(max_length=1000)
    is_refused = models.BooleanField()

    class Meta:
        verbose_name = _("problem of an import")
        verbose_name_plural = _("problems of imports")
        ordering = ["run", "number", "pk"]

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"
