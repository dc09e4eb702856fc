"""An index in a folder of its own, and builders over dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from pytest_django import Settings

from search import registry
from search.documents import Document
from search.engines.base import Engine
from search.services import engine as engine_of_settings
from tests.search.factories import document


class Notes:
    """A builder over a dictionary of id and text; a text "broken" can't be built."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.asked: list[str] = []

    def documents(self, ids: Sequence[str]) -> Iterable[Document]:
        self.asked += ids
        for identity in ids:
            text = self.texts.get(identity)
            if text == "broken":
                raise ZeroDivisionError("can't be built")
            if text is not None:
                yield document(f"note:{identity}", body=text)

    def all_ids(self) -> Iterable[str]:
        return list(self.texts)


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    """The only builder there is."""
    builder = Notes()
    monkeypatch.setattr(registry, "_builders", {"note": builder})
    return builder


@pytest.fixture
def index(tmp_path: Path, settings: Settings) -> Iterator[Engine]:
    """The engine that settings name, on an empty folder."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    engine = engine_of_settings()
    yield engine
    engine.close()
