"""Where a page may be copied, aliased or moved to: never to where more people would read it.

Wagtail's actions and the views of the admin both ask here. What a page points to is checked when
the copy is saved (`cms.access.references`).
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction
from wagtail.signals import pre_page_move

from cms.pages.models import Page
from cms.pages.sites import line_of

from .audiences import NOBODY, PORTAL, audiences_of_pages


class ShownToMore(PermissionDenied):
    """Raised where a restricted page would come to be read by more people than now."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This page is shown to some people only, and there it would be shown to more. "
                "Choose a place that is restricted alike, or change the page’s privacy first."
            )
        )


def check_copy(page: Page, parent: Page, *, recursive: bool) -> None:
    """Raise ShownToMore unless a copy or alias below `parent` is read by nobody who does not read
    the page now. Wagtail copies no restriction. `recursive`: with all below. Three queries."""
    restricting = Q(page__path__in=line_of(page.path))
    if recursive:
        restricting |= Q(page__path__startswith=page.path)
    _check(restricting, page, parent)


def check_move(page: Page, parent: Page) -> None:
    """Raise ShownToMore unless a page moved below `parent` is read by nobody new. Its own
    restriction, and those below it, move along. Three queries."""
    _check(Q(page__path__in=line_of(page.path)[:-1]), page, parent)


def _check(restricting: Q, page: Page, parent: Page) -> None:
    lost = PageViewRestriction.objects.filter(restricting).exclude(
        page__path__in=line_of(parent.path)
    )
    owners = list(Page._base_manager.filter(pk__in=lost.values("page")))
    if not owners:
        return
    there = audiences_of_pages([parent])[parent.pk]
    strictest = set(audiences_of_pages(owners).values())
    # A portal's page may stand below another restriction that admits the portal's readers only.
    if NOBODY in strictest or there not in (PORTAL, NOBODY):
        raise ShownToMore


def refuse_move(instance: Page, parent_page_after: Page, **_kwargs: object) -> None:
    """Wagtail's `pre_page_move` signal, which every way of moving a page sends."""
    check_move(instance, parent_page_after)


def register() -> None:
    """Listen (from AppConfig.ready)."""
    pre_page_move.connect(refuse_move, dispatch_uid="access.refuse_move")
