"""The record of what was done. Rows are added and, when they are old, pruned; never changed."""

from __future__ import annotations

import uuid
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from cms.pages.models import SiteProfile


class AppendOnly(TypeError):
    """Raised when code would change or delete what was recorded."""

    def __init__(self) -> None:
        super().__init__(
            "The audit record is only added to: to drop what is old, use "
            "cms.audit.services.prune or `manage.py prune_audit`."
        )


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads and adds."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly

    def drop(self) -> int:
        """Delete the rows; for `services.prune` alone. Gives how many there were."""
        return self._raw_delete(self.db)


class AuditEntry(models.Model):
    """Who did what to what, when and from where, as far as one site is concerned.

    What concerns two sites (a person who works for both) has a row for each, with the same `event`;
    one of them is `leading`, so that whoever sees all sites sees it once. `site` None: nobody's but
    the Secretariat's. `object_type`: "missions.newspage"; `session`: enough to tell two sessions
    apart, not to use one; `detail`: without secrets and without what concerns other sites.
    """

    event = models.UUIDField(default=uuid.uuid4, editable=False)
    leading = models.BooleanField(default=True)
    site = models.ForeignKey(
        SiteProfile,
        verbose_name=_("site"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    site_code = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(_("date and time"), default=timezone.now)
    actor = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor_name = models.CharField(_("person"), max_length=255, blank=True)
    action = models.CharField(_("action"), max_length=255)
    object_type = models.CharField(_("type"), max_length=200, blank=True)
    object_id = models.CharField(max_length=255, blank=True)
    object_label = models.CharField(_("name"), max_length=255, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    session = models.CharField(max_length=32, blank=True)
    detail = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    objects = AuditQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of the record")
        verbose_name_plural = _("entries of the record")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["site", "-at"], name="audit_site_at"),
            models.Index(fields=["leading", "-at"], name="audit_leading_at"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["site", "object_type"], name="audit_site_type"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly

    @property
    def action_label(self) -> str:
        """What was done, in the active language."""
        return action_label(self.action)

    @property
    def type_label(self) -> str:
        """What it was done to, in the active language."""
        return type_label(self.object_type)


def action_label(action: str) -> str:
    """The name of an action in the active language; the action itself where nobody named it."""
    registry.scan_for_actions()
    formatter = registry.formatters.get(action)
    return str(formatter.label) if formatter else action


def type_label(object_type: str) -> str:
    """The name of a model in the active language; "" for one that is gone."""
    try:
        return capfirst(str(apps.get_model(object_type)._meta.verbose_name))
    except (LookupError, ValueError):
        return ""
