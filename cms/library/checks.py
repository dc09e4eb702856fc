"""What must be right before a file of documents is uploaded."""

from __future__ import annotations

from typing import Any

from django.core import checks

from cms.media.private_folders import kept_private


@checks.register(checks.Tags.security)
def imports_are_private(**kwargs: Any) -> list[checks.CheckMessage]:
    """A file that waits to be imported may name restricted documents: nothing serves it."""
    return kept_private(
        "IMPORTS_ROOT",
        hint="Give imports a folder of their own, for example DATA_DIR/imports.",
        id="library.E001",
    )
