"""A progress bar for each builder, on a terminal; nothing where nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import OutputWrapper
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from search.registry import builders


@contextmanager
def bars(out: OutputWrapper) -> Iterator[Callable[[str, int], None]]:
    """Gives what is to be told of progress: a builder's prefix, and how many more were treated."""
    console = Console(file=out, force_terminal=out.isatty())  # type: ignore[arg-type]
    if not console.is_terminal:
        yield lambda prefix, count: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        tasks = {
            prefix: progress.add_task(prefix, total=sum(1 for _ in builder.all_ids()))
            for prefix, builder in builders().items()
        }
        yield lambda prefix, count: progress.advance(tasks[prefix], count)
