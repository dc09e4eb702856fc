"""Start-up checks: a wrong SEARCH_URL or a directory that can't be written is said at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from search.engines import engine_from_url
from search.engines.base import InvalidSearchURL


@checks.register("search")
def check_search_url(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """`search.E001` wrong URL, `search.E002` unusable place, `search.I001` to be rebuilt."""
    try:
        engine = engine_from_url(getattr(settings, "SEARCH_URL", ""))
    except InvalidSearchURL as error:
        return [
            checks.Error(
                "SEARCH_URL does not name a search engine that can be used.",
                hint=str(error),
                id="search.E001",
            )
        ]
    if obstacle := engine.obstacle():
        return [
            checks.Error(
                f"The search index can't be kept at {settings.SEARCH_URL}.",
                hint=f"{obstacle} Or let SEARCH_URL name another place.",
                id="search.E002",
            )
        ]
    reason = engine.rebuild_reason()
    if reason and engine.exists():  # A new installation has none, and needs no telling.
        return [
            checks.Info(
                reason,
                hint="Run manage.py search_rebuild, or leave manage.py search_index --watch "
                "running, which does it by itself.",
                id="search.I001",
            )
        ]
    return []
