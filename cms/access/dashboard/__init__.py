"""The admin's first page: it greets each role with its own work.

Owns the panels that follow from roles, pages and languages alone, and two registries for what the
rooms above know better: `register_quick_action` ("Add news") and `register_panel`. Does *not* know
any page type.
"""

from .registry import (
    register_panel,
    register_quick_action,
    unregister_panel,
    unregister_quick_action,
)

__all__ = [
    "register_panel",
    "register_quick_action",
    "unregister_panel",
    "unregister_quick_action",
]
