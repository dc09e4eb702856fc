"""Every change of state of this room's records: candidatures, elections, and candidatures
from a table."""

from .candidatures import CandidatureRefused, announce, endorse, submit, withdraw
from .elections import declare_elected, open_election, provision_candiweb
from .importing import ImportRefused, import_candidatures, read_candidatures

__all__ = [
    "CandidatureRefused",
    "ImportRefused",
    "announce",
    "declare_elected",
    "endorse",
    "import_candidatures",
    "open_election",
    "provision_candiweb",
    "read_candidatures",
    "submit",
    "withdraw",
]
