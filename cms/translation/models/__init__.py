"""What the room of translation keeps, a family a module."""

from .together import ReleaseItem, ReleaseSet, SetState

__all__ = ["ReleaseItem", "ReleaseSet", "SetState"]
