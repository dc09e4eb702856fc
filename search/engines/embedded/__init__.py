"""The embedded engine: tantivy, in this process, in a directory of its own.

Only this folder imports tantivy; what its rows hold is in `search.engines.rows`. Leaves are
ranked and shown, roots are counted, sorted and put together by facets: so totals of objects are
exact and cost one look-up, where tantivy's own count of distinct values is an estimate.

Terms are joined by blanks and split again at blanks, which goes in four times faster than
tantivy's pre-tokenised strings. Its query parser is never used.
"""

from search.engines.embedded.engine import EmbeddedEngine, from_url

__all__ = ["EmbeddedEngine", "from_url"]
