"""Everything that was loaded becomes findable before the first visitor comes."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command


def load(report: Callable[[str, int, int], None]) -> None:
    """Build the search index anew from the database."""
    report("Search index", 0, 1)
    call_command("search_rebuild", verbosity=0)
    report("Search index", 1, 1)
