"""Django's sessions in the database, with columns for whose they are (SESSION_ENGINE).

Twelve hours without a request end a session (SESSION_COOKIE_AGE); closing the browser ends it too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

#: Where the session's own data says when and where it began: {"started", "address", "user_agent"}.
BEGUN = "signin_begun"
#: How often "last seen" is written while somebody works.
TOUCH_EVERY = timedelta(minutes=5)


class SessionStore(DatabaseStore):
    """Sessions whose rows can be found by person."""

    last_seen: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type:
        from .models import Session

        return Session

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        self.last_seen = row.last_seen if row else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        begun = data.get(BEGUN) or {}
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.started = parse_datetime(begun.get("started", "")) or timezone.now()
        row.address = begun.get("address") or None
        row.user_agent = begun.get("user_agent", "")
        return row

    def touch(self) -> None:
        """Note that the session is in use, at most every five minutes. At most one query."""
        now = timezone.now()
        if self.last_seen is None or now - self.last_seen < TOUCH_EVERY:
            return
        self.last_seen = now
        rows: Any = self.get_model_class()
        rows.objects.filter(session_key=self.session_key).update(
            last_seen=now, expire_date=self.get_expiry_date(modification=now)
        )


def touch(request: HttpRequest) -> None:
    """Note that the session of a request is in use."""
    if isinstance(request.session, SessionStore):
        request.session.touch()
