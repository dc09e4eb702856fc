"""Folders of private files: none may lie where files are served to everybody."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core import checks


def kept_private(setting: str, *, hint: str, id: str) -> list[checks.CheckMessage]:
    """The fault of a folder that a setting names, for a check of the room that keeps it; [] for
    none."""
    private = Path(getattr(settings, setting)).resolve()
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        public = getattr(settings, name, None)
        if public and private.is_relative_to(Path(public).resolve()):
            message = f"{setting} lies inside {name}, which is served to the public."
            return [checks.Error(message, hint=hint, id=id)]
    return []
