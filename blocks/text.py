"""The visible text of a stream, for the search and for counting words."""

import re
from typing import Any

from wagtail.blocks import StreamValue

_SPACES = re.compile(r"\s+")


def plain_text(stream_value: StreamValue | None) -> str:
    """Give the words that a reader sees, in the order in which they stand, a line a part.

    No markup, no addresses behind links, no alternative texts, no file names; official titles that
    are looked up when a list of documents is shown are not part of it. Empty for an empty stream.
    """
    if not stream_value:
        return ""
    parts: list[Any] = stream_value.stream_block.get_searchable_content(stream_value)
    lines = (_SPACES.sub(" ", str(part)).strip() for part in parts)
    return "\n".join(line for line in lines if line)
