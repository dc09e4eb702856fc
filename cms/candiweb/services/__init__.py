"""Every change of state of this room's records: a file for candidatures, one for elections."""

from .candidatures import CandidatureRefused, announce, endorse, submit, withdraw
from .elections import declare_elected, open_election, provision_candiweb

__all__ = [
    "CandidatureRefused",
    "announce",
    "declare_elected",
    "endorse",
    "open_election",
    "provision_candiweb",
    "submit",
    "withdraw",
]
