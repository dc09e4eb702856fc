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

_LEAVES = one_of("role", [LEAF, ALONE])
_SAMPLE = 64
_FEW = 16


class Words(Asking):
    """Words and beginnings."""

    def complete(self, query: Query) -> tuple[Suggestion, ...]:
        """See `search.engines.base.Engine.complete`."""
        ways = [way for some in titles_begun(query).values() for way in some]
        tree = AllOf((AnyOf(tuple(ways)), _LEAVES, *allowed(query)))
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
        leaves = (_LEAVES, *allowed(query))
        return [
            min(self._known(holding(some, OF_LEAVES.words), leaves, at_most), at_most)
            if some
            else at_most
            for some in words
        ]

    def _known(self, word: Node, leaves: tuple[Node, ...], at_most: int) -> int:
        """How many texts have a word; of one that very many have, only so many as are wanted.

        The texts that say it most come at once, however many there are; counting does not.
        """
        if at_most <= _FEW:
            sample = self._objects_of(self._addresses(word, _SAMPLE))
            if len(sample) == _SAMPLE:
                some = self._matching(AllOf((word, one_of("object", sample), *leaves)))
                if some >= at_most:
                    return some
        return self._matching(AllOf((word, *leaves)))

    def _words(self, tree: Node, limit: int) -> list[str]:
        return [self._stored(address).decode() for address in self._addresses(tree, limit)]
