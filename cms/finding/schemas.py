"""What the search's API takes and tells, for the OpenAPI document.

Each registered facet is a parameter of its own, so that none goes untyped: `search_parameters` is
called when the addresses are made, when every room has declared its facets.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, LiteralString, cast

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import BeforeValidator, Field, StringConstraints, create_model
from pydantic_core import PydanticCustomError

from cms.api.parameters import LARGEST_LIMIT, LanguageParameter
from cms.api.schemas import LanguageCode
from search.facets import LONGEST_VALUE, facets
from search.grammar import LONGEST_TEXT
from search.queries import Sort

from .asking import LAST_PAGE, MOST_VALUES

MOST_SITES = 10
_Value = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_VALUE)]


def _day(text: str) -> date:
    # Left alone, pydantic takes "0" for 1970 and a day with an hour for that day.
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = _("This is no day: write it as in 2024-05-31.")
        raise PydanticCustomError("day", cast("LiteralString", message)) from None


_Day = Annotated[date, BeforeValidator(_day)]
#: Facets whose values have a type of their own.
_TYPES: dict[str, Any] = {
    "language": LanguageCode,
    "year": Annotated[int, Field(ge=1, le=9999)],
}


class SitesParameter(Schema):
    """`?site=`: which sites are searched."""

    site: list[str] = Field(
        [],
        max_length=MOST_SITES,
        description="Sites by id, host name or code (fra, c1), or “all” for every site; may be "
        "repeated. Default: the site of the host that is asked.",
    )


class _SearchParameters(LanguageParameter, SitesParameter):
    q: str = Field(
        "",
        max_length=LONGEST_TEXT,
        description="Words, “a phrase”, -without, begun*, 2019..2021, a document's symbol. May be "
        "left out where something narrows the search, or an order is asked for.",
    )
    since: _Day | None = Field(None, description="Nothing earlier, nor what has no date.")
    until: _Day | None = Field(None, description="Nothing later, nor what has no date.")
    sort: Sort = Sort.RELEVANCE
    spelling: bool = Field(True, description="Whether unknown words are taken as probably meant.")
    page: int = Field(1, ge=1, le=LAST_PAGE, description="Pages go to the 10,000th hit at most.")
    limit: int = Field(10, ge=1, le=LARGEST_LIMIT, description="Hits a page, 1 to 100.")
    after: str = Field(
        "",
        max_length=2_000,
        description="The cursor `next` of the page before; goes before `page`, and as far as the "
        "list does where it is sorted by date or symbol.",
    )


class SuggestionParameters(LanguageParameter, SitesParameter):
    """What is being typed."""

    q: str = Field(max_length=LONGEST_TEXT, description="What was typed so far.")
    limit: int = Field(8, ge=1, le=20)


def search_parameters() -> type[Schema]:
    """The parameters of a search, with each registered facet's."""
    known = {name: facet for name, facet in facets().items() if name != "site"}
    fields: dict[str, Any] = {
        name: (
            list[_TYPES.get(name, _Value)],
            Field(
                [],
                max_length=MOST_VALUES,
                description=f"Narrow by {facet.label}: any of these; may be repeated.",
            ),
        )
        for name, facet in known.items()
    }
    # A word of Python's, so it can't be written as a field of a class.
    fields["in"] = (
        list[LanguageCode],
        Field([], max_length=6, description="Languages whose text is looked at. Default: all."),
    )
    fields["facets"] = (
        list[Literal[tuple(facets())]],  # type: ignore[misc]
        Field([], max_length=20, description="Facets to count; may be repeated."),
    )
    return create_model("SearchParameters", __base__=_SearchParameters, **fields)


class FragmentForm(Schema):
    """A piece of text, and whether it is what was looked for."""

    text: str
    marked: bool


class SearchHit(Schema):
    """One object that was found, in the best of its languages that match."""

    title: str
    title_fragments: list[FragmentForm]
    passage_fragments: list[FragmentForm]
    highlight_html: str = Field(description="The passage, escaped, with <mark> around the marks.")
    language: LanguageCode
    direction: Literal["ltr", "rtl"]
    languages: list[LanguageCode]
    site: str
    kind: str
    symbol: str
    date: datetime | None
    html_url: str
    html_urls: dict[str, str] = Field(description="{language: address}, where it exists.")


class FacetValueForm(Schema):
    """A value, what people read for it, and how many of the found objects have it."""

    value: str
    label: str
    count: int


class FacetForm(Schema):
    """All values of a facet among what is found without its own filter, the most frequent first."""

    name: str
    label: str
    values: list[FacetValueForm]


class AnswerLinkForm(Schema):
    """Something that belongs to an answer: a revision, a corrigendum."""

    relation: str
    text: str
    language: LanguageCode
    html_url: str


class AnswerForm(Schema):
    """The one thing that `q` names, such as the document of a symbol."""

    title: str
    language: LanguageCode
    direction: Literal["ltr", "rtl"]
    kind: str
    symbol: str
    exact: bool = Field(description="False where `q` names it by a part only.")
    html_url: str
    html_urls: dict[str, str]
    related: list[AnswerLinkForm]


class SearchResults(Schema):
    """`count`: objects found, each once. `next`: the cursor of the following page, "" on the last.
    `meant`: `q` as it was probably meant, "" where every word is known; what that finds is among
    the hits already."""

    count: int
    page: int
    pages: int
    next: str
    meant: str
    answer: AnswerForm | None
    facets: list[FacetForm]
    items: list[SearchHit]


class SuggestionForm(Schema):
    """A title that goes on as `q` was begun, or whose symbol does."""

    title: str
    language: LanguageCode
    direction: Literal["ltr", "rtl"]
    symbol: str
    site: str
    kind: str
    html_url: str


class SuggestionList(Schema):
    items: list[SuggestionForm]
