"""Questions and answers that open one by one, with the browser's own ``<details>``."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family, ListFamily
from blocks.richtext import ITEM_FEATURES, RichTextBlock


class AccordionItem(Family):
    """One title that opens one text."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    text = RichTextBlock(features=list(ITEM_FEATURES), label=_("Text"))

    visible = ("title", "text")

    class Meta:
        icon = "list-ul"
        label = _("Item")
        label_format = "{title}"

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{title, text}``; the text is display HTML."""
        return {
            "title": value.get("title"),
            "text": self.child_blocks["text"].get_api_representation(value["text"], context),
        }


class AccordionBlock(ListFamily):
    """A list of titles, each of which opens its text."""

    items = blocks.ListBlock(AccordionItem(), min_num=1, label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        description = _("Titles that open their texts: visas, fees, opening hours.")
        group = _("Text")
        template = "blocks/accordion.html"
        preview_value = {
            "items": [
                {
                    "title": _("What is a note verbale?"),
                    "text": _("<p>A formal note from one mission to another.</p>"),
                },
                {
                    "title": _("Who may sign it?"),
                    "text": _("<p>It bears initials and a seal.</p>"),
                },
            ]
        }
