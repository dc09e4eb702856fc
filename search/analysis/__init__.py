"""How text becomes the words that are looked up: one analysis for every engine.

The analysis decides what is found; an engine only decides how fast. So no engine's own analyzers
are used: documents and queries pass through this package, and an engine sees finished terms.

`analyse` gives terms with their places in the original text, `places` those of some terms alone
(for marking), `terms` all terms without places (for indexing, the hot path), `query_terms` those
that say something (for looking up), `symbols` the document symbols named in a text,
`compact_forms` the spellings by which a document of a symbol is found, `typed_symbols` those that
a reader may mean, `starts` and `begun_symbols` what leads to one while it is typed.

Change what any of these returns and `VERSION` must grow: an index that was built by another
analysis is reported and rebuilt.
"""

from search.analysis.families import LANGUAGES, analyse, places, query_terms, terms
from search.analysis.symbols import (
    Symbol,
    begun_symbols,
    compact,
    compact_forms,
    starts,
    symbol_forms,
    symbols,
    whole_forms,
)
from search.analysis.typed_symbols import typed_symbols
from search.analysis.words import Token

VERSION = 2

__all__ = [
    "LANGUAGES",
    "VERSION",
    "Symbol",
    "Token",
    "analyse",
    "begun_symbols",
    "compact",
    "compact_forms",
    "places",
    "query_terms",
    "starts",
    "symbol_forms",
    "symbols",
    "terms",
    "typed_symbols",
    "whole_forms",
]
