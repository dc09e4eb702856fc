"""Long work on a site with how far it is, and sites that are to be deleted."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.pages.models import SiteProfile

from .workspace import folder


class JobKind(models.TextChoices):
    """What is being done."""

    EXPORT = "export", _("Archive")
    RESTORE = "restore", _("Restoration")


class JobStatus(models.TextChoices):
    """How far it is."""

    WAITING = "waiting", pgettext_lazy("of a job", "Waiting")
    RUNNING = "running", pgettext_lazy("of a job", "Running")
    DONE = "done", pgettext_lazy("of a job", "Done")
    FAILED = "failed", pgettext_lazy("of a job", "Failed")


#: A job of these is not over.
OPEN = (JobStatus.WAITING, JobStatus.RUNNING)


class SiteJob(models.Model):
    """An archive being made or restored. Its number is random, so that no address can be guessed.

    `done`, `total`: in pages, images and files; `place`: where to restore, `Place` as JSON;
    `stamp`: of the site's content when it was archived; `keep_until`: when the archive is removed
    (None: not by itself).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=JobKind.choices)
    status = models.CharField(
        _("status"), max_length=16, choices=JobStatus.choices, default=JobStatus.WAITING
    )
    site = models.ForeignKey(
        SiteProfile, on_delete=models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    code = models.SlugField(_("code"), max_length=32, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    place = models.JSONField(default=dict, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    counts = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    stamp = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    keep_until = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("archive or restoration of a site")
        verbose_name_plural = _("archives and restorations of sites")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"

    @property
    def path(self) -> Path:
        """The archive: what an export makes, what a restoration reads."""
        return folder("made" if self.kind == JobKind.EXPORT else "received") / f"{self.pk}.zip"

    @property
    def is_open(self) -> bool:
        """Whether there is more to come."""
        return self.status in OPEN

    @property
    def has_file(self) -> bool:
        """Whether there is an archive to download."""
        is_made = self.kind == JobKind.EXPORT and self.status == JobStatus.DONE
        return is_made and self.path.exists()

    @property
    def file_name(self) -> str:
        """What the archive is called for whoever downloads it: "fra-2026-11-22.zip"."""
        return f"{self.code}-{self.created_at:%Y-%m-%d}.zip"


class ScheduledDeletion(models.Model):
    """A site that is deleted when its time of grace is over; suspended until then.

    `was_active`: what cancelling goes back to; `archive`: made before anything is deleted.
    """

    site = models.OneToOneField(SiteProfile, on_delete=models.CASCADE, related_name="deletion")
    due_at = models.DateTimeField(_("deleted on"), db_index=True)
    scheduled_at = models.DateTimeField(auto_now_add=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    was_active = models.BooleanField()
    archive = models.ForeignKey(
        SiteJob, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("scheduled deletion of a site")
        verbose_name_plural = _("scheduled deletions of sites")

    def __str__(self) -> str:
        return f"{self.site}: {self.due_at:%Y-%m-%d}"
