"""The records of elections and the pages that show them."""

from .ballots import Ballot, BallotResult
from .candidatures import Candidature, CandidatureStatus
from .elections import Body, Election, ElectionStatus, Majority, RegionalGroup, SeatAllocation
from .pages import CandiWebHomePage, ChartPage, ElectionPage

__all__ = [
    "Ballot",
    "BallotResult",
    "Body",
    "CandiWebHomePage",
    "Candidature",
    "CandidatureStatus",
    "ChartPage",
    "Election",
    "ElectionPage",
    "ElectionStatus",
    "Majority",
    "RegionalGroup",
    "SeatAllocation",
]
