"""Inline content of XLIFF 2.1: text with its markup as codes that a translator can't break.

A pair of tags becomes `<pc>`, any other tag `<ph>`; the tags themselves stand in the unit's
`<originalData>`. What XML can't hold becomes `<cp>`. Read is what tools may make of it: also `<sc>`
and `<ec>`, and annotations, which are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from lxml import etree

from . import markup
from .documents import Refused
from .markup import Tag, Token

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
#: Characters that XML 1.0 (2.2) does not allow.
_NOT_XML = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff])")
_FORMATS = frozenset({"b", "strong", "i", "em", "sup", "sub", "u", "code"})
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){1,4}")


def q(name: str) -> str:
    """The name with XLIFF's namespace, as lxml writes it."""
    return f"{{{NAMESPACE}}}{name}"


# --- writing -------------------------------------------------------------------------------------


@dataclass
class Codes:
    """The codes of one unit: their ids are the same in its source and its target."""

    data: dict[str, str] = field(default_factory=dict)  # tag: id of its <data>
    known: list[tuple[str, str]] = field(default_factory=list)  # (tag, id) of the source's codes
    last: int = 0

    def data_ref(self, tag: str) -> str:
        return self.data.setdefault(tag, f"d{len(self.data) + 1}")

    def new_id(self) -> str:
        self.last += 1
        return str(self.last)

    def write_data(self, unit: etree._Element) -> None:
        """Add `<originalData>` to a unit that has codes."""
        if self.data:
            original = etree.SubElement(unit, q("originalData"))
            for tag, ref in self.data.items():
                append_words(etree.SubElement(original, q("data"), id=ref), tag)


def write_text(parent: etree._Element, text: str) -> None:
    """Put plain text into a `<source>` or `<target>`."""
    append_words(parent, text)


def write_html(parent: etree._Element, text: str, codes: Codes, *, is_source: bool) -> None:
    """Put HTML into a `<source>`, or afterwards into the `<target>` of the same unit."""
    parts = markup.tokens(text)
    pairs = markup.partners(parts)
    unused = list(codes.known)
    ends = set(pairs.values())
    stack = [parent]
    for position, part in enumerate(parts):
        if isinstance(part, str):
            append_words(stack[-1], part)
        elif position in ends:
            stack.pop()
        else:
            end = parts[pairs[position]] if position in pairs else None
            code_id = _code_id(str(part), codes, unused, is_source=is_source)
            element = _code(stack[-1], part, end, code_id, codes)
            if end is not None:
                stack.append(element)


def _code_id(tag: str, codes: Codes, unused: list[tuple[str, str]], *, is_source: bool) -> str:
    """The id of the next code of the source with the same tag, else a new one."""
    if not is_source:
        for known in unused:
            if known[0] == tag:
                unused.remove(known)
                return known[1]
    made = codes.new_id()
    if is_source:
        codes.known.append((tag, made))
    return made


def _code(
    parent: etree._Element, tag: Tag, end: Token | None, code_id: str, codes: Codes
) -> etree._Element:
    allowed = "yes" if tag.is_free else "no"
    attributes = {"id": code_id, "canCopy": allowed, "canDelete": allowed}
    if end is None:
        attributes |= {"dataRef": codes.data_ref(str(tag))}
    else:
        attributes |= {
            "dataRefStart": codes.data_ref(str(tag)),
            "dataRefEnd": codes.data_ref(str(end)),
        }
    attributes["type"] = _type(tag)
    return etree.SubElement(parent, q("ph" if end is None else "pc"), attributes)


def _type(tag: Tag) -> str:
    if tag.name in _FORMATS or tag.name == "br":
        return "fmt"
    if tag.name == "a":
        return "link"
    return "image" if tag.name in ("img", "embed") else "other"


def append_words(parent: etree._Element, words: str) -> None:
    """Add characters after what an element holds; `<cp>` for those that XML has not."""
    for piece in _NOT_XML.split(words):
        if _NOT_XML.fullmatch(piece):
            etree.SubElement(parent, q("cp"), hex=f"{ord(piece):04X}")
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + piece
        else:
            parent.text = (parent.text or "") + piece


