"""A quotation with its speaker and source."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family
from blocks.links import safe_href


class QuoteValue(blocks.StructValue):
    """A quotation's value."""

    @property
    def href(self) -> str:
        """The source's address, if a link may point to it."""
        return safe_href(self.get("source_url"))


class QuoteBlock(Family):
    """What somebody said, set apart."""

    text = blocks.TextBlock(label=_("Quotation"), rows=3)
    attribution = blocks.CharBlock(required=False, max_length=200, label=_("Who said it"))
    role = blocks.CharBlock(required=False, max_length=200, label=_("Their title"))
    source_url = blocks.URLBlock(required=False, label=_("Address of the source"))

    visible = ("text", "attribution", "role")

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("The words of a person or of a document.")
        group = _("Text")
        template = "blocks/quote.html"
        value_class = QuoteValue
        label_format = "{text}"
        preview_value = {
            "text": _("Everyone has the right to life, liberty and security of person."),
            "attribution": _("Universal Declaration of Human Rights"),
            "role": _("Article 3"),
            "source_url": "",
        }

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{text, attribution, role, source_url}``."""
        return {
            "text": value.get("text"),
            "attribution": value.get("attribution") or "",
            "role": value.get("role") or "",
            "source_url": value.href,
        }
