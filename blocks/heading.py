"""Headings of levels two to four, each with an address of its own on the page."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family

LEVELS = (2, 3, 4)


def anchor_of(text: str) -> str:
    """Give the id of a heading's element: ``section-`` and its words, in any script.

    The prefix keeps a heading called "Content" or "Search" apart from the page's own ids.
    """
    words = slugify(text, allow_unicode=True).removeprefix("section-")
    return f"section-{words[:80]}".rstrip("-")


class HeadingValue(blocks.StructValue):
    """A heading's value, with a level that is safe to write into a tag's name."""

    @property
    def number(self) -> int:
        """The level as a number from 2 to 4."""
        raw = str(self.get("level", ""))
        return int(raw) if raw in {str(level) for level in LEVELS} else LEVELS[0]

    @property
    def anchor_id(self) -> str:
        """The id that was fixed when the heading was first saved, else one from its words."""
        return self.get("anchor") or anchor_of(str(self.get("text") or ""))


class HeadingBlock(Family):
    """A heading; the stream sees to it that levels don't skip and ids don't repeat."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Sub-section")), ("4", _("Part of a sub-section"))],
        default="2",
        label=_("Level"),
    )
    anchor = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Address on the page"),
        help_text=_(
            "Others link to this heading with it. Left empty, it is made from the heading's words "
            "and then stays the same when the words change."
        ),
    )

    visible = ("text",)
    common = ("anchor",)

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("The title of a section or of a part of it.")
        group = _("Text")
        template = "blocks/heading.html"
        value_class = HeadingValue
        label_format = "{text}"
        preview_value = {"text": _("Universal Declaration of Human Rights"), "level": "2"}

    def clean(self, value: Any) -> HeadingValue:
        """Fix the address on the page at the first save."""
        cleaned = super().clean(value)
        cleaned["anchor"] = anchor_of(cleaned.get("anchor") or cleaned.get("text") or "")
        return cleaned

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{text, level, anchor}``; the level is a number."""
        return {"text": value.get("text"), "level": value.number, "anchor": value.anchor_id}
