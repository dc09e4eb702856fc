"""MARC 21 in its exchange format (ISO 2709): records that end in 1D, in UTF-8 or MARC-8.

The file is cut at the end marks, so that a record with a wrong length or a broken leader is
reported with its position and costs none of its neighbours.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import BinaryIO

import pymarc
from django.utils.translation import gettext as _
from pymarc.exceptions import PymarcException

from .marc_fields import record_of
from .records import BadRecord, ImportRefused, Place, Record

END_OF_RECORD = b"\x1d"
#: A leader says the length in five digits, so no record is longer.
LONGEST_RECORD = 99_999
BLOCK = 256 * 1024
_BLANKS = b"\r\n\x1a \x00"
_MARC8_ESCAPE = b"\x1b"
_LEADER = 24


def read_marc(stream: BinaryIO) -> Iterator[Record | BadRecord]:
    """The records of a file in ISO 2709. Raises ImportRefused where nothing looks like one."""
    if END_OF_RECORD not in stream.read(LONGEST_RECORD):
        raise ImportRefused([BadRecord(Place(1, byte=0), _("this is no MARC 21 file."))])
    stream.seek(0)
    for number, (byte, data) in enumerate(_cut(stream), start=1):
        yield _read(Place(number, byte=byte), data)


def _cut(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """(position, bytes) of each record; None for what goes on longer than a record can."""
    position, rest, too_long = 0, b"", False
    while block := stream.read(BLOCK):
        *whole, rest = (rest + block).split(END_OF_RECORD)
        for data in whole:
            before = _leading(data)
            found = data[before:] + END_OF_RECORD
            is_bad = too_long or len(found) > LONGEST_RECORD
            yield position + before, None if is_bad else found
            position += len(data) + 1
            too_long = False
        if len(rest) > 2 * LONGEST_RECORD:
            position += len(rest) - LONGEST_RECORD
            rest, too_long = rest[-LONGEST_RECORD:], True
    if rest.strip(_BLANKS):
        before = _leading(rest)
        yield position + before, None if too_long else rest[before:]


def _leading(data: bytes) -> int:
    """How many bytes of line ends, blanks and byte order mark stand before a record."""
    bare = data.lstrip(_BLANKS)
    bare = bare.removeprefix(b"\xef\xbb\xbf").lstrip(_BLANKS)
    return len(data) - len(bare)


def _read(place: Place, data: bytes | None) -> Record | BadRecord:
    if data is None:
        reason = _("it has no end mark within %(longest)s bytes.")
        return BadRecord(place, reason % {"longest": LONGEST_RECORD})
    problem = _leader_problem(data)
    if problem:
        return BadRecord(place, problem)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = pymarc.Record(data, force_utf8=_is_utf8(data), hide_utf8_warnings=True)
    except UnicodeDecodeError:
        return BadRecord(place, _("its text is not in the encoding that its leader names."))
    except (PymarcException, ValueError, IndexError, KeyError) as error:
        reason = str(error) or type(error).__name__
        return BadRecord(place, _("it can't be read (%(error)s).") % {"error": reason[:200]})
    return record_of(found, place)


def _leader_problem(data: bytes) -> str:
    length = data[:5]
    if len(data) < _LEADER or not length.isdigit() or not data[12:17].isdigit():
        return _("its leader is broken: it must begin with the record's length in five digits.")
    if not data.endswith(END_OF_RECORD):
        return _("it is cut off: the end mark is missing.")
    if int(length) != len(data):
        return _("its leader says %(said)s bytes and it has %(found)s.") % {
            "said": int(length),
            "found": len(data),
        }
    return ""


def _is_utf8(data: bytes) -> bool:
    """Whether a record is UTF-8, by its leader, or else by its bytes: some say MARC-8 and are not.

    MARC-8 puts accents before their letter, which never reads as UTF-8.
    """
    if data[9:10] == b"a":
        return True
    if data.isascii() or _MARC8_ESCAPE in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
