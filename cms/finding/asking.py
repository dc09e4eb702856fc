"""What a reader asks of the search page: the parameters of its address, read once.

One address says everything: it can be kept, sent to a colleague, or asked again next week.
`?q=water&scope=all&body=GA&body=SC&year=2024&sort=newest`. Nothing in it is passed over in
silence: what can't be used is a `Fault`, with the parameter's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from cms.languages import codes
from search.facets import InvalidFacet, checked, facets
from search.grammar import LONGEST_TEXT
from search.queries import Sort
from search.results import DEEPEST

PAGE_SIZE = 10
LAST_PAGE = DEEPEST // PAGE_SIZE
"""The deepest page that is reached by number; a list by date or symbol goes on by cursor."""

LAST_NUMBER = 10**7
"""What a page that is reached by cursor may be numbered."""

MOST_VALUES = 50
"""Values of one facet that may be chosen at once."""

SITE, LANGUAGE = "site", "language"
FIND = "find_"
_SINGLE = ("q", "scope", "since", "until", "sort", "page", "after", "spelling")


class Scope(StrEnum):
    """Where is looked."""

    SITE = "site"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A parameter that can't be used, and what to write instead."""

    parameter: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Search:
    """A search as the address tells it.

    `chosen`: {facet: values}; `texts_in`: languages whose text is looked at (none: all six);
    `find`: {facet: what its list of values is narrowed to}; `spelling`: whether unknown words are
    looked for as they were probably meant; `after`: a cursor, with which `page` only counts.
    """

    text: str = ""
    scope: Scope = Scope.SITE
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts_in: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.RELEVANCE
    spelling: bool = True
    page: int = 1
    after: str = ""
    find: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        """Whether anything was asked: words, something chosen, days, or an order."""
        return bool(
            self.text or self.chosen or self.since or self.until or self.sort is not Sort.RELEVANCE
        )

    @property
    def contradicts_itself(self) -> bool:
        """Whether other sites are chosen while only this one is looked at."""
        return self.scope is Scope.SITE and SITE in self.chosen

    def fields(self, site: str) -> dict[str, Any]:
        """The arguments of `cms.access.reading.search_as` beside text and language. `site`: the
        code of the site that is asked."""
        return {
            "sites": (site,) if self.scope is Scope.SITE else (),
            "filters": dict(self.chosen),
            "languages": self.texts_in,
            "since": self.since,
            "until": self.until,
            "sort": self.sort,
            "spelling": self.spelling,
            "page": self.page if not self.after else 1,
            "after": self.after,
        }

    # Other searches, made of this one

    def anew(self, **changes: Any) -> Search:
        """The same search with other values, from its first page."""
        return replace(self, **{"page": 1, "after": "", **changes})

    def without(self, facet: str, value: str) -> Search:
        """Without one chosen value."""
        left = tuple(one for one in self.chosen.get(facet, ()) if one != value)
        return self.anew(chosen=_filled({**self.chosen, facet: left}))

    def without_facet(self, facet: str) -> Search:
        """Without any value of a facet."""
        return self.anew(chosen={k: v for k, v in self.chosen.items() if k != facet})

    def with_nothing_chosen(self) -> Search:
        """The words, the place and the order alone."""
        return Search(text=self.text, scope=self.scope, sort=self.sort, spelling=self.spelling)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that are not what they would be anyway, as (name, value)."""
        found: list[tuple[str, str]] = []
        if self.text:
            found.append(("q", self.text))
        if self.scope is Scope.ALL:
            found.append(("scope", "all"))
        found += [(name, value) for name, values in self.chosen.items() for value in values]
        found += [("in", code) for code in self.texts_in]
        found += [(n, str(d)) for n, d in (("since", self.since), ("until", self.until)) if d]
        if self.sort is not Sort.RELEVANCE:
            found.append(("sort", self.sort))
        if not self.spelling:
            found.append(("spelling", "no"))
        found += [(f"{FIND}{name}", text) for name, text in self.find.items()]
        if self.page > 1:
            found.append(("page", str(self.page)))
        if self.after:
            found.append(("after", self.after))
        return found

    @property
    def query_string(self) -> str:
        """The address's query, "?q=water"; "?" where nothing is asked."""
        return f"?{urlencode(self.pairs())}"


