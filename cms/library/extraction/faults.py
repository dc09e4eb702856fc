"""Why a file gave no text. Known on both sides of the wall, so it imports nothing."""

from __future__ import annotations

#: Characters of a text that are kept, and so searched: some 400 pages.
LONGEST_TEXT = 1_000_000
#: No document of the Organization has more pages; a larger file is a mistake or worse.
MOST_PAGES = 5_000
#: Bytes of a part of an archive, unpacked, or of a page of the web.
LARGEST_PART = 64 * 1024 * 1024


class Unreadable(Exception):
    """Raised where a file gives no text. `fault`: a value of `models.ExtractionFault`."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault
