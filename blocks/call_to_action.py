"""One thing to do, with one button."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family
from blocks.links import safe_href


class CallToActionValue(blocks.StructValue):
    """A call to action's value."""

    def href(self, request: Any = None) -> str:
        """Give where the button leads; empty when the page is not published or the link unsafe."""
        page = self.get("page")
        if page is not None:
            return (page.get_url(request) or "") if page.live else ""
        return safe_href(self.get("url"))


class CallToActionBlock(Family):
    """A short text and a button."""

    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.TextBlock(required=False, rows=2, max_length=400, label=_("Text"))
    button = blocks.CharBlock(
        max_length=60,
        label=_("Words on the button"),
        help_text=_("What happens: “Apply for a visa”, not “Click here”."),
    )
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("Or address of another site"))

    visible = ("title", "text", "button")

    class Meta:
        icon = "redirect"
        label = _("Call to action")
        description = _("One thing to do, with a button.")
        group = _("People and contacts")
        template = "blocks/call_to_action.html"
        value_class = CallToActionValue
        label_format = "{title}"
        preview_value = {
            "title": _("Visas"),
            "text": _("Consular services are given by appointment."),
            "button": _("Make an appointment"),
            "page": None,
            "url": "https://www.un.org/",
        }

    def clean(self, value: Any) -> CallToActionValue:
        """Ask for a page or an address, not both."""
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["url"]:
            return self.refuse(cleaned, url=_("Choose a page or give an address, not both."))
        if self.is_deferred_validation or cleaned["page"] or cleaned["url"]:
            return cleaned
        return self.refuse(cleaned, page=_("Choose a page, or give an address below."))

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        """Give the template ``href``."""
        context = super().get_context(value, parent_context)
        return context | {"href": value.href(context.get("request"))}

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{title, text, button, url, page}``; ``page`` is an id or null."""
        page = value.get("page")
        return {
            "title": value.get("title"),
            "text": value.get("text") or "",
            "button": value.get("button"),
            "url": value.href((context or {}).get("request")),
            "page": page.pk if page is not None and page.live else None,
        }
