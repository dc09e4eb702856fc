"""The list of States that the project ships: what `import_missions` loads where no file is named.

`cms/missions/data/states.json`: names by United Nations terminology (datasets/country-codes,
PDDL 1.0), titles of missions written for the project; see missions_site/demo/DATA.md.
"""

from __future__ import annotations

import json
from pathlib import Path

from cms.languages.fields import column

STATES = Path(__file__).resolve().parent.parent / "data" / "states.json"
_NAMES = {"short_name": "short", "formal_name": "formal", "title": "mission_title"}


def reference_rows() -> list[tuple[int, dict[str, str]]]:
    """(number, row) of every State, in the shape that `import_missions` takes."""
    states = json.loads(STATES.read_text(encoding="utf-8"))
    return [(number, _row(state)) for number, state in enumerate(states, start=1)]


def _row(state: dict) -> dict[str, str]:
    row = {
        "code": state["code"],
        "iso2": state["iso2"],
        "status": state["status"],
        "regional_group": state["regional_group"],
        "admitted": state["admitted"] or "",
        "capital": state["capital"],
    }
    for name, key in _NAMES.items():
        row |= {column(name, code): text for code, text in state[key].items()}
    return row
