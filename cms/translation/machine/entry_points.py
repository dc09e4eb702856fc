"""Where a machine is asked from: the side-by-side editor."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cms.pages.models import Page

from ..side_by_side import Offer
from .planning import is_on, may_propose
from .views import address


def offer(page: Page, source: str, target: str, user: User) -> Offer | None:
    """The way to a proposal, where a service is named and the user may write the language."""
    if not is_on() or not may_propose(user, page, target):
        return None
    return Offer(address(target, [page.pk], source), _("Propose by machine"))
