"""Document symbols: what they say, how they are shown, and the spelling by which they are found.

Shown as issued (``A/C.3/78/L.49/Rev.1``, ``S/RES/1325 (2000)``); found by their key, which is the
spelling that the search index uses too (``S/RES/1325(2000)``, capitals, no blanks). Knows symbols
and nothing of what the library holds.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from search.analysis.symbols import normalise, without_marks

from ..ordering import natural_key
from .grammar import parse_symbol
from .parsed import Modifier, ParsedSymbol
from .reading import begins_key, read_symbol
from .tidying import MAX_LENGTH, NotASymbol, Refusal
from .vocabulary import YEARS

__all__ = [
    "MAX_LENGTH",
    "Modifier",
    "NotASymbol",
    "ParsedSymbol",
    "Refusal",
    "YEARS",
    "begins_key",
    "clean_symbol",
    "order_key",
    "parse_symbol",
    "read_symbol",
    "symbol_key",
]

_NO_SIGNS = re.compile("[^!-~]")
_EXPLAINED = {
    Refusal.SEVERAL: _(
        "“%(text)s” is more than one symbol: give each document its own. "
        "A symbol looks like A/RES/79/1."
    ),
    Refusal.REMARK: _(
        "“%(text)s” holds a remark in brackets that is not part of the symbol: leave it out."
    ),
}
_NO_SYMBOL = _("“%(text)s” is not a document symbol. A symbol looks like A/RES/79/1.")


def clean_symbol(text: str) -> str:
    """The symbol as it is shown, without what people paste along with it; letter case is kept.

    Raises ValidationError for what can't be a symbol.
    """
    try:
        return str(parse_symbol(text))
    except NotASymbol as error:
        raise ValidationError(
            _EXPLAINED.get(error.reason, _NO_SYMBOL),
            code="symbol",
            params={"text": text[:MAX_LENGTH]},
        ) from error


def symbol_key(text: str) -> str:
    """The spelling by which a symbol is found; for anything else a key that finds nothing."""
    try:
        return parse_symbol(text).key
    except NotASymbol:
        # Nothing that a database refuses (a null byte, a lone surrogate) gets any further.
        return _NO_SIGNS.sub("?", normalise(without_marks(text[: MAX_LENGTH * 4])))


def order_key(symbol: str) -> str:
    """Sorts as people count, compared as plain text; any other text sorts too."""
    return natural_key(symbol_key(symbol))
