"""A document's symbol: how it is shown, and the one spelling by which it is found.

Shown as issued (``A/C.3/78/L.49/Rev.1``, ``S/RES/1325 (2000)``); found by its key, which is the
spelling that the search index uses too (``S/RES/1325(2000)``, capitals, no blanks).
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from search.analysis.symbols import normalise

MAX_LENGTH = 100

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SLASHES = re.compile("\\s*[/\u2044\u2215\u2571\u29f8\uff0f]\\s*")
#: Looks only: an organ's letters, then parts joined by slashes with a digit somewhere.
_KEY = re.compile(r"(?=.*[0-9])[A-Z][A-Z0-9.\-]*(/[A-Z0-9(][A-Z0-9.,()*+\[\]\-]*)+", re.ASCII)


def clean_symbol(text: str) -> str:
    """The symbol as it is shown, without what people paste along with it; letter case is kept.

    Raises ValidationError for what can't be a symbol.
    """
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    shown = _SLASHES.sub("/", " ".join(shown.split()))
    if len(shown) > MAX_LENGTH or not _KEY.fullmatch(normalise(shown)):
        raise ValidationError(
            _("“%(text)s” is not a document symbol. A symbol looks like A/RES/79/1."),
            code="symbol",
            params={"text": text[:MAX_LENGTH]},
        )
    return shown


def symbol_key(text: str) -> str:
    """The spelling by which a symbol is found; for anything else a key that finds nothing."""
    return normalise(unicodedata.normalize("NFKC", text))
