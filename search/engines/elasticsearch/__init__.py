"""The engine for more than one machine: Elasticsearch 8, by ``elasticsearch.dsl``.

The only place that imports its client. One row an object holds all its languages, each in fields
of its own (`rows`), so an object comes and goes in one step, and counts once, exactly, in totals
and facets, without joining anything. Text arrives as finished terms, split at blanks; the tree of
conditions is the embedded engine's (`search.engines.matching`), rendered node by node, and so is
the formula of scores. Nothing that a reader types is parsed by the server.

What it keeps on the server, all names beginning with the prefix of SEARCH_URL and a full stop:

* ``<prefix>.index-…``: an index, with its template; ``_meta`` says what wrote it;
* ``<prefix>.serving-…``: the alias by which it is read and written, of one layout and analysis: a
  process of another version finds no index rather than one that it would misread;
* ``<prefix>.leases``: who writes and who rebuilds.
"""

from search.engines.elasticsearch.engine import from_url

__all__ = ["from_url"]
