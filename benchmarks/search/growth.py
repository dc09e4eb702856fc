"""How searching grows with what there is to search in, as a chart that Markdown can show."""

from __future__ import annotations

from collections.abc import Mapping

from .speed import Timing

DRAWN = (
    "a term, ten hits with passages",
    "three terms",
    "a term and four facets",
    "a mistyped word",
)
"""The kinds of search that a chart shows; a chart of all of them could not be read."""


def chart(name: str, timings: Mapping[int, Mapping[str, Timing]]) -> str:
    """A Mermaid chart of the median times by amount: one line a kind of search, named in the
    order in which they are drawn (https://mermaid.js.org/syntax/xyChart.html)."""
    amounts = sorted(timings)
    lines = [
        f"  line {[round(timings[amount][kind].p50, 1) for amount in amounts]}" for kind in DRAWN
    ]
    axis = ", ".join(f'"{amount:,}"' for amount in amounts)
    return "\n".join(
        [
            f"{name}: {'; '.join(DRAWN)}.",
            "```mermaid",
            "xychart-beta",
            f'  title "{name}"',
            f"  x-axis [{axis}]",
            '  y-axis "milliseconds, p50"',
            *lines,
            "```",
        ]
    )
