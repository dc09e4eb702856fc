"""A word to the editor after a page is saved: names that are not the official ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.rich_text import get_text_for_indexing

from blocks.text import plain_text
from cms.access.writing import writable_languages
from cms.languages import codes
from cms.languages.fields import values_in
from cms.pages.models import Page

from .book import book
from .naming import NameWarning, official_name_warnings

#: Names that are told at once; how many more there are is said.
MOST = 5


def tell_about_names(request: HttpRequest, page: Page) -> None:
    """Wagtail's `after_edit_page` and `after_create_page` hooks. At most three queries.

    Silent where the browser saves by itself: somebody is still typing.
    """
    if not request.accepts("text/html"):
        return
    found = names_to_look_at(page, writable_languages(request.user, page))
    if not found:
        return
    rest = len(found) - MOST
    more = ngettext("%(count)s more name.", "%(count)s more names.", max(rest, 0))
    messages.warning(
        request,
        format_html(
            "{} <ul>{}</ul>{}",
            _("The page is saved. Some names are not the official ones:"),
            format_html_join(
                "",
                "<li>{}: <bdi>{}</bdi></li>",
                ((codes.get(one.language).name, one) for one in found[:MOST]),
            ),
            more % {"count": rest} if rest > 0 else "",
        ),
    )


def names_to_look_at(page: Page, languages: frozenset[str]) -> list[NameWarning]:
    """The warnings about a page's words in these languages. At most two queries."""
    glossary = book()
    return [
        warning
        for code in codes.CODES
        if code in languages
        for warning in official_name_warnings(_words(page, code), code, using=glossary)
    ]


def _words(page: Page, code: str) -> str:
    texts = (
        get_text_for_indexing(value) if isinstance(value, str) else plain_text(value)
        for value in values_in(page, code).values()
        if value
    )
    return "\n".join(texts)
