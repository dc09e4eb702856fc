"""Images and files: title and alternative text in six languages (see `translation.py`)."""

from __future__ import annotations

import secrets
from os.path import splitext

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from cms.languages import codes
from cms.languages.fields import text_in

from .managers import FileManager, ImageManager, TagManager


def _translated_search_fields(*names: str) -> list[index.BaseField]:
    return [index.SearchField(f"{name}_{code}") for name in names for code in codes.CODES]


class Tag(TagBase):
    """A word that images and files are found by in the admin.

    Not taggit's own: a name may exist once for each site that uses it, since to find it taken would
    tell that another site uses it. Whose a tag is follows from what carries it.
    """

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, allow_unicode=True)

    objects = TagManager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class TaggedImage(ItemBase):
    """A tag on an image."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="images")
    content_object = models.ForeignKey(
        "media.SiteImage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class TaggedFile(ItemBase):
    """A tag on a file."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="files")
    content_object = models.ForeignKey(
        "media.File", on_delete=models.CASCADE, related_name="tagged_items"
    )


class SiteImage(AbstractImage):
    """An image. `description` is the alternative text, in each language that needs it."""

    tags = TaggableManager(through=TaggedImage, blank=True, help_text=None, verbose_name=_("tags"))
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

    objects = ImageManager()

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # An original is asked for by its name.
        indexes = [models.Index(fields=["file"], name="image_file")]

    def get_upload_to(self, filename: str) -> str:
        """A name that no other image ever has, nor anybody guesses: what lies under it can be kept
        by browsers for good, and its renditions' too."""
        stem, extension = splitext(filename)
        return super().get_upload_to(f"{stem[:60]}-{secrets.token_hex(6)}{extension}")

    @property
    def default_alt_text(self) -> str:
        """The alternative text in the active language, else in another; "" is decorative."""
        return text_in(self, "description", codes.active())[0]


class Rendition(AbstractRendition):
    """A cut and converted image."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        indexes = [models.Index(fields=["file"], name="rendition_file")]


class File(AbstractDocument):
    """A file to download. UN documents with symbols are records of `cms.library`, not these."""

    tags = TaggableManager(through=TaggedFile, blank=True, help_text=None, verbose_name=_("tags"))

    admin_form_fields = (
        *[f"title_{code}" for code in codes.CODES],
        "file",
        "collection",
        "tags",
    )
    search_fields = [*AbstractDocument.search_fields, *_translated_search_fields("title")]

    objects = FileManager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
