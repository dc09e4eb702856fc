"""Tiles of the portal's home: each room puts its own here from its `AppConfig.ready()`.

The portal shows them to a reader whose audiences include the tile's; it knows no room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from .audiences import PORTAL, audiences_of

#: An address, or a function that gives it for a request; None: no tile this time.
TileUrl = str | Callable[[HttpRequest], str | None]


class TileTaken(ValueError):
    """Raised when two rooms use the same name for a tile."""

    def __init__(self, name: str) -> None:
        super().__init__(f"A tile is called {name!r} already: give yours another name.")


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A way into one service. `icon`: a file of includes/icons; `order`: low numbers come first;
    `audience`: a token of `cms.access.audiences`."""

    name: str
    label: str | Promise
    description: str | Promise = ""
    icon: str = "document"
    url: TileUrl = ""
    order: int = 100
    audience: str = PORTAL


@dataclass(frozen=True, kw_only=True)
class ShownTile:
    """A tile with its address, for `includes/tile.html`."""

    title: str
    text: str
    icon: str
    url: str


_tiles: dict[str, Tile] = {}


def register_tile(tile: Tile) -> None:
    """Add a tile, once. Raises TileTaken where another has its name."""
    if _tiles.setdefault(tile.name, tile) != tile:
        raise TileTaken(tile.name)


def unregister_tile(name: str) -> None:
    """Take a tile away (tests do)."""
    _tiles.pop(name, None)


def tiles_for(request: HttpRequest) -> list[ShownTile]:
    """The tiles that this request's reader may use, in order, in the active language."""
    audiences = audiences_of(request.user)
    shown = []
    for tile in sorted(_tiles.values(), key=lambda tile: (tile.order, tile.name)):
        if tile.audience not in audiences:
            continue
        url = tile.url(request) if callable(tile.url) else tile.url
        if url:
            shown.append(
                ShownTile(
                    title=str(tile.label), text=str(tile.description), icon=tile.icon, url=url
                )
            )
    return shown
