"""What a crawl tried and found, as text for people and as JSON for `CRAWL_REPORT`."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .crawl import Report
from .judging import Leak

#: The name of the property that a test's report carries to the summary, across processes.
PROPERTY = "canary crawl"


def as_property(caller: str, report: Report) -> str:
    """One crawl as JSON, to travel with a test's report."""
    leaks = [
        {"address": leak.address, "method": leak.method, "label": leak.label, "what": leak.what}
        for leak in report.leaks
    ]
    return json.dumps(
        {
            "caller": caller,
            "addresses": sorted(report.addresses),
            "tried": dict(report.tried),
            "answers": {str(status): count for status, count in report.answers.items()},
            "leaks": leaks,
        }
    )


def told(leaks: Iterable[Leak]) -> str:
    """A message for a failed assertion: a line an address and method, the first reasons each."""
    by_place: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for leak in leaks:
        reasons = by_place[leak.address, leak.caller, leak.method]
        reason = f"{leak.label}: {leak.what}"
        if reason not in reasons:
            reasons.append(reason)
    lines = []
    for place, reasons in by_place.items():
        lines.append(" · ".join(place))
        lines += [f"    {reason[:300]}" for reason in reasons[:4]]
        lines += [f"    … and {len(reasons) - 4} more"] if len(reasons) > 4 else []
    return "\n".join(lines)


def summary(crawls: list[dict[str, Any]]) -> list[str]:
    """Lines for the end of the run: addresses × callers × methods, and the leaks."""
    addresses = {name for crawl in crawls for name in crawl["addresses"]}
    callers = list(dict.fromkeys(crawl["caller"] for crawl in crawls))
    tried = sum((Counter(crawl["tried"]) for crawl in crawls), Counter())
    methods = ", ".join(f"{method} {count}" for method, count in tried.most_common())
    leaks = sum(len(crawl["leaks"]) for crawl in crawls)
    return [
        f"{len(addresses)} addresses × {len(callers)} callers ({', '.join(callers)})",
        f"{tried.total()} requests: {methods}",
        f"{leaks} leaks",
    ]


def write(crawls: list[dict[str, Any]], path: Path) -> None:
    """All of it, for whoever counts."""
    path.write_text(json.dumps(crawls, indent=1, ensure_ascii=False))
