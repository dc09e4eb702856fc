"""Two languages of a page side by side, each part of one beside the part that translates it.

`/fr/actualites/eau/?beside=ar` shows the page's text in French and, beside it, in Arabic. What is
shown is the page's live row: a language that is not released is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html

from cms.languages import codes
from cms.languages.alignment import Part, align
from cms.languages.fields import column
from cms.languages.fingerprints import is_empty

from .editor import own_fields

if TYPE_CHECKING:
    from .models import Page

#: The parameter of an address that names the other language.
BESIDE = "beside"

#: Attributes that give or name an id; see `_apart`.
_ID_ATTRIBUTES = ("id", "for", "aria-labelledby", "aria-describedby", "aria-controls")


@dataclass(frozen=True)
class Piece:
    """One part of a page's text in one language. `label`: what the part is ("Place"), or ""."""

    language: codes.Language
    html: SafeString
    label: str = ""

    # Attribute names of HTML, for templates.
    @property
    def lang(self) -> str:
        return self.language.code

    @property
    def dir(self) -> str:
        return self.language.direction


@dataclass(frozen=True)
class Pair:
    """One part in both languages; a side without it has a piece with empty `html`.

    `kind`: "lead" (text in one paragraph or more), "fact" (a short text with a label), "text"
    (running text).
    """

    kind: str
    sides: tuple[Piece, Piece]


def serve(page: Page, request: HttpRequest) -> HttpResponse:
    """The page's text in the language of the address beside that of `?beside=`.

    404 for what is none of the six languages. The page as it is where both are the same. For a
    language that the page lacks, one side with those that it has. The reader's permission to read
    the page has been asked by whoever calls (`Page.serve`).
    """
    asked = request.GET[BESIDE]
    beside = codes.normalise(asked)
    if beside is None:
        raise Http404
    left = page.best_language(codes.active())
    plain = page.get_url(request) or ""
    if beside == left:
        return HttpResponseRedirect(plain)
    if beside != asked:
        return HttpResponseRedirect(f"{plain}?{BESIDE}={beside}")
    context = page.get_context(request) | reader_context(page, request, left=left, right=beside)
    response = TemplateResponse(request, "pages/parallel.html", context)
    response["Content-Language"] = f"{left}, {beside}" if beside in page.languages else left
    return response


def reader_context(page: Page, request: HttpRequest, *, left: str, right: str) -> dict[str, Any]:
    """What the template of the parallel reader knows beside what every page's does.

    `pairs`: empty where the page lacks the right language, which `missing` then names; `choices`:
    languages that may stand beside the left one. The menu of languages keeps the reader in this
    view, and changes sides where the other language is chosen.
    """
    there = right in page.languages
    others = [codes.get(code) for code in page.languages if code != left]
    shown = (codes.get(left), codes.get(right)) if there else (codes.get(left),)
    return {
        "alternates": [],  # search engines are shown the plain page
        "parallel_url": "",
        "plain_url": page.get_url(request) or "",
        "parameter": BESIDE,
        "titles": [
            Piece(language, conditional_escape(getattr(page, column("title", language.code))))
            for language in shown
        ],
        "pairs": pairs(page, left, right, context={"request": request, "page": page})
        if there
        else [],
        "missing": None if there else codes.get(right),
        "choices": others,
        "chosen": right if there else "",
        "languages": _menu(page, request, left=left, right=right),
    }


def address(page: Page, request: HttpRequest) -> str:
    """Where the page of this request can be read beside another of its languages, or "".

    Beside its source language, or, where that is what is being read, beside the first other.
    """
    languages, plain = page.languages, page.get_url(request)
    if len(languages) < 2 or plain != request.path:
        return ""
    here = page.best_language(codes.active())
    first = (page.source_language, *languages)
    other = next(code for code in first if code in languages and code != here)
    return f"{plain}?{BESIDE}={other}"


def pairs(page: Page, left: str, right: str, *, context: dict[str, Any]) -> list[Pair]:
    """The page's own translated fields in the editor's order, streams block by block.

    What both languages leave empty is left out. `context`: what templates of blocks are given.
    """
    found: list[Pair] = []
    for name in own_fields(type(page)):
        field = page._meta.get_field(name)
        values = (getattr(page, column(name, left)), getattr(page, column(name, right)))
        if isinstance(field, StreamField):
            rendered = _blocks(values, (left, right), context)
            kind = "text"
        else:
            rendered = [(_html(field, values[0]), _html(field, values[1]))]
            kind = _kind(field)
        label = capfirst(field.verbose_name) if kind == "fact" else ""
        found += [
            Pair(kind, (_piece(left, ours, label), _piece(right, _apart(theirs), label)))
            for ours, theirs in rendered
            if ours or theirs
        ]
    return found


def _blocks(
    values: tuple[StreamValue, StreamValue], languages: tuple[str, str], context: dict[str, Any]
) -> list[tuple[str, str]]:
    parts = [[Part(child.id or "", child.block_type) for child in value] for value in values]
    rendered = []
    for value, code in zip(values, languages, strict=True):
        with codes.override(code):
            rendered.append([child.render_as_block(context) for child in value])
    return [
        (
            rendered[0][ours].strip() if ours is not None else "",
            rendered[1][theirs].strip() if theirs is not None else "",
        )
        for ours, theirs in align(*parts)
    ]


def _html(field: models.Field, value: str | None) -> str:
    if is_empty(value):
        return ""
    if isinstance(field, RichTextField):
        return expand_db_html(value)
    if isinstance(field, models.TextField):
        return linebreaks(value, autoescape=True)
    return conditional_escape(value)


def _kind(field: models.Field) -> str:
    if isinstance(field, RichTextField):
        return "text"
    return "lead" if isinstance(field, models.TextField) else "fact"


def _piece(code: str, html: str, label: Any) -> Piece:
    with codes.override(code):
        # Escaped by `_html`, or rendered by the template of a block.
        return Piece(codes.get(code), SafeString(html), str(label))


def _apart(html: str) -> str:
    """The same with ids of its own: a block that was copied from the other language has that one's,
    and what stands on the page twice is no id."""
    if " id=" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for attribute in _ID_ATTRIBUTES:
        for element in soup.find_all(attrs={attribute: True}):
            element[attribute] = f"{BESIDE}-{element[attribute]}"
    return str(soup)


def _menu(page: Page, request: HttpRequest, *, left: str, right: str) -> list[Any]:
    from .rendering import language_menu

    menu = language_menu(page, request)
    return [
        replace(choice, url=f"{choice.url}?{BESIDE}={left if choice.code == right else right}")
        for choice in menu
    ]
