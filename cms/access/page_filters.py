"""The filters of Wagtail's lists of pages, with one's own sites and people to choose from."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from wagtail.admin.views.pages import listing
from wagtail.models import PageLogEntry, Site

from cms.pages.models import Page
from cms.tenancy.scope import current


def editors(_request: HttpRequest | None) -> QuerySet[User]:
    """Who has edited a page of one's own sites."""
    edits = PageLogEntry.objects.filter(action="wagtail.edit")
    if current() is not None:
        edits = edits.filter(page__in=Page.objects.order_by().values("pk"))
    return User.objects.filter(pk__in=edits.order_by().values("user"))


def own_sites(_request: HttpRequest | None) -> QuerySet[Site]:
    """One's own sites."""
    scope = current()
    return Site.objects.all() if scope is None else Site.objects.filter(profile__in=scope.sites)


class OwnPageFilterSet(listing.GenericPageFilterSet):
    """Wagtail's offers every site and every editor of the installation."""

    edited_by = listing.EditedByFilter(
        label=listing.PageFilterSet.base_filters["edited_by"].label,
        queryset=editors,
        widget=CheckboxSelectMultiple,
    )
    site = listing.SiteFilter(
        label=listing.PageFilterSet.base_filters["site"].label,
        queryset=own_sites,
        widget=CheckboxSelectMultiple,
    )

    class Meta(listing.GenericPageFilterSet.Meta):
        pass
