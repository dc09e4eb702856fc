"""`make bench-search`: how good and how fast search is, in tables.

On the embedded engine in a folder of its own, and with `--elasticsearch URL` on Elasticsearch too,
in indexes of their own. `ARGS=--help` tells what can be chosen.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from rich.console import Console
from rich.table import Table

from missions_site.settings.environment import environment_with
from search.analysis import LANGUAGES
from search.engines import engine_from_url

from . import corpus, growth, known_items, relevance, speed

ROOT = Path(__file__).resolve().parents[2]
CONSOLE = Console(width=120)


def main() -> None:
    """Measure what was asked for, and print it."""
    reason = corpus.missing()
    if reason:
        CONSOLE.print(f"Nothing measured. {reason}")
        return
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        for name, address in _engines(Path(folder), options.elasticsearch).items():
            if "relevance" in options.only:
                for amount in dict.fromkeys((0, options.noise)):
                    _relevance(f"{name}-{amount}", f"{address}-good-{amount}", amount, options)
            if "speed" in options.only:
                CONSOLE.print(
                    growth.chart(
                        name,
                        {
                            amount: _speed(
                                f"{name}, {amount:,} notes", f"{address}-fast-{amount}", amount
                            )
                            for amount in options.sizes
                        },
                    )
                )
        if "speed" in options.only and options.stock:
            _stock(folder, options.stock)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-search", description=__doc__)
    parser.add_argument("--seeds", default="1,2", help="of the known items; several, by commas")
    parser.add_argument("--amount", type=int, default=known_items.A_KIND, help="a kind and seed")
    parser.add_argument("--noise", type=int, default=100_000, help="documents in the way")
    parser.add_argument("--million", action="store_true", help="time with 1,000,000 notes too")
    parser.add_argument(
        "--stock", type=int, default=10_000, help="notes in Wagtail's database search; 0: not asked"
    )
    parser.add_argument("--failures", action="store_true", help="list what was not found first")
    parser.add_argument(
        "--only", action="append", choices=("relevance", "speed"), help="one of the two"
    )
    parser.add_argument(
        "--elasticsearch", default="", help="elasticsearch+http://host:port/prefix, measured too"
    )
    options = parser.parse_args()
    options.only = options.only or ["relevance", "speed"]
    options.sizes = [10_000, 100_000, *([1_000_000] if options.million else [])]
    return options


def _engines(folder: Path, elasticsearch: str) -> dict[str, str]:
    found = {"embedded": f"embedded://{folder}/index"}
    if elasticsearch:
        found["elasticsearch"] = f"{elasticsearch}-bench"
    return found


def _relevance(name: str, address: str, amount: int, options: argparse.Namespace) -> None:
    items = corpus.items()
    engine = engine_from_url(address)
    relevance.fill(engine, chain(items, corpus.noise(amount)))
    wanted = (
        one
        for seed in options.seeds.split(",")
        for one in known_items.known_items(items, seed, options.amount)
    )
    found = relevance.scores(engine, wanted)
    table = Table("MRR@10", *LANGUAGES, title=f"{name}: {amount:,} documents of noise")
    for kind in dict.fromkeys(kind for kind, _ in found):
        cells = [
            f"{found[kind, code].mean:.3f}" if (kind, code) in found else "" for code in LANGUAGES
        ]
        table.add_row(kind, *cells)
    CONSOLE.print(table)
    _missed(found, told=options.failures, judged=not amount)
    engine.close()


def _missed(found: dict[tuple[str, str], relevance.Score], *, told: bool, judged: bool) -> None:
    for (kind, language), score in found.items():
        if judged and score.mean < relevance.target(kind, language):
            goal = relevance.target(kind, language)
            CONSOLE.print(f"Below {goal}: {kind}, {language} ({score.mean:.3f}).")
        if told:
            for one, rank, hits in score.failures:
                CONSOLE.print(f"{language} {kind}: {one.text!r} {rank:.2f} {one.key} {hits}")


def _speed(name: str, address: str, amount: int) -> dict[str, speed.Timing]:
    engine = engine_from_url(address)
    filled = speed.built(engine, amount)
    CONSOLE.print(
        f"{name}: {filled.documents / filled.seconds:,.0f} documents a second "
        f"({filled.documents / filled.cpu:,.0f} a second of processor), "
        f"{filled.size / 1e6:,.0f} MB, memory at most {filled.memory / 1e6:,.0f} MB"
    )
    timings = speed.timings(engine)
    CONSOLE.print(_times(name, timings.items()))
    engine.close()
    return timings


def _times(name: str, timings: Iterable[tuple[str, speed.Timing]]) -> Table:
    table = Table("ms", "p50", "p95", "processor p50", title=name)
    for kind, timing in timings:
        table.add_row(kind, f"{timing.p50:.1f}", f"{timing.p95:.1f}", f"{timing.cpu:.1f}")
    return table


def _stock(folder: str, amount: int) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.search.stock", str(amount)],
        cwd=folder,
        env=environment_with(
            PYTHONPATH=str(ROOT), DJANGO_SETTINGS_MODULE="benchmarks.stock.settings"
        ),
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(run.stdout.splitlines()[-1])
    name = f"Wagtail's database search, {amount:,} notes"
    CONSOLE.print(f"{name}: {amount / told['seconds']:,.0f} documents a second")
    times = {kind: speed.Timing(**values) for kind, values in told["timings"].items()}
    CONSOLE.print(_times(name, times.items()))


if __name__ == "__main__":
    main()
