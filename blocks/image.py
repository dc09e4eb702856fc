"""An image with its alternative text, caption and credit, in the language of the column."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family
from blocks.renditions import ImageChooser, image_for_api
from blocks.samples import SampleImage


class ImageValue(blocks.StructValue):
    """An image's value."""

    @property
    def alt(self) -> str:
        """The alternative text; empty for an image that only decorates."""
        return "" if self.get("decorative") else self.get("alt_text") or ""


class ImageBlock(Family):
    """One image. Each language has its own block, so each asks for its own alternative text."""

    image = ImageChooser(label=_("Image"))
    alt_text = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("Alternative text"),
        help_text=_(
            "What the image shows, in the language of this tab, for readers who can't see it."
        ),
    )
    decorative = blocks.BooleanBlock(
        required=False,
        label=_("The image only decorates"),
        help_text=_("It tells nothing that the text does not say: readers' software skips it."),
    )
    caption = blocks.CharBlock(required=False, max_length=500, label=_("Caption"))
    credit = blocks.CharBlock(
        required=False, max_length=200, label=_("Credit"), help_text=_("For example: UN Photo")
    )

    visible = ("caption", "credit")

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A photograph or drawing with its caption.")
        group = _("Images and media")
        template = "blocks/image.html"
        value_class = ImageValue
        label_format = "{alt_text}"
        preview_value = {
            "image": SampleImage(),
            "alt_text": "",
            "decorative": True,
            "caption": _("The General Assembly Hall in New York"),
            "credit": _("UN Photo"),
        }

    def clean(self, value: Any) -> ImageValue:
        """Ask for alternative text, unless the image only decorates or the page is a draft."""
        cleaned = super().clean(value)
        if self.is_deferred_validation or cleaned["decorative"] or cleaned["alt_text"]:
            return cleaned
        return self.refuse(
            cleaned,
            alt_text=_(
                "Say what the image shows, in the language of this tab, or mark the image as one "
                "that only decorates."
            ),
        )

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{image, decorative, caption, credit}``; the image holds its ``alt``."""
        return {
            "image": image_for_api(value.get("image"), alt=value.alt, context=context),
            "decorative": bool(value.get("decorative")),
            "caption": value.get("caption") or "",
            "credit": value.get("credit") or "",
        }
