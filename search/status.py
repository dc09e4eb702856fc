"""The state of the index and of the queue before it, in figures."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from search.engines.base import Engine
from search.models import IndexState
from search.outbox import waiting

_FAILURES_SHOWN = 20


def index_status(engine: Engine) -> dict[str, Any]:
    """Figures that JSON can hold.

    ``index``: the fields of `EngineStatus`. ``queue``: ``waiting`` and ``failing`` (rows),
    ``lag_seconds`` (age of the oldest row that did not fail), ``failures`` (the first of them:
    key, attempts, error). ``rebuilding_since``: when a running rebuild was last seen, or None.
    """
    rows = waiting()
    oldest = rows.filter(attempts=0).values_list("created", flat=True).first()
    failing = rows.filter(attempts__gt=0)
    state = IndexState.objects.filter(rebuild__isnull=False).first()
    seen = state.rebuild_seen if state else None
    return {
        "index": asdict(engine.status()),
        "queue": {
            "waiting": rows.count(),
            "failing": failing.count(),
            "lag_seconds": (timezone.now() - oldest).total_seconds() if oldest else 0.0,
            "failures": list(failing.values("key", "attempts", "error")[:_FAILURES_SHOWN]),
        },
        "rebuilding_since": seen.isoformat() if seen else None,
    }
