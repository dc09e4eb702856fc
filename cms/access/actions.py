"""Wagtail's actions on pages, with our rule of placement; registered in `wagtail_hooks`.

The API reaches pages through these. The admin's views name Wagtail's own actions: `page_views` asks
the same rule. Every way of moving a page sends `pre_page_move`, where `placement` listens.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.actions import (
    ActionRegistry,
    ConvertAliasPageAction,
    CopyPageAction,
    CreatePageAliasAction,
)

from cms.pages.changing import writable
from cms.pages.models import Page

from .placement import check_copy


class CopyAction(CopyPageAction):
    """Refuses to show a restricted page to more people."""

    def check(self, *args: Any, **kwargs: Any) -> None:
        super().check(*args, **kwargs)
        check_copy(self.page, self.to or self.page.get_parent(), recursive=self.recursive)


class AliasAction(CreatePageAliasAction):
    """Refuses to show a restricted page to more people."""

    def check(self, *args: Any, **kwargs: Any) -> None:
        super().check(*args, **kwargs)
        check_copy(self.page, self.parent or self.page.get_parent(), recursive=self.recursive)


class ConvertAction(ConvertAliasPageAction):
    """Refuses translators: an alias says in all languages what its page says."""

    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks=skip_permission_checks)
        if not skip_permission_checks and not writable(self.user, self.page).shared:
            raise PermissionDenied


def register(registry: ActionRegistry) -> None:
    """Wagtail's `register_actions` hook: these in the place of Wagtail's own."""
    for action in (CopyAction, AliasAction, ConvertAction):
        registry.register(Page, action)
