"""The demo's glossary: States, organs, and a sample of the library's thesaurus."""

from __future__ import annotations

from collections.abc import Callable

from cms.translation.glossary.loading import Loaded, load_glossary, load_terms

from .reading import read


def load(report: Callable[[str, int, int], None]) -> None:
    """Load all three; a second call finds them as they are."""
    load_glossary()
    load_sample()


def load_sample() -> Loaded:
    """The terms of `data/terms.json`, which says where they come from."""
    return load_terms(read("terms.json"))
