"""`make bench`: what requests cost in processor time, all in one run, in two tables.

Each public view stands beside the floor (a WSGI function that returns the very same bytes under
the same server) and beside the like view of a stock Wagtail with the same text. The editors'
screens stand beside their bounds; a bound that is broken makes the run fail.

Measured on a few sites, in some minutes; `ARGS=--full`: on the whole demo, and more often.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from rich.console import Console
from rich.table import Table

from missions_site.settings.environment import environment_with

from .client import Answer, Cost, UnexpectedAnswer, get, measure
from .editing import Screen, editing_table, measure_editing
from .server import Server

ROOT = Path(__file__).resolve().parent.parent
#: Sites of a short run: enough that a query a site would show.
MISSIONS = 20
#: How long each of its repeats asks.
SHORT = {"cpu_seconds": 0.7, "most": 1500}
KEPT_HEADERS = {"content-type", "content-language", "cache-control", "etag", "vary"}


@dataclass(frozen=True)
class View:
    """One address to measure. `fresh`: each request asks for what no cache holds yet."""

    name: str
    host: str
    path: str
    stock_path: str
    fresh: bool = False

    def path_of(self, number: int) -> str:
        """The path of the n-th request."""
        return f"{self.path}?fresh={number}" if self.fresh else self.path


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    view: View
    ours: Cost
    floor: Cost
    stock: Cost
    queries: int
    stock_queries: int


def main() -> None:
    """Make the sites if they are not there, measure, print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the whole demo, and more repeats")
    parser.add_argument("--data-dir", type=Path, help="default: var/bench, or var/bench-full")
    parser.add_argument("--mission", default="fra", help="code of the mission that is measured")
    parser.add_argument("--page", default="/en/", help="its page (default: its home)")
    parser.add_argument("--repeats", type=int, help="of each public view (default: 3, full: 5)")
    parser.add_argument("--only", choices=("editing", "public"), help="one of the two tables")
    options = parser.parse_args()
    options.repeats = options.repeats or (5 if options.full else 3)
    folder = options.data_dir or ROOT / "var" / ("bench-full" if options.full else "bench")
    environment = environment_with(
        DATA_DIR=str(folder.resolve()),
        DJANGO_SETTINGS_MODULE="missions_site.settings.dev",
        PYTHONPATH=str(ROOT),
    )
    console = Console(width=None if sys.stdout.isatty() else 120)
    started = time.monotonic()
    console.print(f"• Sites, in {folder}")
    world = _prepare(environment, full=options.full)
    screens: list[Screen] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        where = {"environment": environment, "scratch": Path(scratch)}
        if options.only != "public":
            console.print("• Editors’ screens")
            screens = _measure_editing(world, rounds=15 if options.full else 5, **where)
            console.print(editing_table(screens))
        if options.only != "editing":
            console.print("• Public views")
            rows = _measure_all(options, **where)
            console.print(_table(rows, repeats=options.repeats))
    console.print(f"{world['sites']} sites; the whole took {time.monotonic() - started:.0f} s.")
    if not all(screen.is_held for screen in screens):
        sys.exit("A bound is broken.")


