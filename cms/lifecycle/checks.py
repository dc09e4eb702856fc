"""What must be right before an archive is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security)
def archives_are_private(**kwargs: Any) -> list[checks.CheckMessage]:
    """Archives hold drafts and what only some may read: nothing that serves files reaches them."""
    private = Path(settings.ARCHIVES_ROOT).resolve()
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        public = getattr(settings, name, None)
        if public and private.is_relative_to(Path(public).resolve()):
            return [
                checks.Error(
                    f"ARCHIVES_ROOT lies inside {name}, which is served to the public.",
                    hint="Give archives a folder of their own, for example DATA_DIR/archives.",
                    id="lifecycle.E001",
                )
            ]
    return []
