"""What Django's own signals of signing in and out leave behind, whichever view was used."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import pre_save
from django.http import HttpRequest
from django.utils import timezone

from . import journal
from .addresses import client_address
from .models import Session
from .services import end_sessions
from .sessions import BEGUN
from .steps import prove


def on_signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Describe the session for the list of sessions, log the sign-in, and clear away sessions that
    have expired, whosever they were."""
    request.session[BEGUN] = {
        "started": timezone.now().isoformat(),
        "address": client_address(request),
        "user_agent": request.META.get("HTTP_USER_AGENT", "").replace("\x00", "")[:300],
    }
    prove(request)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    journal.note(journal.SIGNED_IN, user, by=user, address=client_address(request))


def on_signed_out(
    sender: Any, request: HttpRequest, user: User | None = None, **kwargs: Any
) -> None:
    """Log the end of a session that a person ended."""
    if user is not None:
        journal.note(journal.SIGNED_OUT, user, by=user, address=client_address(request))


def on_account_changed(sender: Any, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """End the sessions of who is put out of use, wherever that was done. Django would not let them
    in again; this leaves no session that comes back with the account."""
    if not raw and instance.pk is not None and not instance.is_active:
        end_sessions(instance)


def connect() -> None:
    """Connect all (from AppConfig.ready)."""
    user_logged_in.connect(on_signed_in, dispatch_uid="signin.in")
    user_logged_out.connect(on_signed_out, dispatch_uid="signin.out")
    pre_save.connect(on_account_changed, sender=User, dispatch_uid="signin.account_changed")
