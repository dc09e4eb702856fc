"""Searches that readers keep."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.pages.models import LANGUAGE_CHOICES, SiteProfile

from .asking import Search, read


class Frequency(models.TextChoices):
    """How often a reader is told of what is new."""

    NEVER = "never", _("Do not write to me")
    DAILY = "daily", _("Every day, if there is something new")
    WEEKLY = "weekly", _("Every week, if there is something new")

    @property
    def period(self) -> timedelta | None:
        """The time between two letters; None for none."""
        return {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}.get(self)


class SavedSearch(models.Model):
    """A search of one reader, as the address of the search page tells it.

    `query`: its parameters, without the question mark; `site`: where it was asked, which matters
    where only that site is looked at; `seen`: short hashes of the objects that the reader has been
    told of, or that were there from the start; `next_at`: when to look again.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_searches")
    site = models.ForeignKey(SiteProfile, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=4000)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    frequency = models.CharField(
        _("letters"), max_length=8, choices=Frequency.choices, default=Frequency.NEVER
    )
    seen = models.JSONField(default=list, blank=True)
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)
    told_at = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def search(self) -> Search:
        """What is asked, from its first page. What can't be used any more is left out."""
        return read(QueryDict(self.query))[0].anew()

    @property
    def path(self) -> str:
        """The address of its results, the same on every host that has the site."""
        return f"/{self.language}/search/{self.search.query_string}"

    @property
    def feed_path(self) -> str:
        """The address of its Atom feed, of what the public may read."""
        return f"/{self.language}/search/feed/{self.search.query_string}"
