"""Start-up checks: a wrong SEARCH_URL, a directory that can't be written and a server that is
absent, or is another than is needed, are said at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from search.engines import engine_from_url
from search.engines.base import Engine, EngineError, InvalidSearchURL


@checks.register("search")
def check_search_url(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """`search.E001` wrong URL, `search.E002` unusable place, `search.W001` a server that does not
    answer, `search.I001` to be rebuilt.

    A server that is away is no error: the platform starts without it, says that search is not
    available, and catches up when it is back.
    """
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
    try:
        return _judged(engine)
    finally:
        engine.close()


def _judged(engine: Engine) -> list[checks.CheckMessage]:
    if outage := engine.outage():
        return [
            checks.Warning(
                "The search index can't be asked: searches find nothing, and say so.",
                hint=outage,
                id="search.W001",
            )
        ]
    if obstacle := engine.obstacle():
        return [
            checks.Error(
                "The search index can't be kept where SEARCH_URL says.",
                hint=f"{obstacle} Or let SEARCH_URL name another place.",
                id="search.E002",
            )
        ]
    try:
        reason = engine.rebuild_reason() if engine.exists() else ""
    except EngineError as error:  # Answers, but not with what is needed: rights, for example.
        return [checks.Error("The search index can't be read.", hint=str(error), id="search.E003")]
    if reason:  # A new installation has none, and needs no telling.
        return [
            checks.Info(
                reason,
                hint="Run manage.py search_rebuild, or leave manage.py search_index --watch "
                "running, which does it by itself.",
                id="search.I001",
            )
        ]
    return []
