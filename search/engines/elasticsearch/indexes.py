"""The indexes of one prefix: which of them serve, and in which state."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple
from uuid import uuid4

from search.engines.elasticsearch.rows import (
    WHILE_FILLED,
    WHILE_SERVING,
    about,
    alias_of,
    template,
)
from search.engines.elasticsearch.server import FINISHING, LEASING, MANAGING, Server


class Serving(NamedTuple):
    """An index that serves: whether processes of this version, whether it was built whole, and
    whether it is shut for writing."""

    name: str
    ours: bool
    whole: bool
    shut: bool


class Indexes:
    """The indexes of one prefix: which serve, making them, letting another serve."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._pattern = f"{server.address.prefix}.index-*"

    def serving(self) -> list[Serving]:
        """The indexes that serve: one, or none, but for a moment of two versions at once."""
        with self.server.asking(LEASING) as client:
            found = client.indices.get(
                index=f"{self.server.address.prefix}.serving-*",
                features=["aliases", "mappings", "settings"],
                allow_no_indices=True,
                ignore_unavailable=True,
            )
        alias = alias_of(self.server.address)
        return [
            Serving(
                name=name,
                ours=alias in one["aliases"],
                whole=bool((one["mappings"].get("_meta") or {}).get("whole")),
                shut=one["settings"]["index"].get("blocks", {}).get("write") == "true",
            )
            for name, one in found.items()
        ]

    def create(self, *, whole: bool, serving: bool) -> str:
        """A new, empty index. Its name."""
        address = self.server.address
        name = f"{address.prefix}.index-{time.strftime('%Y%m%d%H%M%S')}-{uuid4().hex[:8]}"
        with self.server.asking(MANAGING) as client:
            template(address).save(using=client)
            client.indices.create(
                index=name,
                mappings={"_meta": about(whole=whole)},
                settings=None if serving else WHILE_FILLED,
                aliases={alias_of(address): {}} if serving else None,
            )
        return name

    def activate(self, name: str) -> None:
        """Let an index serve instead of all others, in one step."""
        every = f"{self.server.address.prefix}.serving-*"
        actions = [{"remove": {"index": old.name, "alias": every}} for old in self.serving()]
        add = {"index": name, "alias": alias_of(self.server.address)}
        with self.server.asking(MANAGING) as client:
            client.indices.update_aliases(actions=[*actions, {"add": add}])

    def finish(self, name: str) -> None:
        """Make an index that was filled as safe as one that serves."""
        with self.server.asking(FINISHING) as client:
            client.indices.put_settings(index=name, settings=WHILE_SERVING)
            client.indices.refresh(index=name)
            client.indices.flush(index=name)

    def shut(self, name: str) -> None:
        """Let nothing more be written to an index, whoever thinks that it may."""
        with self.server.asking(MANAGING) as client:
            client.indices.add_block(index=name, block="write")

    def open(self, name: str) -> None:
        """Let an index be written again."""
        with self.server.asking(MANAGING) as client:
            client.indices.put_settings(index=name, settings={"index.blocks.write": None})

    def sweep(self) -> None:
        """Delete what does not serve; only under the lease for rebuilding."""
        serving = {one.name for one in self.serving()}
        with self.server.asking(MANAGING) as client:
            found = client.indices.get_settings(index=self._pattern, name="index.uuid")
            for name in sorted(set(found) - serving):
                client.options(ignore_status=404).indices.delete(index=name)


def rebuild_reason(serving: Sequence[Serving]) -> str:
    """Why what serves must be built anew; "" where it is fit for use."""
    ours = [one for one in serving if one.ours]
    if not serving:
        return "There is no index yet."
    if not ours:
        return "The index was built by another version of this software."
    if not all(one.whole for one in ours):
        return "The index was begun without what was there before."
    return ""
