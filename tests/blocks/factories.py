"""One valid raw value of each family in each of the six languages.

``raw_stream("ar", image=make_image())`` is what the database stores in ``body_ar``: assign it to
the column, or give it to ``StandardBody().to_python``.
"""

import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images import get_image_model

from tests.blocks.texts import ARTICLE_1, ARTICLE_3, DECLARATION, WORDS

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")

Raw = dict[str, Any]


def make_image(*, title: str = "Hall", width: int = 1200, height: int = 800, **fields: Any) -> Any:
    """Save a real JPEG of the given size in pixels and return the image's object."""
    buffer = BytesIO()
    # A gradient: a plain colour would compress to nothing in every format.
    Picture.linear_gradient("L").resize((width, height)).convert("RGB").save(buffer, "JPEG")
    buffer.seek(0)
    file = ImageFile(buffer, name=f"{uuid.uuid4().hex}.jpg")
    return get_image_model().objects.create(title=title, file=file, **fields)


def rich(text: str) -> str:
    """Give a paragraph as the rich text editor stores it."""
    return f'<p data-block-key="{uuid.uuid4().hex[:5]}">{text}</p>'


def _list(*values: Raw) -> list[Raw]:
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def _rich_text(code: str, _image: int | None) -> str:
    return rich(ARTICLE_1[code])


def _heading(code: str, _image: int | None) -> Raw:
    return {"text": DECLARATION[code], "level": "2", "anchor": ""}


def _quote(code: str, _image: int | None) -> Raw:
    return {
        "text": ARTICLE_3[code],
        "attribution": WORDS[code]["general_assembly"],
        "role": WORDS[code]["united_nations"],
        "source_url": "https://www.un.org/",
    }


def _accordion(code: str, _image: int | None) -> Raw:
    return {"items": _list({"title": WORDS[code]["question"], "text": rich(ARTICLE_1[code])})}


def _image_block(code: str, image: int | None) -> Raw:
    return {
        "image": image,
        "alt_text": WORDS[code]["hall"],
        "decorative": False,
        "caption": WORDS[code]["general_assembly"],
        "credit": WORDS[code]["united_nations"],
    }


def _embed(code: str, image: int | None) -> Raw:
    return {
        "url": "https://www.youtube.com/watch?v=5RR4VXNX3jA",
        "title": DECLARATION[code],
        "poster": image,
        "caption": WORDS[code]["united_nations"],
        "transcript": rich(ARTICLE_3[code]),
    }


def _table(code: str, _image: int | None) -> Raw:
    return {
        "table": {
            "caption": WORDS[code]["question"],
            "columns": [
                {"type": "text", "heading": WORDS[code]["language"]},
                {"type": "number", "heading": WORDS[code]["year"]},
                {"type": "rich_text", "heading": WORDS[code]["united_nations"]},
            ],
            "rows": [
                {"values": ["العربية", "1973", rich(WORDS[code]["general_assembly"])]},
                {"values": ["Français", "1946", ""]},
            ],
        },
        "row_headings": True,
        "source": WORDS[code]["united_nations"],
    }


def _timeline(code: str, _image: int | None) -> Raw:
    return {
        "items": _list(
            {
                "date_text": WORDS[code]["date"],
                "date": "1948-12-10",
                "title": DECLARATION[code],
                "text": rich(ARTICLE_3[code]),
            }
        )
    }


def _statistics(code: str, _image: int | None) -> Raw:
    return {
        "items": _list({"figure": "193", "label": WORDS[code]["member_states"], "note": "2011"})
    }


def _documents(code: str, _image: int | None) -> Raw:
    return {
        "items": _list(
            {"symbol": "A/RES/217(III)", "title": DECLARATION[code]},
            {"symbol": "A/C.3/78/L.49", "title": ""},
        )
    }


def _people(code: str, image: int | None) -> Raw:
    return {
        "items": _list(
            {
                "name": "Hansa Mehta",
                "title": WORDS[code]["ambassador"],
                "photo": image,
                "text": WORDS[code]["permanent_mission"],
            }
        )
    }


def _contact_card(code: str, _image: int | None) -> Raw:
    return {
        "name": WORDS[code]["permanent_mission"],
        "role": WORDS[code]["united_nations"],
        "address": "405 East 42nd Street\nNew York, NY 10017",
        "telephone": "+1 (212) 555-0100",
        "email": "mission@example.org",
        "website": "https://www.un.org/",
        "hours": WORDS[code]["hours"],
        "map_url": "https://www.openstreetmap.org/",
    }


def _call_to_action(code: str, _image: int | None) -> Raw:
    return {
        "title": DECLARATION[code],
        "text": ARTICLE_3[code],
        "button": WORDS[code]["read_more"],
        "page": None,
        "url": "https://www.un.org/",
    }


_FAMILIES: dict[str, Callable[[str, int | None], Any]] = {
    "rich_text": _rich_text,
    "heading": _heading,
    "quote": _quote,
    "accordion": _accordion,
    "image": _image_block,
    "embed": _embed,
    "table": _table,
    "timeline": _timeline,
    "statistics": _statistics,
    "documents": _documents,
    "people": _people,
    "contact_card": _contact_card,
    "call_to_action": _call_to_action,
}

#: The families of the standard body, in its order.
FAMILIES = tuple(_FAMILIES)

#: The families that can't do without an image.
NEED_IMAGE = frozenset({"image"})


def raw_value(family: str, language: str, image: Any = None) -> Any:
    """Give the stored value of one block; ``image`` is an image's object or nothing."""
    return _FAMILIES[family](language, image.pk if image is not None else None)


def raw_block(family: str, language: str, image: Any = None) -> Raw:
    """Give one block as a stream stores it: ``{"type", "value", "id"}``."""
    return {
        "type": family,
        "value": raw_value(family, language, image),
        "id": str(uuid.uuid4()),
    }


def raw_stream(language: str, image: Any = None) -> list[Raw]:
    """Give a stream with every family once; those that need an image only where there is one."""
    return [
        raw_block(family, language, image)
        for family in FAMILIES
        if image is not None or family not in NEED_IMAGE
    ]
