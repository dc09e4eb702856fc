"""Who may show readers the languages of a page, or take them back; asked by admin and API."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cms.pages.models import Page

from .audiences import Reader


def why_not_release(user: Reader, page: Page) -> str:
    """Why a user may not release or withdraw languages of a page; "" for who may."""
    allowed = page.permissions_for_user(user)
    if not allowed.can_publish():
        return _("Whoever may publish this page releases its languages.")
    if page.alias_of_id:
        return _("This page repeats another page: release that one.")
    if allowed.page_locked():
        return _("This page is locked: nobody may release it until it is unlocked.")
    return ""


def require_release(user: Reader, page: Page) -> None:
    """Raise PermissionDenied for who may not publish the page, ValidationError for a page that
    can't be released now; both say why."""
    reason = why_not_release(user, page)
    if not reason:
        return
    if page.permissions_for_user(user).can_publish():
        raise ValidationError(reason)
    raise PermissionDenied(reason)
