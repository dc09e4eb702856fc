"""What must be right before an archive is made."""

from __future__ import annotations

from typing import Any

from django.core import checks

from cms.media.private_folders import kept_private


@checks.register(checks.Tags.security)
def archives_are_private(**kwargs: Any) -> list[checks.CheckMessage]:
    """Archives hold drafts and what only some may read: nothing that serves files reaches them."""
    return kept_private(
        "ARCHIVES_ROOT",
        hint="Give archives a folder of their own, for example DATA_DIR/archives.",
        id="lifecycle.E001",
    )