def printable(words: str) -> str:
    """The words without what XML can't hold."""
    return _NOT_XML.sub("", words)


# --- reading -------------------------------------------------------------------------------------


class Reader:
    """Reads the sources and targets of one unit. Raises Refused, with the line."""

    def __init__(self, unit: etree._Element) -> None:
        self._data = {
            data.get("id", ""): self._plain(data) for data in unit.iterfind(f".//{q('data')}")
        }
        #: id: (tag, end tag) of the codes met so far, the source's first.
        self._codes: dict[str, tuple[str, str]] = {}

    def text(self, element: etree._Element) -> str:
        """The plain text of a `<source>` or `<target>`."""
        return "".join(self._words(element, allow_codes=False))

    def html(self, element: etree._Element) -> str:
        """The HTML of a `<source>` or `<target>`; read the source first."""
        return markup.canonical("".join(self._words(element, allow_codes=True)))

    def _plain(self, element: etree._Element) -> str:
        return "".join(self._words(element, allow_codes=False))

    def _words(self, element: etree._Element, *, allow_codes: bool) -> Iterator[str]:
        keep = markup.escaped if allow_codes else str
        yield keep(element.text or "")
        for child in element:
            yield from self._child(child, allow_codes=allow_codes)
            yield keep(child.tail or "")

    def _child(self, child: etree._Element, *, allow_codes: bool) -> Iterator[str]:
        name = etree.QName(child).localname if _is_ours(child) else ""
        if name == "cp":
            character = _character(child)
            yield markup.escaped(character) if allow_codes else character
        elif name == "mrk":
            yield from self._words(child, allow_codes=allow_codes)
        elif name in ("sm", "em"):
            return
        elif name in ("ph", "pc", "sc", "ec") and allow_codes:
            start, end = self._tags(child, name)
            yield end if name == "ec" else start
            if name == "pc":
                yield from self._words(child, allow_codes=True)
                yield end
        else:
            raise Refused(
                _("<%(name)s> has no place in this text.") % {"name": etree.QName(child).localname},
                line=line_of(child),
            )

    def _tags(self, child: etree._Element, name: str) -> tuple[str, str]:
        """(tag, end tag) of a code: by its data, else what the code of the same id had."""
        known = self._codes.get(child.get("copyOf") or child.get("startRef") or child.get("id", ""))
        refs = {
            "pc": (child.get("dataRefStart"), child.get("dataRefEnd")),
            "sc": (child.get("dataRef"), None),
            "ec": (None, child.get("dataRef")),
        }.get(name, (child.get("dataRef"), None))
        start, end = (
            self._data.get(ref, "") if ref else (known or ("", ""))[place]
            for place, ref in enumerate(refs)
        )
        if not (end if name == "ec" else start):
            raise Refused(
                _("The code “%(id)s” is not one of the source.")
                % {"id": child.get("id") or child.get("startRef") or "?"},
                line=line_of(child),
            )
        if name in ("sc", "pc") and not end:
            end = _end_of(start)
        if child.get("id"):
            self._codes.setdefault(child.get("id", ""), (start, end))
        return start, end


def _end_of(start: str) -> str:
    for part in markup.tokens(start):
        if isinstance(part, Tag) and not part.is_void:
            return str(Tag(part.name, is_close=True))
    return ""


def _is_ours(element: etree._Element) -> bool:
    return etree.QName(element).namespace == NAMESPACE


def _character(element: etree._Element) -> str:
    raw = element.get("hex", "")
    number = int(raw, 16) if _HEX.fullmatch(raw) else -1
    if not 0 < number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise Refused(
            _("“%(hex)s” is no character.") % {"hex": raw[:20]},
            line=line_of(element),
        )
    return chr(number)


def line_of(element: etree._Element) -> int:
    """The line on which an element begins."""
    return int(element.sourceline or 0)
