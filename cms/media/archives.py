"""Archives that would fill a disk or write outside their folder when they are opened."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import File as DjangoFile
from django.utils.translation import gettext_lazy as _

#: Bytes of all members when unpacked. A long illustrated report has about a tenth of this.
LARGEST = 500_000_000
#: How many times larger than the archive that may be; text shrinks to about a tenth.
GREATEST_RATIO = 200
#: What is smaller than this when unpacked harms nobody, whatever its ratio.
HARMLESS = 20_000_000
MOST_MEMBERS = 10_000


def check_archive(file: DjangoFile, *, name: str) -> None:
    """Raise ValidationError for an archive with too much inside, or with names that lead out of it.

    Reads the table of contents only. What is no archive at all passes: that is another's question.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError):
        return
    packed = max(file.size or 0, 1)
    unpacked = sum(member.file_size for member in members)
    swollen = unpacked > HARMLESS and unpacked > packed * GREATEST_RATIO
    if len(members) > MOST_MEMBERS or unpacked > LARGEST or swollen:
        raise ValidationError(
            _("“%(name)s” holds too much when it is unpacked. Divide it into smaller files."),
            code="archive_too_large",
            params={"name": name},
        )
    if any(_leads_out(member.filename) for member in members):
        raise ValidationError(
            _("“%(name)s” holds names that lead out of its own folder. Pack it again."),
            code="archive_unsafe",
            params={"name": name},
        )


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    drive = bool(path.parts) and path.parts[0][1:2] == ":"
    return path.is_absolute() or ".." in path.parts or drive
