"""How to reach an office or a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family
from blocks.links import safe_href, telephone_href

#: A card without any of these reaches nobody.
WAYS = ("address", "telephone", "email", "website")


class ContactCardValue(blocks.StructValue):
    """A contact card's value."""

    @property
    def telephone_href(self) -> str:
        """The number as an address that a telephone can dial."""
        return telephone_href(self.get("telephone"))

    @property
    def website_href(self) -> str:
        """The website, if a link may point to it."""
        return safe_href(self.get("website"))

    @property
    def map_href(self) -> str:
        """The map, if a link may point to it."""
        return safe_href(self.get("map_url"))


class ContactCardBlock(Family):
    """A contact card. The map is a link: nothing is loaded from a map's provider."""

    name = blocks.CharBlock(max_length=200, label=_("Office or person"))
    role = blocks.CharBlock(required=False, max_length=200, label=_("Function"))
    address = blocks.TextBlock(required=False, rows=3, label=_("Address"))
    telephone = blocks.CharBlock(
        required=False,
        max_length=60,
        label=_("Telephone"),
        help_text=_("With + and the country code."),
    )
    email = blocks.EmailBlock(required=False, label=_("E-mail"))
    website = blocks.URLBlock(required=False, label=_("Website"))
    hours = blocks.TextBlock(required=False, rows=2, label=_("Opening hours"))
    map_url = blocks.URLBlock(required=False, label=_("Address of a map"))

    visible = ("name", "role", "address", "telephone", "email", "hours")
    common = ("telephone",)

    class Meta:
        icon = "mail"
        label = _("Contact card")
        description = _("Address, telephone, e-mail and opening hours.")
        group = _("People and contacts")
        template = "blocks/contact_card.html"
        value_class = ContactCardValue
        label_format = "{name}"
        preview_value = {
            "name": _("Consular section"),
            "role": "",
            "address": "405 East 42nd Street\nNew York, NY 10017",
            "telephone": "+1 212 555 0100",
            "email": "consular@example.org",
            "website": "",
            "hours": _("Monday to Friday, 10 a.m. to 1 p.m."),
            "map_url": "",
        }

    def clean(self, value: Any) -> ContactCardValue:
        """Ask for one way of reaching the office, and for a number that can be dialled."""
        cleaned = super().clean(value)
        if cleaned["telephone"] and not cleaned.telephone_href:
            return self.refuse(cleaned, telephone=_("This number has no digits."))
        if self.is_deferred_validation or any(cleaned[way] for way in WAYS):
            return cleaned
        return self.refuse(
            cleaned, address=_("Give an address, a telephone number, an e-mail or a website.")
        )

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give the parts as text; ``website`` and ``map_url`` only where a link may point there."""
        parts = {name: value.get(name) or "" for name in self.child_blocks}
        return parts | {"website": value.website_href, "map_url": value.map_href}
