"""Fingerprints of translated content, so that "outdated" means that the words changed.

A fingerprint is the SHA-256 (16 hexadecimal digits are kept) of what a reader could see: white
space folded, empty rich text as "", JSON with its keys sorted, and the ids that StreamField gives
to blocks left out, since copying a block or saving a page makes new ones.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

_BLOCK_KEY = re.compile(r'\sdata-block-key="[^"]*"')
#: What an item of a ListBlock is stored with.
_ITEM = frozenset({"type", "value", "id"})
#: Of a heading: made from its words when a form is saved, so no words of its own.
_ANCHOR = "anchor"
_SPACE = re.compile(r"\s+")
_EMPTY_RICH_TEXT = re.compile(r"^(?:<p>(?:\s|&nbsp;|<br\s*/?>)*</p>)*$")


def normalise_text(text: str) -> str:
    """The text without editor noise; empty rich text becomes ""."""
    folded = _SPACE.sub(" ", _BLOCK_KEY.sub("", text)).strip()
    return "" if _EMPTY_RICH_TEXT.match(folded) else folded


def normalise_value(value: Any) -> Any:
    """A JSON-like value that is equal for equal content: StreamField data, text, None, numbers."""
    prepared = getattr(value, "get_prep_value", None)
    if callable(prepared):  # a StreamValue
        value = prepared()
    if value is None:
        return ""
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, Mapping):
        if value.get("type") == "item" and value.keys() <= _ITEM:
            # Wagtail reads an item of a list with or without its envelope, and writes it with one.
            return normalise_value(value.get("value"))
        return {
            key: "" if key == _ANCHOR else normalise_value(part)
            for key, part in value.items()
            if key != "id"
        }
    if isinstance(value, list | tuple):
        return [normalise_value(part) for part in value]
    return value


def is_empty(value: Any) -> bool:
    """Whether a translated value says nothing at all."""
    return normalise_value(value) in ("", [], {})


def fingerprint(values: Mapping[str, Any]) -> str:
    """The fingerprint of {field name: value}; "" when every value is empty."""
    normal = {name: normalise_value(value) for name, value in values.items()}
    if all(value in ("", [], {}) for value in normal.values()):
        return ""
    canonical = json.dumps(normal, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
