"""What is known about a United Nations document symbol: a registry for higher layers to fill.

The blocks hold symbols as editors type them. Titles and addresses belong to whoever keeps the
documents; that layer calls ``register_resolver`` from its ``AppConfig.ready()``. Without any
resolver a symbol still links to its permanent address.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SymbolLink:
    """One document: its symbol, its address, and its title with the language (BCP 47) it is in."""

    symbol: str
    url: str
    title: str = ""
    language: str = ""


#: Given symbols and the reader's language (``"zh"``, never ``"zh-hans"``), give those that are
#: known. One call a block, so that it can be one query. The answer is shown to the public and
#: may be cached: it must hold nothing that is not public.
Resolver = Callable[[Sequence[str], str], Mapping[str, SymbolLink]]

_resolvers: list[Resolver] = []

_SLASHES = dict.fromkeys(map(ord, "\u2044\u2215\u29f8\uff0f\\"), "/")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SYMBOL = re.compile(r"[A-Z][A-Z0-9.]*(/[A-Z0-9(][A-Z0-9.,()*+\[\] -]*)+", re.ASCII)


def register_resolver(resolver: Resolver) -> None:
    """Add a resolver, once; the first that knows a symbol wins."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def clean_symbol(text: str) -> str:
    """Give the symbol without what people paste along with it.

    Full-width and other slashes, invisible marks, spaces around slashes and lower case are put
    right: ``a／c.3 / 78/L.49`` becomes ``A/C.3/78/L.49``. Raises ``ValidationError`` for what
    can't be a symbol. The full grammar is the document library's.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).translate(_SLASHES))
    plain = re.sub(r"\s+", " ", plain).strip().upper()
    plain = re.sub(r" ?/ ?", "/", plain)
    if not _SYMBOL.fullmatch(plain):
        raise ValidationError(
            _("“%(text)s” is not a document symbol. A symbol looks like A/RES/79/1."),
            code="symbol",
            params={"text": text},
        )
    return plain


def permanent_address(symbol: str) -> str:
    """Give the address of a document, the same on every site: ``/documents/A/C.3/78/L.49``."""
    return f"/documents/{quote(symbol, safe='/().,')}"


def resolve(symbols: Sequence[str]) -> dict[str, SymbolLink]:
    """Give a link for each symbol, known or not, in the order given."""
    language = (get_language() or "en").split("-")[0]
    links: dict[str, SymbolLink] = {}
    for resolver in _resolvers:
        unknown = [symbol for symbol in dict.fromkeys(symbols) if symbol not in links]
        if unknown:
            links.update(resolver(unknown, language))
    return {
        symbol: links.get(symbol) or SymbolLink(symbol, permanent_address(symbol))
        for symbol in symbols
    }
