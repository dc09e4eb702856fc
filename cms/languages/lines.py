"""Text for formats made of lines (RIS, MARC) and for XML."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text without line ends and control characters, which XML 1.0 has no way to write."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
