"""By what the results can be narrowed: facets and chosen filters, as people read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.languages import codes
from cms.languages.collation import sort_key
from cms.languages.formats import day, number
from search.analysis.surface import folded
from search.facets import Facet, facets
from search.results import FacetValue

from .asking import FIND, Scope, Search

SHOWN = 8
"""Values of a facet that are shown at once; the most frequent."""

UNFOLDED = 60
"""Values that are shown when it is unfolded; a longer list has a page of its own."""

NOT_HERE: dict[Scope, frozenset[str]] = {Scope.SITE: frozenset({"site"}), Scope.ALL: frozenset()}
"""Facets that say nothing where one site alone is looked at."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of a facet. `count`: objects found that have it; `shown`: that number as people
    write it."""

    value: str
    label: str
    count: int
    shown: str
    checked: bool


@dataclass(frozen=True, kw_only=True)
class ShownFacet:
    """A facet with its values: `first` at once, `more` when it is unfolded.

    `total`: how many values there are; `list_url`: the page with all of them, "" where all are
    here; `find`: what the list is narrowed to; `find_name`: that parameter's name.
    """

    name: str
    label: str | Promise
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    total: int
    list_url: str
    find: str
    find_name: str

    @property
    def is_long(self) -> bool:
        """Whether it is worth searching in."""
        return self.total > SHOWN


@dataclass(frozen=True, kw_only=True)
class Chip:
    """Something chosen, `text`, of what `label` says, and the address of the same search without
    it."""

    label: str | Promise
    text: str
    url: str


def names_for(search: Search) -> tuple[str, ...]:
    """The facets that a search counts."""
    return tuple(name for name in facets() if name not in NOT_HERE[search.scope])


def shown_facets(
    counted: Mapping[str, Sequence[FacetValue]], search: Search, language: str
) -> list[ShownFacet]:
    """The facets that have any value among what was found, or chosen. One query a facet at most."""
    found = (
        _shown(facet, counted.get(name, ()), search, language)
        for name, facet in facets().items()
        if name in counted
    )
    return [facet for facet in found if facet.first]


def every_choice(
    facet: Facet, values: Sequence[FacetValue], search: Search, language: str
) -> list[Choice]:
    """All values of a facet by name (years downwards), those that hold what is looked for in the
    list. One query."""
    choices = _found_in_list(facet, _ordered(facet, values, search), search, language)
    if facet.newest_first:
        return choices
    key = sort_key(language)
    return sorted(choices, key=lambda one: key(one.label))


def chips(search: Search, shown: Iterable[ShownFacet], language: str) -> list[Chip]:
    """What is chosen, each with the way back. No query for facets that are `shown`."""
    named = {one.name: {c.value: c.label for c in one.first if c.checked} for one in shown}
    found = []
    for name, facet in facets().items():
        values = search.chosen.get(name, ())
        labels = named.get(name) or (facet.labels(values, language) if values else {})
        found += [
            Chip(
                label=facet.label,
                text=labels.get(value) or value,
                url=search.without(name, value).query_string,
            )
            for value in values
        ]
    if search.since:
        label, url = pgettext("a day", "From"), search.anew(since=None).query_string
        found.append(Chip(label=label, text=day(search.since, language), url=url))
    if search.until:
        label, url = pgettext("a day", "To"), search.anew(until=None).query_string
        found.append(Chip(label=label, text=day(search.until, language), url=url))
    for code in search.texts_in:
        left = tuple(one for one in search.texts_in if one != code)
        url = search.anew(texts_in=left).query_string
        found.append(Chip(label=_("Texts in"), text=codes.get(code).name, url=url))
    return found


def matches(text: str, wanted: str) -> bool:
    """Whether a label holds what somebody looks for in a list, however it is accented."""
    return _plain(wanted) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(map(folded, text.split()))


def _shown(facet: Facet, values: Sequence[FacetValue], search: Search, language: str) -> ShownFacet:
    ordered = _ordered(facet, values, search)
    find = search.find.get(facet.name, "")
    if find:
        choices = _found_in_list(facet, ordered, search, language)
        here = choices[:UNFOLDED]
    else:
        choices = here = _labelled(facet, ordered[:UNFOLDED], search, language)
    chosen = len(search.chosen.get(facet.name, ()))
    at_once = len(here) if find else max(SHOWN, chosen)
    is_cut = len(here) < (len(choices) if find else len(ordered))
    return ShownFacet(
        name=facet.name,
        label=facet.label,
        first=tuple(here[:at_once]),
        more=tuple(here[at_once:]),
        total=len(ordered),
        list_url=f"list/{quote(facet.name)}/{search.anew().query_string}" if is_cut else "",
        find=find,
        find_name=f"{FIND}{facet.name}",
    )


def _ordered(facet: Facet, values: Sequence[FacetValue], search: Search) -> list[FacetValue]:
    """What is chosen first, even where nothing that was found has it; then by frequency, or
    downwards."""
    chosen = search.chosen.get(facet.name, ())
    counts = {one.value: one.count for one in values}
    first = [FacetValue(value, counts.get(value, 0)) for value in chosen]
    rest = [one for one in values if one.value not in chosen]
    if facet.newest_first:
        rest.sort(key=lambda one: one.value, reverse=True)
    return first + rest


def _labelled(
    facet: Facet, values: Collection[FacetValue], search: Search, language: str
) -> list[Choice]:
    labels = facet.labels([one.value for one in values], language) if values else {}
    chosen = search.chosen.get(facet.name, ())
    return [
        Choice(
            value=one.value,
            label=labels.get(one.value) or one.value,
            count=one.count,
            # Without marks of thousands a number is the same in six languages, and there are many.
            shown=str(one.count) if one.count < 1_000 else number(one.count, language),
            checked=one.value in chosen,
        )
        for one in values
    ]


def _found_in_list(
    facet: Facet, values: Collection[FacetValue], search: Search, language: str
) -> list[Choice]:
    """Those whose name holds what is looked for in the list, and what is chosen."""
    find = search.find.get(facet.name, "")
    choices = _labelled(facet, values, search, language)
    return [one for one in choices if one.checked or not find or matches(one.label, find)]
