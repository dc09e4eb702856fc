"""The blocks alone: what higher layers put into their registries is left out."""

import pytest

from blocks import symbols


@pytest.fixture(autouse=True)
def _no_resolvers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(symbols, "_resolvers", [])
