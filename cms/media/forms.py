"""Forms of images and files: a title in one language at least, and an honest file."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.languages import codes

from .content_check import check_content


class TitleInOneLanguageMixin:
    """Fills nothing in: a title in any language will do, but one there must be."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()  # type: ignore[misc]
        names = [f"title_{code}" for code in codes.CODES if f"title_{code}" in self.fields]
        if names and not any(cleaned.get(name) for name in names):
            self.add_error(names[0], _("Give a title in at least one language."))
        return cleaned


class FileForm(TitleInOneLanguageMixin, BaseDocumentForm):
    """Refuses a file whose content is not what its name says."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and hasattr(upload, "content_type"):
            check_content(upload)
        return upload


class ImageForm(TitleInOneLanguageMixin, BaseImageForm):
    """Wagtail's image field already opens the image and compares its format with its name."""
