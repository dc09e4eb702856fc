from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from missions_site.demo.steps import Step, finish, pending
from missions_site.demo.summary import print_summary


class Command(BaseCommand):
    help = "Load the demo world into the database; goes on where an earlier load was stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--summary", action="store_true", help="only print what there is")
        parser.add_argument("--port", type=int, default=8000, help="port named in the summary")

    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "DEMO", False):
            raise CommandError(
                "The demo is only for development: run with missions_site.settings.dev."
            )
        if options["summary"]:
            print_summary(port=options["port"])
            return
        steps = pending()
        if not steps:
            self.stdout.write("  The demo is loaded.")
            return
        columns = (
            TextColumn("  {task.description:24}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns) as progress:
            for step in steps:
                self._run(step, progress)

    def _run(self, step: Step, progress: Progress) -> None:
        task = progress.add_task(step.label, total=None)

        def report(label: str, done: int, total: int) -> None:
            del label  # the step's own name stays; the items go by too fast to read
            progress.update(task, completed=done, total=total)

        step.load(report)
        finish(step)
        progress.update(task, total=progress.tasks[task].total or 1)
        progress.update(task, completed=progress.tasks[task].total)
