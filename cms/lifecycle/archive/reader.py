"""Reading an archive that somebody else may have made: everything is checked before it is used."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from ..registry import kinds, parts_of
from . import checking, media
from .format import (
    CHUNK,
    FORMAT_NAME,
    FORMAT_VERSION,
    MANIFEST,
    MAX_JSON_BYTES,
    MAX_MANIFEST_BYTES,
    MAX_MEDIA_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TOTAL_BYTES,
    MEMBER,
    PEOPLE,
    REDIRECTS,
    SITE,
    ArchiveRefused,
    media_name,
    page_name,
)
from .references import FILE, IMAGE, PAGE

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Archive:
    """An archive that has been checked. `manifest`: its JSON; `held`: {"page": 12, …}."""

    def __init__(self, opened: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self._zip = opened
        self.manifest = manifest
        counts = manifest["counts"]
        self.held = {PAGE: counts["pages"], IMAGE: counts["images"], FILE: counts["files"]}

    @property
    def code(self) -> str:
        """The code of the site that was archived."""
        return str(self.manifest["site"]["code"])

    @property
    def kind(self) -> str:
        return str(self.manifest["site"]["kind"])

    @property
    def members(self) -> dict[str, dict[str, Any]]:
        """{name: {"bytes", "sha256"}} of everything but the manifest."""
        members: dict[str, dict[str, Any]] = self.manifest["files"]
        return members

    def json(self, name: str) -> Any:
        """The JSON of a member. Raises ArchiveRefused."""
        return _json(self._zip, name, MAX_JSON_BYTES)

    def open(self, name: str) -> IO[bytes]:
        """An original, to be read once."""
        return self._zip.open(name)

    def pages(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """(number, description) of each page, parents before their children."""
        for number in range(1, self.held[PAGE] + 1):
            yield number, self.json(page_name(number))

    def media(self, shelf: media.Shelf) -> Iterator[tuple[int, dict[str, Any]]]:
        """(number, description) of each image or file."""
        for number in range(1, self.held[shelf.kind] + 1):
            yield number, self.json(media_name(shelf.folder, number))


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """An archive whose list, sums and content are in order. Raises ArchiveRefused otherwise."""
    try:
        with zipfile.ZipFile(path) as file:
            _check_bounds(file)
            archive = Archive(file, _checked_manifest(file))
            _check_sums(file, archive)
            _check_content(archive)
            yield archive
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise ArchiveRefused(
            [_("The file is no whole ZIP file: %(error)s") % {"error": error}]
        ) from (error)


def _check_bounds(file: zipfile.ZipFile) -> None:
    """Names and sizes as declared, before a single byte is unpacked."""
    infos = file.infolist()
    if len(infos) > MAX_MEMBERS:
        raise ArchiveRefused([_("It holds %(count)d files: too many.") % {"count": len(infos)}])
    reasons, seen = [], set()
    for info in infos:
        name = info.filename
        if name != MANIFEST and not MEMBER.fullmatch(name):
            reasons.append(
                _("It holds a file that is no part of it: %(name)r") % {"name": name[:120]}
            )
        if name in seen:
            reasons.append(_("It holds %(name)s twice.") % {"name": name})
        if info.flag_bits & 0x1:
            reasons.append(_("%(name)s is encrypted.") % {"name": name})
        if info.file_size > _largest(name) or info.file_size > MAX_RATIO * max(
            info.compress_size, 1024
        ):
            reasons.append(_("%(name)s would be too large.") % {"name": name})
        seen.add(name)
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        reasons.append(_("It would be too large."))
    if MANIFEST not in seen:
        reasons.append(_("It has no manifest: it is no archive of a site."))
    if reasons:
        raise ArchiveRefused(reasons)
    originals = sum(info.file_size for info in infos if info.filename.startswith("media/"))
    if originals > shutil.disk_usage(_existing(Path(settings.MEDIA_ROOT))).free:
        raise ArchiveRefused([_("There is no room on the disk for its images and files.")])


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _largest(name: str) -> int:
    if name == MANIFEST:
        return MAX_MANIFEST_BYTES
    return MAX_JSON_BYTES if name.endswith(".json") else MAX_MEDIA_BYTES


def _json(file: zipfile.ZipFile, name: str, limit: int) -> Any:
    try:
        with file.open(name) as member:
            content = member.read(limit + 1)
        if len(content) > limit:
            raise ArchiveRefused([_("%(name)s would be too large.") % {"name": name}])
        return json.loads(content)
    except KeyError as error:
        raise ArchiveRefused([_("%(name)s is missing.") % {"name": name}]) from error
    except (ValueError, RecursionError, zipfile.BadZipFile) as error:
        if isinstance(error, ArchiveRefused):
            raise
        reason = _("%(name)s can't be read: %(error)s") % {"name": name, "error": error}
        raise ArchiveRefused([reason]) from error


def _checked_manifest(file: zipfile.ZipFile) -> dict[str, Any]:
    manifest = _json(file, MANIFEST, MAX_MANIFEST_BYTES)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT_NAME:
        raise ArchiveRefused([_("It is no archive of a site: its manifest says so.")])
    if manifest.get("version") != FORMAT_VERSION:
        reason = _("Its format has the version %(found)s; this software reads version %(known)d.")
        found = str(manifest.get("version"))[:20]
        raise ArchiveRefused([reason % {"found": found, "known": FORMAT_VERSION}])
    if not _is_manifest(manifest):
        raise ArchiveRefused([_("Its manifest is incomplete.")])
    if manifest["site"]["kind"] not in kinds():
        reason = _("Sites of the kind “%(kind)s” can't be restored here.")
        raise ArchiveRefused([reason % {"kind": manifest["site"]["kind"]}])
    return manifest


def _is_manifest(manifest: dict[str, Any]) -> bool:
    """Whether the manifest has the shape of format version 1."""
    site, counts, files = (manifest.get(name) for name in ("site", "counts", "files"))
    if not (isinstance(site, dict) and isinstance(counts, dict) and isinstance(files, dict)):
        return False
    numbers = [counts.get(name) for name in ("pages", "images", "files")]
    return (
        all(isinstance(site.get(name), str) for name in ("code", "kind", "hostname"))
        and all(isinstance(number, int) and 0 <= number <= MAX_MEMBERS for number in numbers)
        and numbers[0] != 0
        and all(
            isinstance(entry, dict)
            and isinstance(entry.get("bytes"), int)
            and _SHA256.fullmatch(str(entry.get("sha256")))
            for entry in files.values()
        )
    )


def _check_sums(file: zipfile.ZipFile, archive: Archive) -> None:
    """The manifest lists what is there, nothing else, and every byte is what it was."""
    there = {info.filename for info in file.infolist()} - {MANIFEST}
    reasons = [
        _("%(name)s is missing.") % {"name": name} for name in sorted(set(archive.members) - there)
    ]
    reasons += [
        _("%(name)s is not in the manifest.") % {"name": name}
        for name in sorted(there - set(archive.members))
    ]
    reasons += [
        _("%(name)s is missing.") % {"name": name}
        for name in _required(archive)
        if name not in there
    ]
    if reasons:
        raise ArchiveRefused(dict.fromkeys(reasons))
    for name, entry in archive.members.items():
        digest, size = hashlib.sha256(), 0
        try:
            with file.open(name) as member:
                while piece := member.read(CHUNK):
                    digest.update(piece)
                    size += len(piece)
        except (zipfile.BadZipFile, EOFError):
            size = -1
        if size != entry["bytes"] or digest.hexdigest() != entry["sha256"]:
            reasons.append(
                _("%(name)s is not what was archived (its checksum differs).") % {"name": name}
            )
    if reasons:
        raise ArchiveRefused(reasons)


def _required(archive: Archive) -> Iterator[str]:
    yield from (SITE, REDIRECTS, PEOPLE)
    yield from (f"records/{part.name}.json" for part in parts_of(archive.kind))
    yield from (page_name(number) for number in range(1, archive.held[PAGE] + 1))
    for shelf in media.shelves():
        numbers = range(1, archive.held[shelf.kind] + 1)
        yield from (media_name(shelf.folder, number) for number in numbers)


def _check_content(archive: Archive) -> None:
    reasons = checking.faults_of_pages(archive.pages(), held=archive.held)
    for shelf in media.shelves():
        reasons += checking.faults_of_media(archive.media(shelf), shelf, members=archive.members)
    reasons += checking.faults_of_records(archive)
    if reasons:
        raise ArchiveRefused(reasons)
