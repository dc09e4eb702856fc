"""``{% responsive_image %}``: an image in the formats and widths that suit the reader's screen."""

from typing import Any

from django import template

from blocks.renditions import renditions_of

register = template.Library()

#: A column of text: all of a small screen, else 45 rem.
DEFAULT_SIZES = "(min-width: 48rem) 45rem, 100vw"


@register.inclusion_tag("blocks/responsive_image.html")
def responsive_image(
    image: Any,
    alt: str | None,
    sizes: str = DEFAULT_SIZES,
    shape: str = "wide",
    loading: str = "lazy",
    css_class: str = "",
) -> dict[str, Any]:
    """Show an image as ``<picture>`` with AVIF and WebP, ``srcset``, width and height.

    ``alt`` is in the language of the text around it; empty for an image that only decorates.
    ``shape`` is one of ``blocks.renditions.SHAPES``. Use ``loading="eager"`` for the one image that
    is seen first: it is then fetched with high priority. Where the file is lost, the alternative
    text stands in its place.
    """
    return {
        "renditions": renditions_of(image, shape),
        "alt": alt or "",
        "sizes": sizes,
        "loading": loading,
        "css_class": css_class,
    }