def _prepare(environment: dict[str, str], *, full: bool) -> dict[str, Any]:
    if full:
        command = [sys.executable, "manage.py", "run_platform", "--prepare-only"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.world", "--missions", "0" if full else str(MISSIONS)],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(made.stdout.splitlines()[-1])


def _measure_editing(
    world: dict[str, Any], *, environment: dict[str, str], scratch: Path, rounds: int
) -> list[Screen]:
    folder = scratch / "editing"
    folder.mkdir()
    with Server(
        target="missions_site.wsgi:application", folder=folder, environment=environment
    ) as server:
        return measure_editing(server, world, rounds=rounds)


def _measure_all(
    options: argparse.Namespace, *, environment: dict[str, str], scratch: Path
) -> list[Row]:
    often = {"repeats": options.repeats} | ({} if options.full else SHORT)
    ours_folder, stock_folder = scratch / "ours", scratch / "stock"
    ours_folder.mkdir()
    stock_folder.mkdir()
    stock_environment = environment | {"DJANGO_SETTINGS_MODULE": "benchmarks.stock.settings"}

    with Server(
        target="missions_site.wsgi:application", folder=ours_folder, environment=environment
    ) as server:
        host = f"{options.mission}.localhost"
        listing = f"/api/v3/pages/?site={options.mission}&limit=20"
        page = _expect(server, host=host, path=options.page)
        stock_page = _build_stock(page, folder=stock_folder, environment=stock_environment)
        views = [
            View("public page, as served", host, options.page, "/article-0/"),
            View("public page, rendered afresh", host, options.page, "/article-0/", fresh=True),
            View(
                "API, one page",
                host,
                f"/api/v3/pages/{_last_page_of(server, host=host, listing=listing)}/",
                f"/api/v3/pages/{stock_page}/",
            ),
            View("API, list of 20 pages", host, listing, "/api/v3/pages/?limit=20"),
        ]
        answers = [_expect(server, host=view.host, path=view.path) for view in views]
        ours = [measure(server, host=view.host, path_of=view.path_of, **often) for view in views]

    floor = [
        _measure_floor(
            answer, folder=scratch / f"floor-{number}", environment=environment, often=often
        )
        for number, answer in enumerate(answers)
    ]
    with Server(
        target="benchmarks.stock.wsgi:application",
        folder=stock_folder,
        environment=stock_environment,
    ) as server:
        stock = [
            measure(server, host="localhost", path_of=_always(view.stock_path), **often)
            for view in views
        ]
    counts = _count_queries(
        [(view.host, view.path_of(0), view.path_of(1)) for view in views],
        folder=ours_folder,
        environment=environment,
    )
    stock_counts = _count_queries(
        [("localhost", view.stock_path, view.stock_path) for view in views],
        folder=stock_folder,
        environment=stock_environment,
    )
    columns = zip(views, ours, floor, stock, counts, stock_counts, strict=True)
    return [Row(*column) for column in columns]


def _expect(server: Server, *, host: str, path: str) -> Answer:
    answer = get(server, host=host, path=path)
    if answer.status != 200:
        raise UnexpectedAnswer(f"{answer.status} for http://{host}{path}:\n{server.log()}")
    return answer


def _last_page_of(server: Server, *, host: str, listing: str) -> int:
    """The id of the last page of a listing: one with a text of its own, not the site's home."""
    return json.loads(_expect(server, host=host, path=listing).body)["items"][-1]["id"]


def _build_stock(page: Answer, *, folder: Path, environment: dict[str, str]) -> int:
    """Make the stock site with the text of our page; the id of its first article."""
    main = BeautifulSoup(page.body, "html.parser").find("main")
    (folder / "body.html").write_text(main.decode_contents(), encoding="utf-8")
    built = subprocess.run(
        [sys.executable, "-m", "benchmarks.stock.build"],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return int(built.stdout.split()[-1])


def _measure_floor(
    answer: Answer, *, folder: Path, environment: dict[str, str], often: dict[str, Any]
) -> Cost:
    folder.mkdir()
    kept = [pair for pair in answer.headers if pair[0].lower() in KEPT_HEADERS]
    (folder / "floor.body").write_bytes(answer.body)
    (folder / "floor.headers").write_text(
        json.dumps([*kept, ("Content-Length", str(len(answer.body)))])
    )
    with Server(
        target="benchmarks.floor:application", folder=folder, environment=environment
    ) as server:
        return measure(server, host="localhost", path_of=_always("/"), **often)


def _always(path: str) -> Callable[[int], str]:
    return lambda _number: path


def _count_queries(
    views: list[tuple[str, str, str]], *, folder: Path, environment: dict[str, str]
) -> list[int]:
    arguments = [part for view in views for part in view]
    counted = subprocess.run(
        [sys.executable, "-m", "benchmarks.queries", *arguments],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(counted.stdout.splitlines()[-1])


def _table(rows: list[Row], *, repeats: int) -> Table:
    table = Table(
        title="CPU milliseconds a request (user + system time of the server's one worker)",
        caption=(
            f"Median of {repeats} repeats. Floor: a WSGI function that returns the same bytes "
            "under the same server. Stock: Wagtail as it comes, one site, the same text."
        ),
    )
    table.add_column("view")
    for name in ("ours", "floor", "stock", "queries", "stock queries", "KB", "ms to answer", "n"):
        table.add_column(name, justify="right")
    for row in rows:
        table.add_row(
            row.view.name,
            f"{row.ours.cpu_ms:.2f}",
            f"{row.floor.cpu_ms:.2f}",
            f"{row.stock.cpu_ms:.2f}",
            str(row.queries),
            str(row.stock_queries),
            f"{row.ours.size / 1024:.1f}",
            f"{row.ours.wall_ms:.2f}",
            str(row.ours.requests),
        )
    return table


if __name__ == "__main__":
    main()
