"""Elections and candidatures are changed by the elections desk and by the Secretariat."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy

from cms.access.record_policies import SiteRecordPolicy
from cms.pages.models import SiteKind

from .models import Ballot, Body, Candidature, Election


def register() -> None:
    """Fill Wagtail's registry (from AppConfig.ready)."""
    for model in (Body, Election, Candidature, Ballot):
        register_permission_policy(model, SiteRecordPolicy(model, kind=SiteKind.CANDIWEB))
