"""What a room's records of a site are in an archive; filled from `AppConfig.ready()`.

Kinds of site without a registered part can't be archived: half of them would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cms.pages.models import SiteProfile

from .archive.references import References

Json = Any
_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}")
#: Names of the archive's own records.
_RESERVED = frozenset({"site", "redirects"})


class PartTaken(ValueError):
    """Raised when a part's name can't be used."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} can't name a part of archives: use small letters, digits and hyphens, and "
            "none that another part has."
        )


@dataclass(frozen=True, kw_only=True)
class Part:
    """Records of a site. `name`: of the member, records/<name>.json; `kinds`: of site.

    `export(profile, references)` gives JSON that points to nothing by a database id.
    `check(told)` gives what is wrong with it, before anything is written.
    `restore(profile, told, references)` writes it, after pages and media, in the same transaction,
    and gives notes for whoever restores.
    """

    name: str
    kinds: frozenset[str]
    export: Callable[[SiteProfile, References], Json]
    check: Callable[[Json], list[str]]
    restore: Callable[[SiteProfile, Json, References], list[str]]


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Add a part, once. Raises PartTaken."""
    usable = _NAME.fullmatch(part.name) and part.name not in _RESERVED
    if not usable or _parts.setdefault(part.name, part) != part:
        raise PartTaken(part.name)


def parts_of(kind: str) -> list[Part]:
    """The parts of a kind of site, by name."""
    return [part for name, part in sorted(_parts.items()) if kind in part.kinds]


def kinds() -> frozenset[str]:
    """The kinds of site that can be suspended, archived, restored and deleted."""
    return frozenset().union(*(part.kinds for part in _parts.values()))
