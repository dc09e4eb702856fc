"""The state of the index and of the queue before it, in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from search.engines.base import Engine, EngineError
from search.models import IndexState
from search.outbox import waiting

_FAILURES_SHOWN = 20


def index_status(engine: Engine) -> dict[str, Any]:
    """Figures that JSON can hold.

    ``index``: the fields of `EngineStatus`, and how many objects there are of each kind
    (``kinds``) and in each language (``languages``). ``queue``: ``waiting`` and ``failing``
    (rows), ``lag_seconds`` (age of the oldest row that did not fail), ``failures`` (the first of
    them: key, attempts, error). ``rebuild``: None, or when the running one was last seen
    (``seen``, ISO 8601) and how many ``objects`` it has treated. ``problem``: why the index can't
    be asked, or "": then ``index`` is None.
    """
    try:
        index: dict[str, Any] | None = _index(engine)
        problem = ""
    except EngineError as error:
        index, problem = None, str(error)
    return {"index": index, "problem": problem, "queue": _queue(), "rebuild": _rebuild()}


def _index(engine: Engine) -> dict[str, Any]:
    status = asdict(engine.status())
    tallies: dict[str, Mapping[str, int]] = {"kinds": {}, "languages": {}}
    if status["documents"]:
        tallies = {"kinds": engine.tally("kind"), "languages": engine.tally("language")}
    return status | {name: dict(sorted(counts.items())) for name, counts in tallies.items()}


def _queue() -> dict[str, Any]:
    rows = waiting()
    oldest = rows.filter(attempts=0).values_list("created", flat=True).first()
    failing = rows.filter(attempts__gt=0)
    return {
        "waiting": rows.count(),
        "failing": failing.count(),
        "lag_seconds": (timezone.now() - oldest).total_seconds() if oldest else 0.0,
        "failures": list(failing.values("key", "attempts", "error")[:_FAILURES_SHOWN]),
    }


def _rebuild() -> dict[str, Any] | None:
    state = IndexState.objects.filter(rebuild__isnull=False).first()
    if state is None or state.rebuild_seen is None:
        return None
    return {"seen": state.rebuild_seen.isoformat(), "objects": state.rebuild_objects}
