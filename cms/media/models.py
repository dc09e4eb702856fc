"""Images and files: title and alternative text in six languages (see `translation.py`)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from cms.languages import codes
from cms.languages.fields import text_in


def _translated_search_fields(*names: str) -> list[index.BaseField]:
    return [index.SearchField(f"{name}_{code}") for name in names for code in codes.CODES]


class SiteImage(AbstractImage):
    """An image. `description` is the alternative text, in each language that needs it."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = (
        "file",
        "collection",
        *[f"{name}_{code}" for code in codes.CODES for name in ("title", "description")],
        "credit",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *AbstractImage.search_fields,
        *_translated_search_fields("title", "description"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        """The alternative text in the active language, else in another; "" is decorative."""
        return text_in(self, "description", codes.active())[0]


class Rendition(AbstractRendition):
    """A cut and converted image."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class File(AbstractDocument):
    """A file to download. UN documents with symbols are records of `cms.library`, not these."""

    admin_form_fields = (
        *[f"title_{code}" for code in codes.CODES],
        "file",
        "collection",
        "tags",
    )
    search_fields = [*AbstractDocument.search_fields, *_translated_search_fields("title")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
