"""Template tags that name pages and show translated fields in the right language.

Inside `{% block content %}` the served language is active, since the element around it carries its
`lang`; a field that this language lacks is shown in another and marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from cms.languages import codes
from cms.languages.fields import text_in
from cms.languages.fingerprints import is_empty
from cms.pages.models import Page
from cms.pages.rendering import LocalizedPage, localize

register = template.Library()


@register.simple_tag(takes_context=True)
def localized(context: template.Context, page: Page) -> LocalizedPage:
    """`{% localized item as it %}`: `it.title`, `it.url`, `it.lang`, `it.dir` for the reader."""
    return localize(page, context["request"])


@register.simple_tag(takes_context=True)
def localized_pages(context: template.Context, pages: Iterable[Page]) -> list[LocalizedPage]:
    """`{% localized_pages items as named %}`: each page named for the reader."""
    return [localize(page, context["request"]) for page in pages]


@register.simple_tag(takes_context=True)
def text(context: template.Context, instance: Any, field: str) -> SafeString | str:
    """`{% text page "summary" %}`: the text in the language around it, else in another, marked.

    Works for pages and records. Escaped; for rich text see `rich_text`.
    """
    value, language = _in_context(context, instance, field)
    return _marked(value, language)


@register.simple_tag(takes_context=True)
def rich_text(context: template.Context, instance: Any, field: str) -> SafeString | str:
    """`{% rich_text page "intro" %}`: a rich text field expanded to HTML, marked like `text`."""
    value, language = _in_context(context, instance, field)
    if is_empty(value):
        return ""
    html = SafeString(expand_db_html(value))
    if language == codes.active():
        return html
    return format_html(
        '<div lang="{}" dir="{}">{}</div>', language, codes.direction(language), html
    )


@register.simple_tag(takes_context=True)
def body(context: template.Context, page: Page, field: str = "body") -> SafeString | str:
    """`{% body page %}`: a StreamField in the language around it, else in another, marked."""
    value, language = _in_context(context, page, field)
    if is_empty(value):
        return ""
    with codes.override(language):
        html = value.render_as_block(context.flatten())
    if language == codes.active():
        return html
    return format_html(
        '<div lang="{}" dir="{}">{}</div>', language, codes.direction(language), html
    )


@register.filter
def endonym(code: str) -> str:
    """`{{ "fr"|endonym }}` → Français."""
    return codes.get(code).name


@register.filter
def text_direction(code: str) -> str:
    """`{{ "ar"|text_direction }}` → rtl."""
    return codes.direction(code)


def _in_context(context: template.Context, instance: Any, field: str) -> tuple[Any, str]:
    source = getattr(instance, "source_language", "")
    return text_in(instance, field, codes.active(), source=source)


def _marked(value: str, language: str) -> SafeString | str:
    if not value or language == codes.active():
        return value or ""
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', language, codes.direction(language), value
    )
