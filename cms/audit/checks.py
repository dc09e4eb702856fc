"""A wrong setting is an error at start-up, not a record that is lost."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

MIDDLEWARE = "cms.audit.context.AuditMiddleware"


@register()
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """How long the record is kept, and whether it learns where requests come from."""
    errors: list[CheckMessage] = []
    days = getattr(settings, "AUDIT_KEEP_DAYS", None)
    if not isinstance(days, int) or days < 1:
        errors.append(
            Error(
                f"AUDIT_KEEP_DAYS is {days!r}.",
                hint="Set it to the number of days for which the record is kept, for example 730.",
                id="audit.E001",
            )
        )
    if MIDDLEWARE not in settings.MIDDLEWARE:
        errors.append(
            Error(
                "The record does not learn where requests come from.",
                hint=f"Add {MIDDLEWARE} to MIDDLEWARE, after what corrects REMOTE_ADDR.",
                id="audit.E002",
            )
        )
    return errors
