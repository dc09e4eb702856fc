"""MARCXML (http://www.loc.gov/MARC21/slim): the file is cut into records, each parsed by itself.

So memory is bounded by one record, a broken one costs none of its neighbours, and no document type
declaration (from which expanding and external entities come) ever reaches the parser.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

import pymarc
from django.utils.translation import gettext as _
from lxml import etree
from pymarc import Field, Indicators, Subfield

from .marc_fields import record_of
from .records import BadRecord, ImportRefused, Place, Record

#: Characters of one record, and of what stands before the first one.
LONGEST_RECORD = 1_000_000
LONGEST_HEAD = 64 * 1024
BLOCK = 256 * 1024
_START = re.compile(r"<(?:[\w.-]+:)?record(?=[\s>])")
#: Whichever comes first, so that it is looked for once: the end of a record or the next one.
_EDGE = re.compile(rf"(?P<end></(?:[\w.-]+:)?record\s*>)|{_START.pattern}")
_NAMESPACES = re.compile(r"""(xmlns(?::[\w.-]+)?)\s*=\s*("[^"<&]*"|'[^'<&]*')""")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEADER = 24


def read_marcxml(stream: BinaryIO) -> Iterator[Record | BadRecord]:
    """The records of a MARCXML file. Raises ImportRefused for what is none, or declares a type."""
    text = _Text(stream)
    head = text.take_head()
    # Of a prefix that is declared twice the inner one counts.
    names = dict(_NAMESPACES.findall(head))
    wrapper = f"<wrapper {' '.join(f'{name}={address}' for name, address in names.items())}>"
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    number = 0
    while text.find_record():
        number += 1
        place = Place(number, line=text.line)
        cut = text.take_record()
        yield (
            BadRecord(place, _("it is not closed."))
            if cut is None
            else _read(place, f"{wrapper}{cut}</wrapper>", parser)
        )


def _check_head(head: str, *, found: bool) -> None:
    place = Place(1, line=1)
    if re.search(r"<!(?:DOCTYPE|ENTITY)", head, re.IGNORECASE):
        reason = _("document type declarations are not read: take <!DOCTYPE …> out of the file.")
        raise ImportRefused([BadRecord(place, reason)])
    if not found:
        raise ImportRefused([BadRecord(place, _("there is no MARCXML record in the file."))])


def _encoding(begin: bytes) -> str:
    """By the byte order mark, else as declared; UTF-8 where the declaration can't be true.

    .NET declares UTF-16 in files that are UTF-8: there the declaration itself would read otherwise.
    """
    for mark, name in _BOMS:
        if begin.startswith(mark):
            return name
    named = _ENCODING.search(begin)
    declared = named.group(1).decode("ascii") if named else "utf-8"
    return "utf-8" if declared.lower().startswith(("utf-16", "utf-32", "ucs")) else declared


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    """Raises ImportRefused for what is no encoding of texts."""
    try:
        "".encode(encoding)  # refuses what Python calls so and turns bytes into bytes
        # A byte that is no text spoils its own record: what it becomes is no XML.
        return codecs.getincrementaldecoder(encoding)(errors="surrogateescape")
    except (LookupError, UnicodeError):
        reason = _("its encoding “%(encoding)s” is unknown: save it as UTF-8.")
        problem = BadRecord(Place(1, line=1), reason % {"encoding": encoding})
        raise ImportRefused([problem]) from None


class _Text:
    """A file's text as far as it is needed: `at` in the `buffer` is in `line` of the file."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.buffer = ""
        self.at = 0
        self.line = 1
        begin = stream.read(400)
        self._decoder = _decoder(_encoding(begin))
        self._add(begin)

    def _add(self, data: bytes) -> None:
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeError:
            # Most encodings lose a byte and go on; some can't.
            reason = _("its text is not in the encoding that the file names.")
            raise ImportRefused([BadRecord(Place(1, line=self.line), reason)]) from None
        self.buffer = self.buffer[self.at :] + text
        self.at = 0

    def _more(self) -> bool:
        data = self.stream.read(BLOCK)
        self._add(data)
        return bool(data)

    def take_head(self) -> str:
        """What stands before the first record. Raises ImportRefused."""
        while not (found := _START.search(self.buffer)):
            if len(self.buffer) > LONGEST_HEAD or not self._more():
                break
        head = self.buffer[: found.start() if found else LONGEST_HEAD]
        _check_head(head, found=found is not None)
        return head

    def find_record(self) -> bool:
        """Go to where the next record begins; whether there is one."""
        while True:
            found = _START.search(self.buffer, self.at)
            if found:
                self._go(found.start())
                return True
            self._go(max(self.at, len(self.buffer) - 200))  # a tag may be cut in two
            if not self._more():
                return False

    def take_record(self) -> str | None:
        """The record that begins here, and go on behind it; None where it is not closed before the
        next one begins, or goes on longer than a record may."""
        while True:
            edge = _EDGE.search(self.buffer, self.at + 1)
            if edge and edge["end"]:
                start = self.at
                self._go(edge.end())
                return self.buffer[start : edge.end()]
            if edge:
                self._go(edge.start())
                return None
            if len(self.buffer) - self.at > LONGEST_RECORD:
                self._go(len(self.buffer))
                return None
            if not self._more():
                self._go(len(self.buffer))
                return None

    def _go(self, position: int) -> None:
        self.line += self.buffer.count("\n", self.at, position)
        self.at = position


def _read(place: Place, xml: str, parser: etree.XMLParser) -> Record | BadRecord:
    try:
        element = etree.fromstring(xml.encode("utf-8"), parser)[0]
    except UnicodeEncodeError:
        return BadRecord(place, _("its text is not in the encoding that the file names."))
    except etree.XMLSyntaxError as error:
        return BadRecord(place, _("it is no XML (%(error)s).") % {"error": error.msg})
    try:
        return record_of(_marc(element), place)
    except ValueError as error:
        return BadRecord(place, _("it can't be read (%(error)s).") % {"error": error})


def _marc(element: etree._Element) -> pymarc.Record:
    """pymarc's record of an element; raises ValueError for a field without a tag."""
    record = pymarc.Record(force_utf8=True)
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        tag = child.get("tag", "")
        if name == "leader" and child.text and len(child.text) == _LEADER:
            record.leader = pymarc.Leader(child.text)
        elif name == "controlfield":
            record.add_field(Field(tag=_tag(tag), data="".join(child.itertext())))
        elif name == "datafield":
            indicators = Indicators(child.get("ind1") or " ", child.get("ind2") or " ")
            subfields = [
                Subfield(code=part.get("code", ""), value="".join(part.itertext()))
                for part in child
                if isinstance(part.tag, str)
            ]
            record.add_field(Field(tag=_tag(tag), indicators=indicators, subfields=subfields))
    return record


def _tag(tag: str) -> str:
    if len(tag) != 3:
        raise ValueError(f"a field's tag is {tag!r}")
    return tag
