"""What the end of a symbol says of its document: that it is a revision (…), and of which."""

from __future__ import annotations

import re
from typing import NamedTuple

REVISION, ADDENDUM, CORRIGENDUM, AMENDMENT = "revision", "addendum", "corrigendum", "amendment"
_KINDS = {"REV": REVISION, "ADD": ADDENDUM, "CORR": CORRIGENDUM, "AMEND": AMENDMENT}
#: "A/C.3/78/L.49/REV.1*": the asterisk, a part or a volume may follow the number.
_SUFFIX = re.compile(r"(.+)/(REV|ADD|CORR|AMEND)\.([0-9]{1,6})([^/0-9][^/]*)?")


class Suffix(NamedTuple):
    """`parent`: the key of the symbol before it; `number`: 1 in "Rev.1"."""

    parent: str
    kind: str
    number: int


def suffix_of(key: str) -> Suffix | None:
    """The last part of a symbol's key if it is such a one.

    >>> suffix_of("A/C.3/78/L.49/REV.1")
    Suffix(parent='A/C.3/78/L.49', kind='revision', number=1)
    """
    found = _SUFFIX.fullmatch(key)
    if found is None:
        return None
    return Suffix(found.group(1), _KINDS[found.group(2)], int(found.group(3)))


def family_key(key: str) -> str:
    """The key without any such parts: the same for all documents of a family.

    >>> family_key("A/C.3/78/L.49/REV.1/CORR.2")
    'A/C.3/78/L.49'
    """
    while (suffix := suffix_of(key)) is not None:
        key = suffix.parent
    return key
