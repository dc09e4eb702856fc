"""The manager of every page type."""

from __future__ import annotations

from wagtail.models import PageManager as WagtailPageManager

from cms.tenancy.managers import ScopedPages


class PageManager(ScopedPages, WagtailPageManager):
    """Wagtail's, kept inside the scope of the running request."""
