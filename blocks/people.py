"""People with their titles and photographs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family, ListFamily
from blocks.renditions import ImageChooser, image_for_api
from blocks.samples import SampleImage


class Person(Family):
    """One person. The photograph needs no alternative text: the name stands beside it."""

    name = blocks.CharBlock(
        max_length=200, label=_("Name"), help_text=_("With the form of address, as in protocol.")
    )
    title = blocks.CharBlock(required=False, max_length=200, label=_("Title"))
    photo = ImageChooser(required=False, label=_("Photograph"))
    text = blocks.TextBlock(required=False, rows=2, max_length=600, label=_("A few words"))

    visible = ("name", "title", "text")

    class Meta:
        icon = "user"
        label = _("Person")
        label_format = "{name}"

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{name, title, photo, text}``; the photo's ``alt`` is empty, as on the page."""
        return {
            "name": value.get("name"),
            "title": value.get("title") or "",
            "photo": image_for_api(value.get("photo"), alt="", shape="portrait", context=context),
            "text": value.get("text") or "",
        }


class PeopleBlock(ListFamily):
    """People in the order of protocol that the editor gives."""

    items = blocks.ListBlock(Person(), min_num=1, label=_("People"))

    class Meta:
        icon = "group"
        label = _("People")
        description = _("Names and titles, with photographs if there are any.")
        group = _("People and contacts")
        template = "blocks/people.html"

    def get_preview_value(self) -> Any:
        """Give one person with a drawing for a photograph."""
        person = {
            "name": _("H.E. the Permanent Representative"),
            "title": _("Ambassador Extraordinary and Plenipotentiary"),
            "photo": SampleImage(),
            "text": "",
        }
        return self.normalize({"items": [person, {**person, "photo": None}]})
