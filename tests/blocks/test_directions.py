"""Right to left: no template and no style of the blocks names a physical side."""

import re
from pathlib import Path

import pytest

import blocks

FOLDER = Path(blocks.__file__).parent
FILES = sorted([*FOLDER.rglob("*.html"), *FOLDER.rglob("*.css")])

PHYSICAL = re.compile(r"\b(left|right|(min-|max-)?width\s*:|(min-|max-)?height\s*:)", re.IGNORECASE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_side_is_named(path: Path) -> None:
    assert not PHYSICAL.search(path.read_text(encoding="utf-8"))


def test_the_search_for_sides_finds_them() -> None:
    assert FILES
    assert PHYSICAL.search("margin-left: 1rem")
    assert PHYSICAL.search("max-width: 10rem")
    assert not PHYSICAL.search('width="960" max-inline-size: 10rem')
