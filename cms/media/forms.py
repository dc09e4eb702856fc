"""Forms of images and files: a title in one language at least, and an honest file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as PILImage
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
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


class SoundImageField(WagtailImageField):
    """Wagtail's field compares format and name; one that is cut off or damaged is refused too."""

    def to_python(self, data: Any) -> Any:
        try:
            upload = super().to_python(data)
            if upload:
                upload.seek(0)
                PILImage.open(upload).load()  # the header alone says nothing of a cut-off end
                upload.seek(0)
            return upload
        except (OSError, SyntaxError) as error:  # what Pillow raises while it decodes
            raise ValidationError(
                _("“%(name)s” is damaged: it can't be opened. Save it again, then upload it."),
                code="damaged_image",
                params={"name": data.name},
            ) from error


class ImageForm(TitleInOneLanguageMixin, BaseImageForm):
    """Refuses an image that can't be opened or is of another format than its name says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stock = self.fields.get("file")
        if stock is not None:
            self.fields["file"] = SoundImageField(
                required=stock.required,
                label=stock.label,
                help_text=stock.help_text,
                widget=stock.widget,
            )
