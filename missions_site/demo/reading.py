"""The demo's data files, read one way by all that load them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cms.languages.fields import column

DATA = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """What a JSON file below `data/` holds."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def in_six(field: str, texts: Mapping[str, str] | None) -> dict[str, str]:
    """{column: text} of a field in the languages that have it."""
    return {column(field, code): text for code, text in (texts or {}).items() if text}


def body_in_six(texts: Mapping[str, list[dict[str, Any]]]) -> dict[str, str]:
    """{column: blocks, as JSON} of `body` in the languages that have it."""
    return {column("body", code): json.dumps(blocks) for code, blocks in texts.items()}


def day(value: str | None) -> date | None:
    """A day as files write it, YYYY-MM-DD; None where there is none."""
    return date.fromisoformat(value) if value else None
