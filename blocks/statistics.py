"""A few figures, large, each with what it counts."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family, ListFamily


class Statistic(Family):
    """One figure."""

    figure = blocks.CharBlock(
        max_length=40,
        label=_("Figure"),
        help_text=_("As readers of this language write it, with its unit."),
    )
    label = blocks.CharBlock(max_length=120, label=_("What it counts"))
    note = blocks.CharBlock(required=False, max_length=200, label=_("Year or source"))

    visible = ("label", "note", "figure")

    class Meta:
        icon = "decimal"
        label = _("Figure")
        label_format = "{figure} {label}"


class StatisticsBlock(ListFamily):
    """Up to eight figures side by side."""

    items = blocks.ListBlock(Statistic(), min_num=1, max_num=8, label=_("Figures"))

    class Meta:
        icon = "decimal"
        label = _("Statistics")
        description = _("A few figures that stand out.")
        group = _("Facts")
        template = "blocks/statistics.html"
        preview_value = {
            "items": [
                {"figure": "193", "label": _("Member States"), "note": ""},
                {"figure": "6", "label": _("official languages"), "note": ""},
            ]
        }
