"""Every change of state of this room's records: a file for sessions, one for draft proposals."""

from .drafts import (
    TransitionRefused,
    Vote,
    add_sponsors,
    adopt_by_vote,
    adopt_without_vote,
    reject,
    revise,
    table,
    withdraw,
)
from .sessions import CommitteeHasNoSite, make_current, open_session, provision_committee

__all__ = [
    "CommitteeHasNoSite",
    "TransitionRefused",
    "Vote",
    "add_sponsors",
    "adopt_by_vote",
    "adopt_without_vote",
    "make_current",
    "open_session",
    "provision_committee",
    "reject",
    "revise",
    "table",
    "withdraw",
]
