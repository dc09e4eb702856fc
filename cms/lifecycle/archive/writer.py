"""Writing the ZIP file: one member after another, the manifest last, nothing half."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ..workspace import is_held, locked
from .format import CHUNK, MANIFEST
from .pages import plain

#: Every member has this date, so that the same content makes the same file.
_DATE = (1980, 1, 1, 0, 0, 0)


class ArchiveWriter:
    """An open archive. `members`: {name: {"bytes": …, "sha256": …}} of what has been written."""

    def __init__(self, file: IO[bytes]) -> None:
        self.members: dict[str, dict[str, Any]] = {}
        self._zip = zipfile.ZipFile(file, "w", allowZip64=True)

    def add_json(self, name: str, value: Any) -> None:
        """Add a member of JSON, in UTF-8, for people to read."""
        text = json.dumps(value, ensure_ascii=False, indent=1, default=plain)
        self._write(name, [text.encode() + b"\n"], zipfile.ZIP_DEFLATED)

    def add_file(self, name: str, source: IO[bytes]) -> None:
        """Add an original as it is, a piece at a time."""
        self._write(name, iter(lambda: source.read(CHUNK), b""), zipfile.ZIP_STORED)

    def close(self, manifest: dict[str, Any]) -> None:
        """Add the manifest, with what was written, and finish the file."""
        self.add_json(MANIFEST, {**manifest, "files": dict(self.members)})
        self.finish()

    def finish(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def _write(self, name: str, pieces: Any, compression: int) -> None:
        info = zipfile.ZipInfo(name, _DATE)
        info.compress_type = compression
        info.external_attr = 0o644 << 16
        info.create_system = 3  # the same on every machine
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
        self.members[name] = {"bytes": size, "sha256": digest.hexdigest()}


@contextmanager
def writing(target: Path) -> Iterator[ArchiveWriter]:
    """An archive that appears at `target` when the block has ended well, and not otherwise.

    What is being written lies beside it as “….part”; where the process is killed, the next cleaning
    finds a part that nobody holds.
    """
    part = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    if part.exists() and not is_held(part):
        part.unlink()  # somebody was stopped here
    with locked(part) as file:
        writer = ArchiveWriter(file)
        try:
            yield writer
            file.flush()
            os.fsync(file.fileno())
            part.replace(target)
        finally:
            writer.finish()
            part.unlink(missing_ok=True)
