"""One image or file as an archive describes it, and the row that a description makes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File as DjangoFile
from django.db import models
from django.utils.translation import gettext as _
from PIL import Image as PILImage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from cms.media.content_check import check_content

from .content import Json, Unreadable, content_fields
from .references import FILE, IMAGE

#: What an archive says elsewhere, or what is looked up again in the file itself.
HOUSEKEEPING = frozenset(
    {
        "file",
        "collection",
        "uploaded_by_user",
        "created_at",
        "file_hash",
        "file_size",
        "width",
        "height",
    }
)
#: What the storage adds to the name of an image, so that nobody guesses it.
_TOKEN = re.compile(r"-[0-9a-f]{12}(?=\.[^.]*$|$)")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f/\\:]")


@dataclass(frozen=True)
class Shelf:
    """A kind of media. `kind`: of its references; `folder`: of its members in the archive;
    `extensions`: of files that may be restored."""

    kind: str
    folder: str
    model: type[Any]
    extensions: frozenset[str]


def shelves() -> tuple[Shelf, Shelf]:
    """Images, then files."""
    return (
        Shelf(IMAGE, "images", get_image_model(), frozenset(settings.WAGTAILIMAGES_EXTENSIONS)),
        Shelf(FILE, "files", get_document_model(), frozenset(settings.WAGTAILDOCS_EXTENSIONS)),
    )


def media_of(shelf: Shelf, collection: Collection | None) -> models.QuerySet[Any]:
    """What a site's collection and those below it hold, the oldest first."""
    if collection is None:
        return shelf.model._base_manager.none()
    below = Collection.objects.filter(path__startswith=collection.path)
    return shelf.model._base_manager.filter(collection__in=below).order_by("pk")


def extension_of(name: str) -> str:
    """The extension of a stored file, without the dot, in lower case; "bin" for an odd one."""
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    return extension if re.fullmatch(r"[a-z0-9]{1,8}", extension) else "bin"


def describe(
    item: Any, *, name: str, member: str | None, collections: Mapping[int, list[str]]
) -> Json:
    """An image or file as JSON. `member`: what holds its original in the archive, None where that
    is lost; `collections`: {id: names below the site's own collection}."""
    return {
        "id": name,
        "file": member,
        "file_name": _TOKEN.sub("", PurePosixPath(item.file.name).name),
        "created_at": item.created_at,
        "collection": collections[item.collection_id],
        "tags": sorted(item.tags.names()),
        "content": {
            field.name: getattr(item, field.attname)
            for field in content_fields(type(item), HOUSEKEEPING)
        },
    }


def collection_names(collection: Collection | None) -> dict[int, list[str]]:
    """{id: names of the steps from the site's collection}: [] for the site's own."""
    if collection is None:
        return {}
    named: dict[str, list[str]] = {collection.path: []}
    found = {collection.pk: named[collection.path]}
    for below in collection.get_descendants().order_by("path"):
        named[below.path] = [*named[below.path[: -below.steplen]], below.name]
        found[below.pk] = named[below.path]
    return found


# --- from the archive ----------------------------------------------------------------------------


def check_description(told: Any, shelf: Shelf, *, number: int, members: Mapping[str, Any]) -> None:
    """Raise Unreadable for a description that can't be restored."""
    where = f"{shelf.kind}:{number}"
    if not isinstance(told, dict) or told.get("id") != where:
        raise Unreadable(where, _("the description of another object, or of none"))
    known = {field.name for field in content_fields(shelf.model, HOUSEKEEPING)}
    if unknown := sorted(set(told["content"]) - known):
        raise Unreadable(where, _("unknown fields: %(names)s") % {"names": ", ".join(unknown)})
    if told["file"] is None:
        return
    if told["file"] not in members:
        raise Unreadable(where, _("its file %(name)s is missing") % {"name": told["file"]})
    if extension_of(told["file"]) not in shelf.extensions:
        raise Unreadable(
            where, _("files of this kind are not taken: %(name)s") % {"name": told["file"]}
        )


def check_original(stream: IO[bytes], shelf: Shelf, *, name: str) -> dict[str, int]:
    """Look into a file as an upload is looked into; give an image's width and height in pixels.

    Raises Unreadable.
    """
    try:
        check_content(DjangoFile(stream, name=name))
        if shelf.kind != IMAGE:
            return {}
        stream.seek(0)
        with PILImage.open(stream) as picture:
            width, height = picture.size
        if width * height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise Unreadable(name, _("the image has too many pixels to be opened"))
        return {"width": width, "height": height}
    except (ValidationError, OSError, SyntaxError, PILImage.DecompressionBombError) as error:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise Unreadable(name, reason) from error
    finally:
        stream.seek(0)


def new_row(shelf: Shelf, told: Mapping[str, Any], *, collection: Collection) -> Any:
    """An unsaved image or file with what a description says."""
    return shelf.model(collection=collection, **told["content"])


def stored_name(row: Any, told: Mapping[str, Any]) -> str:
    """Where the storage should keep the original, as for an upload of that name."""
    base = _NOT_IN_NAMES.sub("_", str(told["file_name"]))[-100:].lstrip(".") or "file"
    extension = extension_of(told["file"])
    if extension_of(base) != extension:
        base = f"{base}.{extension}"
    return str(row._meta.get_field("file").generate_filename(row, base))


def save_row(row: Any, told: Mapping[str, Any], *, name: str, size: Mapping[str, int]) -> None:
    """Save a row whose original lies in the storage under `name`. `size`: an image's, in pixels."""
    for attribute, value in size.items():
        setattr(row, attribute, value)
    row.file = name
    row.file_size = row.file.size
    row._set_file_hash()
    row.save()
    row.file.close()
    row.tags.set(told["tags"])
    moment = datetime.datetime.fromisoformat(told["created_at"])
    type(row)._base_manager.filter(pk=row.pk).update(created_at=moment)
