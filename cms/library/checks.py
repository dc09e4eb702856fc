"""What must be right before a file of documents is uploaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security)
def imports_are_private(**kwargs: Any) -> list[checks.CheckMessage]:
    """A file that waits to be imported may name restricted documents: nothing serves it."""
    private = Path(settings.IMPORTS_ROOT).resolve()
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        public = getattr(settings, name, None)
        if public and private.is_relative_to(Path(public).resolve()):
            return [
                checks.Error(
                    f"IMPORTS_ROOT lies inside {name}, which is served to the public.",
                    hint="Give imports a folder of their own, for example DATA_DIR/imports.",
                    id="library.E001",
                )
            ]
    return []
