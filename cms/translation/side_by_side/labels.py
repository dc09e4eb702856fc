"""What the editor calls the texts that every page has, in the words of the page's own editor."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.languages.segments import Pair

_FIELDS = {
    "title": _("Title"),
    "seo_title": _("Title in search engines"),
    "search_description": _("Description in search engines"),
}
#: These come last there.
LAST = ("seo_title", "search_description")


def heading_of(pair: Pair) -> str:
    """The name of the field or block that a piece is in."""
    return str(_FIELDS.get(pair.field, "")) or pair.heading


def label_of(pair: Pair) -> str:
    """The whole name of a piece."""
    return str(_FIELDS.get(pair.field, "")) or pair.label


def part_of(pair: Pair) -> str:
    """Its name below the heading; "" where that says it all."""
    return "" if pair.part == pair.heading else pair.part
