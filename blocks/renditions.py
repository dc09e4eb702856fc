"""Sizes and formats of images: one ``<picture>`` for blocks, page templates and the API.

Each shape has a few widths. A reader's browser takes AVIF, else WebP, else the JPEG of the middle
width, at the width that fits its screen. No rendition is wider than the original.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.models import SourceImageIOError

#: The formats offered before the fallback, best first, with their media types.
FORMATS = (("avif", "image/avif"), ("webp", "image/webp"))
FALLBACK_FORMAT = "jpeg"


@dataclass(frozen=True)
class Shape:
    """How an image is cut: to which widths, which of them is the fallback's, and how high.

    ``height`` is in parts of the width; without it the image keeps its own proportions.
    """

    widths: tuple[int, ...]
    fallback: int
    height: float | None = None

    def spec(self, width: int, name: str) -> str:
        """Give Wagtail's filter specification for a width and a format."""
        if self.height is None:
            return f"width-{width}|format-{name}"
        return f"fill-{width}x{round(width * self.height)}|format-{name}"


SHAPES = {
    "wide": Shape((480, 960, 1600), fallback=960),
    "portrait": Shape((160, 320), fallback=320, height=5 / 4),
    "card": Shape((320, 640), fallback=640, height=2 / 3),
}


@dataclass(frozen=True)
class Source:
    """One rendition: media type, address, and size in pixels."""

    type: str
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Renditions:
    """The renditions of an image in a shape: the fallback, and the others best format first."""

    fallback: Source
    sources: tuple[Source, ...] = ()

    @property
    def srcsets(self) -> Iterator[tuple[str, str]]:
        """Give (media type, ``srcset``) for each format, best first."""
        for _name, media_type in FORMATS:
            urls = [f"{s.url} {s.width}w" for s in self.sources if s.type == media_type]
            if urls:
                yield media_type, ", ".join(urls)


def _specs(shape: Shape, *, image_width: int | None = None) -> dict[str, tuple[str, int]]:
    """Map Wagtail's filter specification to (media type, width); the fallback comes first.

    The widths stop at the first that reaches the original's: wider ones would be copies of it.
    """
    widths: list[int] = []
    for width in shape.widths:
        widths.append(width)
        if image_width is not None and width >= image_width:
            break
    fallback = min(shape.fallback, widths[-1])
    specs = {shape.spec(fallback, FALLBACK_FORMAT): (f"image/{FALLBACK_FORMAT}", fallback)}
    for name, media_type in FORMATS:
        specs |= {shape.spec(width, name): (media_type, width) for width in widths}
    return specs


def all_specs() -> list[str]:
    """Give every filter specification in use, to prefetch the renditions of many images."""
    return sorted(
        {
            spec
            for shape in SHAPES.values()
            for width in shape.widths
            for spec in _specs(shape, image_width=width)
        }
    )


def renditions_of(image: Any, shape: str = "wide") -> Renditions | None:
    """Give the renditions of an image, making those that don't exist yet.

    ``None`` when there is no image or its file is lost (the alternative text is shown then).
    Making an AVIF costs 50–300 ms; after an upload, call this in a job for the shapes in use.
    """
    if image is None:
        return None
    if image.is_svg():
        return Renditions(Source("image/svg+xml", image.file.url, image.width, image.height))
    specs = _specs(SHAPES[shape], image_width=image.width)
    try:
        made = image.get_renditions(*specs)
    except SourceImageIOError:
        return None
    sources = [
        Source(specs[spec][0], rendition.url, rendition.width, rendition.height)
        for spec, rendition in made.items()
    ]
    return Renditions(sources[0], tuple(sources[1:]))


def image_for_api(
    image: Any, *, alt: str, shape: str = "wide", context: dict | None = None
) -> dict[str, Any] | None:
    """Give an image's API form: ``{id, title, alt, width, height, renditions: [...]}``.

    ``width`` and ``height`` are the original's, in pixels. Each rendition is ``{type, url, width,
    height}``, fallback first. Addresses are absolute where the context has a ``request``.
    """
    if image is None:
        return None
    made = renditions_of(image, shape)
    request = (context or {}).get("request")
    sources = [made.fallback, *made.sources] if made else []
    return {
        "id": image.pk,
        "title": image.title,
        "alt": alt,
        "width": image.width,
        "height": image.height,
        "renditions": [
            {
                "type": source.type,
                "url": request.build_absolute_uri(source.url) if request else source.url,
                "width": source.width,
                "height": source.height,
            }
            for source in sources
        ],
    }


class ImageChooser(ImageChooserBlock):
    """Chooses an image; a stream's images come with their renditions in two queries, not two each.

    Holds no alternative text: the family that shows the image says what it needs.
    """

    def bulk_to_python(self, values: Any) -> list[Any]:
        """Give the images of the given ids in the same order, ``None`` for those that are gone.

        Each place gets an object of its own, as Wagtail's choosers promise.
        """
        values = list(values)
        images = get_image_model().objects.prefetch_renditions(*all_specs())
        found = {image.pk: image for image in images.filter(pk__in=[v for v in values if v])}
        result, used = [], set()
        for pk in values:
            image = found.get(pk)
            result.append(copy(image) if pk in used else image)
            used.add(pk)
        return result
