"""Forms of images and files: a title in one language at least, and an honest file."""

from __future__ import annotations

import struct
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as PILImage
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.languages import codes

from .content_check import check_content, ends_as_archive

#: Of all frames of a moving image together: to cut it, each is opened.
MOST_PIXELS = 300_000_000


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
    """Wagtail's field compares format and name, and counts the pixels of one picture. Refused too:
    what is cut off or damaged, moves through too many pixels, or is an archive besides."""

    def to_python(self, data: Any) -> Any:
        try:
            upload = super().to_python(data)
            if upload:
                upload.seek(0)
                _open_all(upload)  # the header alone says nothing of a cut-off end
                upload.seek(0)
        except _UNREADABLE as error:
            raise _damaged(data) from error
        if upload and ends_as_archive(upload):
            raise _damaged(data)
        if upload:
            upload.seek(0)
        return upload


#: What Pillow raises while it decodes; a ValueError for a compressed text that is far too long.
_UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error)


def _open_all(upload: Any) -> None:
    with warnings.catch_warnings():
        # `check_image_pixel_size` has counted; Pillow's own bound is another number.
        warnings.simplefilter("ignore", PILImage.DecompressionBombWarning)
        picture = PILImage.open(upload)
        if picture.width * picture.height * getattr(picture, "n_frames", 1) > MOST_PIXELS:
            raise ValidationError(
                _("“%(name)s” has too many frames for its size. Make it shorter or smaller."),
                code="too_many_frames",
                params={"name": upload.name},
            )
        picture.load()


def _damaged(data: Any) -> ValidationError:
    return ValidationError(
        _("“%(name)s” is damaged: it can't be opened. Save it again, then upload it."),
        code="damaged_image",
        params={"name": data.name},
    )


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
