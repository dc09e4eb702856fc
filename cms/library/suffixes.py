"""What the end of a symbol says of its document: that it is a revision (…), and of which."""

from __future__ import annotations

import re
from typing import NamedTuple

from .symbols import NotASymbol, parse_symbol

REVISION, ADDENDUM, CORRIGENDUM, AMENDMENT = "revision", "addendum", "corrigendum", "amendment"
_DIGITS = re.compile("[0-9]+")


class Suffix(NamedTuple):
    """`parent`: the key of the symbol before it; `number`: 1 in "Rev.1", 0 where there is none."""

    parent: str
    kind: str
    number: int


def suffix_of(key: str) -> Suffix | None:
    """The last part of a symbol if it is such a one; an asterisk after it is no part.

    >>> suffix_of("A/C.3/78/L.49/REV.1")
    Suffix(parent='A/C.3/78/L.49', kind='revision', number=1)
    """
    try:
        parsed = parse_symbol(key)
    except NotASymbol:
        return None
    if parsed.modifiers and parsed.modifiers[-1].kind == "*":
        parsed = parsed.parent() or parsed
    parent = parsed.parent()
    if parent is None or not parsed.relation:
        return None
    number = _DIGITS.match(parsed.modifiers[-1].number)
    return Suffix(parent.key, parsed.relation, int(number.group()) if number else 0)


def family_key(key: str) -> str:
    """The key without any such parts: the same for all documents of a family.

    >>> family_key("A/C.3/78/L.49/REV.1/CORR.2")
    'A/C.3/78/L.49'
    """
    try:
        return parse_symbol(key).root().key
    except NotASymbol:
        return key
