"""What was found, with full addresses and the names of where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cms.access.answers import Answer
from cms.access.kinds import kind_label
from cms.languages import codes
from cms.languages.codes import Language
from cms.pages.models import SiteProfile
from cms.pages.sites import profiles_of_codes
from search.results import Fragment, Hit, Suggestion

_LANGUAGE_PARAMETER = re.compile(r"(?<=[?&])lang=[a-z-]+")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A site: its address ("https://fra.…"), its name for a reader, whether it is the one asked."""

    root: str
    name: str
    language: str
    is_asked: bool

    @property
    def start(self) -> str:
        """What its addresses begin with in a page of the site that is asked."""
        return "" if self.is_asked else self.root


@dataclass(frozen=True, kw_only=True)
class LanguageLink:
    """One of the six languages of something found, as `includes/language_links.html` has it."""

    code: str
    name: str
    dir: str
    url: str
    exists: bool


@dataclass(frozen=True, kw_only=True)
class ShownHit:
    """A hit as `finding/hit.html` shows it."""

    title: tuple[Fragment, ...]
    plain_title: str
    passage: tuple[Fragment, ...]
    url: str
    lang: str
    dir: str
    languages: tuple[LanguageLink, ...]
    site_name: str
    site_lang: str
    kind_name: str
    date: datetime | None
    symbol: str


@dataclass(frozen=True, kw_only=True)
class ShownSuggestion:
    """A title that may have been begun, with where it leads."""

    title: str
    url: str
    lang: str
    dir: str
    kind_name: str
    site_name: str
    symbol: str


@dataclass(frozen=True, kw_only=True)
class ShownAnswer:
    """The one thing that was named. `related`: (relation, text, url, lang, dir)."""

    title: str
    url: str
    lang: str
    dir: str
    kind_name: str
    symbol: str
    exact: bool
    languages: tuple[LanguageLink, ...]
    related: tuple[dict[str, str], ...]


def places(
    sites: Iterable[str], *, language: str, asked: SiteProfile | None = None
) -> dict[str, Place]:
    """{site's code: place} of sites that are open. One query; none where all is on the site that is
    `asked`."""
    own = {asked.code: asked} if asked else {}
    wanted = set(sites)
    # The index follows within seconds; until then what a suspended site says is left out here.
    return {
        code: _place(profile, language, is_asked=code in own)
        for code, profile in (own | profiles_of_codes(wanted - own.keys())).items()
        if code in wanted and not profile.is_suspended
    }


def _place(profile: SiteProfile, language: str, *, is_asked: bool) -> Place:
    name, name_language = profile.site.root_page.text("title", language)
    return Place(root=profile.site.root_url, name=name, language=name_language, is_asked=is_asked)


def shown_hits(
    hits: Iterable[Hit], *, language: str, current: SiteProfile | None
) -> list[ShownHit]:
    """Hits for a reader of `language`. One query at most."""
    hits = list(hits)
    known = places({hit.site for hit in hits}, language=language, asked=current)
    return [_shown_hit(hit, known[hit.site]) for hit in hits if hit.site in known]


def _shown_hit(hit: Hit, place: Place) -> ShownHit:
    addresses = {code: place.start + in_language(hit.url, code) for code in hit.languages}
    return ShownHit(
        title=hit.title,
        plain_title=hit.plain_title,
        passage=hit.passage,
        url=place.start + in_language(hit.url, hit.language),
        lang=hit.language,
        dir=codes.direction(hit.language),
        languages=_links(addresses) if len(addresses) > 1 else (),
        site_name=place.name,
        site_lang=place.language,
        kind_name=kind_label(hit.kind),
        date=hit.date,
        symbol=hit.symbol,
    )


def shown_suggestions(
    suggestions: Iterable[Suggestion], *, language: str, current: SiteProfile | None
) -> list[ShownSuggestion]:
    """Suggestions for a reader of `language`. One query at most."""
    suggestions = list(suggestions)
    known = places({one.site for one in suggestions}, language=language, asked=current)
    return [
        ShownSuggestion(
            title=one.title,
            url=known[one.site].start + in_language(one.url, one.language),
            lang=one.language,
            dir=codes.direction(one.language),
            kind_name=kind_label(one.kind),
            site_name=known[one.site].name,
            symbol=one.symbol,
        )
        for one in suggestions
        if one.site in known
    ]


def shown_answer(answer: Answer) -> ShownAnswer:
    """A straight answer; its addresses hold on every host."""
    return ShownAnswer(
        title=answer.title,
        url=answer.url,
        lang=answer.language,
        dir=codes.direction(answer.language),
        kind_name=kind_label(answer.kind),
        symbol=answer.symbol,
        exact=answer.exact,
        languages=_links(answer.languages),
        related=tuple(
            {
                "relation": str(link.relation),
                "text": link.text,
                "url": link.url,
                "lang": link.language,
                "dir": codes.direction(link.language),
            }
            for link in answer.related
        ),
    )


def in_language(url: str, language: str) -> str:
    """The same address in another language: ("/en/news/", "fr") → "/fr/news/", and
    ("/documents/S/1?lang=en", "fr") → "/documents/S/1?lang=fr"; any other as it is."""
    first, _, rest = url.lstrip("/").partition("/")
    if first in codes.CODES:
        return f"/{language}/{rest}"
    return _LANGUAGE_PARAMETER.sub(f"lang={language}", url)


def _links(addresses: dict[str, str]) -> tuple[LanguageLink, ...]:
    """The six languages in the order of the United Nations, those that exist as links."""
    return tuple(_link(language, addresses.get(language.code, "")) for language in codes.LANGUAGES)


def _link(language: Language, url: str) -> LanguageLink:
    return LanguageLink(
        code=language.code,
        name=language.name,
        dir=language.direction,
        url=url,
        exists=bool(url),
    )
