"""The records of the Main Committees and the pages that show them."""

from .bureau import Committee, CommitteeSession, Office, Officer
from .drafts import DraftKind, DraftProposal, DraftState, DraftStep, Sponsor
from .pages import CommitteeHomePage, SessionPage
from .programme import AgendaItem, Meeting, MeetingStatus
from .statements import Statement

__all__ = [
    "AgendaItem",
    "Committee",
    "CommitteeHomePage",
    "CommitteeSession",
    "DraftKind",
    "DraftProposal",
    "DraftState",
    "DraftStep",
    "Meeting",
    "MeetingStatus",
    "Office",
    "Officer",
    "SessionPage",
    "Sponsor",
    "Statement",
]
