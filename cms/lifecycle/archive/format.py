"""What an archive is made of: names, version, bounds, and what is said when one can't be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

#: Grows when a reader of the version before could misread the archive.
FORMAT_VERSION: Final = 1
FORMAT_NAME: Final = "un-missions-site"
SOFTWARE_VERSION: Final = "0.1.0"

MANIFEST: Final = "manifest.json"
SITE: Final = "records/site.json"
REDIRECTS: Final = "records/redirects.json"
PEOPLE: Final = "people.json"
#: Names that an archive may hold besides its manifest. Nothing else is ever read from one.
MEMBER = re.compile(
    r"people\.json|records/[a-z][a-z0-9-]{0,60}\.json|pages/[0-9]{6}\.json"
    r"|media/(images|files)/[0-9]{6}\.(json|[a-z0-9]{1,8})",
    re.ASCII,
)

# Bounds, checked against what the archive declares before anything is unpacked, and again while
# reading: a hundred times the largest mission's site that we know of.
MAX_MEMBERS: Final = 200_000
MAX_JSON_BYTES: Final = 16 * 1024**2
MAX_MANIFEST_BYTES: Final = 64 * 1024**2
MAX_MEDIA_BYTES: Final = 2 * 1024**3
MAX_TOTAL_BYTES: Final = 50 * 1024**3
#: JSON in six languages shrinks to a tenth; what shrinks to less than this was made to explode.
MAX_RATIO: Final = 200
#: Read and written this many bytes at a time.
CHUNK: Final = 1024**2


class ArchiveError(ValueError):
    """Something is wrong with an archive or with what is to be archived."""


class ArchiveRefused(ArchiveError):
    """Raised when an archive can't be restored; nothing has been changed. `reasons`: each fault."""

    #: More faults than this are not worth reading.
    SHOWN = 20

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        shown = self.reasons[: self.SHOWN]
        if len(self.reasons) > len(shown):
            shown.append(_("… and %(count)d more.") % {"count": len(self.reasons) - len(shown)})
        lines = "\n".join(f"  {reason}" for reason in shown)
        super().__init__(_("This archive can't be restored. Nothing was changed.") + f"\n{lines}")


class SiteChanged(ArchiveError):
    """Raised when a page or a file disappears while its site is being archived."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("The site was changed while it was being archived (%(what)s): archive it again.")
            % {"what": what}
        )


def page_name(number: int) -> str:
    """The member that holds a page: pages/000017.json."""
    return f"pages/{number:06d}.json"


def media_name(folder: str, number: int, extension: str = "json") -> str:
    """The member that holds an image or file (`folder`: "images", "files") or describes it."""
    return f"media/{folder}/{number:06d}.{extension}"
