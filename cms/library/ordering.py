"""Symbols and numbers in the order in which people count: L.9 before L.10."""

from __future__ import annotations

import re

ORDER_KEY_LENGTH = 500
_NUMBER = re.compile("[0-9]+")
_WIDTH = 8


def natural_key(text: str) -> str:
    """A text that sorts as its numbers count: every number filled up with zeros."""
    return _NUMBER.sub(lambda found: found.group().zfill(_WIDTH), text)[:ORDER_KEY_LENGTH]
