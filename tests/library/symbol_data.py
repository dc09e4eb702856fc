"""The symbols of the shared data, cell by cell."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

#: {file: {column: what parts several symbols of one cell, "" where a cell holds one}}.
COLUMNS: dict[str, dict[str, str]] = {
    "sc_documents.csv": {"symbol": "", "related_symbols": ";"},
    "sc_subject_index.csv": {"symbol": ""},
    "sc_meetings.csv": {
        "meeting_record": "",
        "press_release": "",
        "resolutions": "|",
        "presidential_statements": "|",
        "drafts": "|",
    },
    "third_committee_78_drafts.csv": {"symbol": ""},
    "ga_roll_calls.csv": {"unres": ""},
    "sc_resolution_texts.jsonl": {"symbol": ""},
}


def cells() -> Iterator[tuple[str, str]]:
    """(file and column, symbol) of every cell that is not blank."""
    for name, columns in COLUMNS.items():
        for row in _rows(DATA / name):
            for column, parts in columns.items():
                texts = row[column].split(parts) if parts else [row[column]]
                yield from ((f"{name} {column}", text) for text in texts if text.strip())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8", newline="") as stream:
        yield from map(json.loads, stream) if path.suffix == ".jsonl" else csv.DictReader(stream)
