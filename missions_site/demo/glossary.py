"""The demo's glossary: States, organs, and a sample of the library's thesaurus."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from cms.translation.glossary.loading import Loaded, load_glossary, load_terms

DATA = Path(__file__).parent / "data"


def load(report: Callable[[str, int, int], None]) -> None:
    """Load all three; a second call finds them as they are."""
    load_glossary()
    load_sample()


def load_sample() -> Loaded:
    """The terms of `data/terms.json`, which says where they come from."""
    return load_terms(json.loads((DATA / "terms.json").read_text(encoding="utf-8")))
