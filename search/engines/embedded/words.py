"""Words, and titles that go on as they were begun, in one snapshot of the embedded index."""

from __future__ import annotations

from collections.abc import Sequence

from search.analysis import LANGUAGES
from search.engines.embedded.asking import Asking
from search.engines.embedded.schema import OF_LEAVES
from search.engines.guessing import titles_begun, words_begun, words_like
from search.engines.matching import AllOf, AnyOf, Node, allowed, holding, one_of
from search.engines.rows import ALONE, LEAF
from search.hits import suggestion_from
from search.queries import Query
from search.results import Suggestion


class Words(Asking):
    """Words and beginnings."""

    def complete(self, query: Query) -> tuple[Suggestion, ...]:
        """See `search.engines.base.Engine.complete`."""
        ways = [way for some in titles_begun(query).values() for way in some]
        tree = AllOf((AnyOf(tuple(ways)), one_of("role", [LEAF, ALONE]), *allowed(query)))
        found: dict[str, Suggestion] = {}
        for address in self._addresses(tree, query.size * len(LANGUAGES)):
            suggestion = suggestion_from(self._stored(address))
            known = found.get(suggestion.key)
            if known is None or suggestion.language == query.language:
                found[suggestion.key] = suggestion
        return tuple(found.values())[: query.size]

    def words_like(self, word: str, *, language: str, limit: int) -> list[str]:
        """See `search.engines.base.Engine.words_like`."""
        return self._words(words_like(word, language), limit)

    def words_begun(self, beginning: str, *, language: str, limit: int) -> list[str]:
        """See `search.engines.base.Engine.words_begun`."""
        return self._words(words_begun(beginning, language), limit)

    def known(
        self, query: Query, words: Sequence[Sequence[tuple[str, str]]], *, at_most: int
    ) -> list[int]:
        """See `search.engines.base.Engine.known`."""
        # Leaves alone hold words: their role need not be asked for, which takes as long.
        filters = allowed(query)
        return [
            min(self._matching(AllOf((holding(some, OF_LEAVES.words), *filters))), at_most)
            if some
            else at_most
            for some in words
        ]

    def _words(self, tree: Node, limit: int) -> list[str]:
        return [self._stored(address).decode() for address in self._addresses(tree, limit)]
