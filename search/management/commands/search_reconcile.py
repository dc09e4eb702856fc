"""Compare the index with the database, and repair what differs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.management.bars import bars
from search.reconciling import Drift, Kind, drifts, repair
from search.services import engine

_MEANING = {
    Kind.MISSING: "should be found and is not in the index",
    Kind.EXTRA: "in the index, and should not be",
    Kind.STALE: "in the index as they were once",
    Kind.AUDIENCE: "in the index for other readers than may read them",
    Kind.BROKEN: "can't be built, and nothing tries them again",
}
_DRIFT, _NOT_COMPARED = 1, 2


class Command(BaseCommand):
    """Ends with 0 where nothing differs, 1 where something did, 2 where nothing can be compared."""

    help = (
        "Compares the search index with the database and enqueues what differs, so that the "
        "indexer repairs it. Changes that wait in the queue are late and do not count as "
        "differing. Ends with 1 if anything differed."
    )
    # A wrong SEARCH_URL would end with 1, which means drift here.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report-only", action="store_true", help="repair nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object, for machines")
        parser.add_argument(
            "--list", type=int, default=100, metavar="N", help="keys to list of each kind (100)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = _Report(listed=options["list"])
        try:
            with bars(self.stderr) as advance:

                def progress(prefix: str, count: int) -> None:
                    report.compared += count
                    advance(prefix, count)

                found = drifts(engine(), progress=progress)
                for one in found if options["report_only"] else repair(found):
                    report.add(one)
        except EngineError as error:
            raise CommandError(str(error), returncode=_NOT_COMPARED) from error
        enqueued = 0 if options["report_only"] else report.total
        if options["json"]:
            self.stdout.write(report.as_json(enqueued=enqueued))
        else:
            self.stdout.write("\n".join(report.lines()))
        if report.total:
            what = "enqueued them to be repaired" if enqueued else "repaired nothing"
            raise CommandError(
                f"{report.total} of {report.compared} objects differed; {what}.", returncode=_DRIFT
            )


class _Report:
    """What differed: counted in full, listed in part."""

    def __init__(self, *, listed: int) -> None:
        self.compared = 0
        self._most = listed
        self._counts = dict.fromkeys(Kind, 0)
        self._listed: dict[Kind, list[Drift]] = {kind: [] for kind in Kind}

    def add(self, one: Drift) -> None:
        """Count one, and list it if it is among the first of its kind."""
        self._counts[one.kind] += 1
        if self._counts[one.kind] <= self._most:
            self._listed[one.kind].append(one)

    @property
    def total(self) -> int:
        """How many differed."""
        return sum(self._counts.values())

    def as_json(self, *, enqueued: int) -> str:
        """``compared``, ``enqueued`` and, by kind, ``drift``: count and objects."""
        drift = {
            kind: {
                "count": self._counts[kind],
                "objects": [{"key": one.key, "detail": one.detail} for one in some],
            }
            for kind, some in self._listed.items()
        }
        told = {"compared": self.compared, "enqueued": enqueued, "drift": drift}
        return json.dumps(told, ensure_ascii=False, indent=2)

    def lines(self) -> Iterator[str]:
        """For people."""
        for kind, some in self._listed.items():
            if count := self._counts[kind]:
                yield f"{kind}: {count} {_MEANING[kind]}"
                for one in some:
                    yield f"  {one.key}" + (f" ({one.detail})" if one.detail else "")
                if count > len(some):
                    yield f"  and {count - len(some)} more"
        if not self.total:
            yield f"No drift: {self.compared} objects compared."
