"""What the room of translation keeps, a family a module."""

from .glossary import Term, TermKind
from .machine import Failure, MachineProposal, ProposalState
from .together import ReleaseItem, ReleaseSet, SetState

__all__ = [
    "Failure",
    "MachineProposal",
    "ProposalState",
    "ReleaseItem",
    "ReleaseSet",
    "SetState",
    "Term",
    "TermKind",
]
