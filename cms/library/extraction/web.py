"""The text of an HTML file: its words, without scripts and styles."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from .faults import LARGEST_PART, LONGEST_TEXT, Unreadable
from .tidy import tidied

_SILENT = frozenset({"script", "style", "template", "noscript", "svg", "head"})
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "i", "mark", "q", "s", "small"}
    | {"span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)


def read(path: Path) -> tuple[str, None]:
    """(text, None: a page of the web has no pages). Raises Unreadable."""
    if path.stat().st_size > LARGEST_PART:
        raise Unreadable("too_large")
    sink = _Letters()
    parser = etree.HTMLParser(target=sink, no_network=True, huge_tree=False)
    try:
        with path.open("rb") as stream:
            while (chunk := stream.read(65536)) and not sink.is_full:
                parser.feed(chunk)
        if not sink.is_full:
            parser.close()
    except etree.ParserError as error:
        raise Unreadable("damaged") from error
    except etree.XMLSyntaxError as error:
        if not sink.text():
            raise Unreadable("damaged") from error
    text = tidied(sink.text())[:LONGEST_TEXT]
    if not text:
        raise Unreadable("no_text")
    return text, None


class _Letters:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._silent = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag not in _INLINE:
            self._parts.append("\n")

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)

    def data(self, data: str) -> None:
        if not self._silent:
            self._parts.append(data)
            self._length += len(data)

    def close(self) -> None:
        """Nothing is held open."""

    @property
    def is_full(self) -> bool:
        return self._length > LONGEST_TEXT or len(self._parts) > 4 * LONGEST_TEXT

    def text(self) -> str:
        return "".join(self._parts)
