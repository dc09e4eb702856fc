"""What was wrong with a file, as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.languages.spreadsheets import FORMULA

from ..models import ImportRun


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        return text


def report_lines(run: ImportRun) -> Iterator[str]:
    """The problems of an import as CSV, a line at a time, for people to open in a spreadsheet."""
    writer: Any = csv.writer(_Echo())
    header = [pgettext("in a file", "Place"), _("Refused"), _("Reason")]
    yield "\ufeff" + writer.writerow(header)
    for problem in run.problems.iterator():
        cells = [problem.place, _("yes") if problem.is_refused else _("no"), problem.reason]
        yield writer.writerow([f"'{c}" if c.startswith(FORMULA) else c for c in cells])


def write_report(run: ImportRun, path: Path) -> None:
    """Write the problems of an import to a file. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(report_lines(run))