def read(given: QueryDict) -> tuple[Search, tuple[Fault, ...]]:
    """The search of an address, with the faults of what was left out of it. Never raises."""
    reading = _Reading(given)
    chosen = {name: reading.values(name) for name in facets() if name in given}
    scope = reading.one_of("scope", Scope, Scope.ALL if chosen.get(SITE) else Scope.SITE)
    after = reading.text("after")
    search = Search(
        text=reading.query(),
        scope=scope,
        chosen=_filled(chosen),
        texts_in=reading.languages("in"),
        since=reading.day("since"),
        until=reading.day("until"),
        sort=reading.one_of("sort", Sort, Sort.RELEVANCE),
        spelling=reading.text("spelling") != "no",
        page=reading.number("page", most=LAST_NUMBER if after else LAST_PAGE),
        after=after,
        find=_filled({name: reading.text(f"{FIND}{name}") for name in facets()}),
    )
    reading.refuse_unknown({*_SINGLE, "in", *facets(), *(f"{FIND}{name}" for name in facets())})
    return search, tuple(reading.faults)


class _Reading:
    """Reads parameters of one address; what can't be used becomes a fault."""

    def __init__(self, given: QueryDict) -> None:
        self.given = given
        self.faults: list[Fault] = []

    def fault(self, parameter: str, message: str) -> None:
        self.faults.append(
            Fault(parameter=parameter[:80].replace("\x00", "\ufffd"), message=message)
        )

    def text(self, name: str) -> str:
        """A parameter that is given once."""
        values = self.given.getlist(name)
        if len(values) > 1:
            self.fault(name, _("Give this once."))
        text = (values or [""])[-1].strip()
        if "\x00" in text:
            self.fault(name, _("This holds a character that no text has."))
            return ""
        return text

    def query(self) -> str:
        """The words, which may be anything but too many."""
        values = self.given.getlist("q")
        if len(values) > 1:
            self.fault("q", _("Give this once."))
        text = (values or [""])[-1].replace("\x00", " ").strip()
        if len(text) > LONGEST_TEXT:
            message = _("This is too long: search for at most %(number)s characters.")
            self.fault("q", message % {"number": LONGEST_TEXT})
        return text[:LONGEST_TEXT]

    def values(self, name: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        values = tuple(dict.fromkeys(filter(None, self.given.getlist(name))))
        if len(values) > MOST_VALUES:
            message = _("Choose at most %(number)s of them.") % {"number": MOST_VALUES}
            self.fault(name, message)
            return ()
        if name == LANGUAGE:
            return self.languages(name)
        try:
            checked({name: values})
        except InvalidFacet:
            self.fault(name, _("This is no value to choose."))
            return ()
        return values

    def languages(self, name: str) -> tuple[str, ...]:
        """Codes of languages, whatever tag they were given by."""
        tags = tuple(dict.fromkeys(filter(None, self.given.getlist(name))))
        known = [code for tag in tags if (code := codes.normalise(tag[:40]))]
        if len(known) < len(tags):
            message = _("This is none of the official languages: use %(codes)s.")
            self.fault(name, message % {"codes": ", ".join(codes.CODES)})
        return tuple(dict.fromkeys(known))

    def day(self, name: str) -> date | None:
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.fault(name, _("This is no day: write it as in 2024-05-31."))
            return None

    def number(self, name: str, *, most: int) -> int:
        text = self.text(name)
        if not text:
            return 1
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
        if not 1 <= number <= most:
            message = _("Pages are numbered from 1 to %(last)s. Narrow the search to see the rest.")
            self.fault(name, message % {"last": most})
            return 1
        return number

    def one_of(self, name: str, kind: type[Any], default: Any) -> Any:
        text = self.text(name)
        if text and text not in list(kind):
            message = _("Use one of these: %(values)s.") % {"values": ", ".join(kind)}
            self.fault(name, message)
            return default
        return kind(text) if text else default

    def refuse_unknown(self, known: Iterable[str]) -> None:
        for name in self.given:
            if name not in known:
                self.fault(name, _("The search has no such parameter."))


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
