"""Events in order, each with its date as people write it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family, ListFamily
from blocks.richtext import ITEM_FEATURES, RichTextBlock


class TimelineItem(Family):
    """One event."""

    date_text = blocks.CharBlock(
        max_length=80,
        label=_("Date, as shown"),
        help_text=_("In the language of this tab: a year, a day, a period."),
    )
    date = blocks.DateBlock(
        required=False,
        label=_("Exact day"),
        help_text=_("For software that reads the page. Not shown."),
    )
    title = blocks.CharBlock(max_length=200, label=_("Event"))
    text = RichTextBlock(required=False, features=list(ITEM_FEATURES), label=_("Text"))

    visible = ("date_text", "title", "text")

    class Meta:
        icon = "date"
        label = _("Event")
        label_format = "{date_text} {title}"

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{date_text, date, title, text}``; the date is ISO 8601 or null."""
        date = value.get("date")
        return {
            "date_text": value.get("date_text"),
            "date": date.isoformat() if date else None,
            "title": value.get("title"),
            "text": self.child_blocks["text"].get_api_representation(value["text"], context),
        }


class TimelineBlock(ListFamily):
    """Events in the order in which the editor gives them."""

    items = blocks.ListBlock(TimelineItem(), min_num=1, label=_("Events"))

    class Meta:
        icon = "history"
        label = _("Timeline")
        description = _("Events in order, with their dates.")
        group = _("Facts")
        template = "blocks/timeline.html"
        preview_value = {
            "items": [
                {
                    "date_text": "1945",
                    "date": None,
                    "title": _("Charter of the United Nations"),
                    "text": "",
                },
                {
                    "date_text": "1948",
                    "date": None,
                    "title": _("Universal Declaration of Human Rights"),
                    "text": "",
                },
            ]
        }
