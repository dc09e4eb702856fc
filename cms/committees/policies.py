"""A committee's records are changed by its own secretaries and by the Secretariat."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy

from cms.access.record_policies import SiteRecordPolicy
from cms.pages.models import SiteKind

from .models import (
    AgendaItem,
    Committee,
    CommitteeSession,
    DraftProposal,
    Meeting,
    Statement,
)

#: The lookup from each record to the code of its committee, which is its site's too.
SITE_CODES = {
    Committee: "code",
    CommitteeSession: "committee__code",
    AgendaItem: "session__committee__code",
    Meeting: "session__committee__code",
    DraftProposal: "session__committee__code",
    Statement: "session__committee__code",
}


def register() -> None:
    """Fill Wagtail's registry (from AppConfig.ready)."""
    for model, site_code in SITE_CODES.items():
        register_permission_policy(
            model,
            SiteRecordPolicy(
                model, kind=SiteKind.COMMITTEE, site_code=site_code, fixed=model is Committee
            ),
        )
