"""Letters about what is new in a saved search, written and sent outside the request."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from cms.languages import codes
from search.results import Hit

from .models import SavedSearch
from .presenting import shown_hits
from .services import due_searches, told, whats_new

_SALT = "cms.finding.letters"
SHOWN = 25
"""Hits that a letter names."""


def write_due_letters() -> int:
    """Have a look taken at every saved search that is due; how many."""
    due = due_searches()
    for pk in due:
        write_letter.enqueue(saved_pk=pk)
    return len(due)


@task()
def write_letter(*, saved_pk: int) -> None:
    """Tell a reader what is new in a search, in its language; nothing where nothing is.

    Raises what the mail server raises, and `SearchAway`: then nothing is noted, and what is new
    now is new the next time too.
    """
    saved = (
        SavedSearch.objects.select_related("user", "site__site__root_page")
        .filter(pk=saved_pk, user__is_active=True)
        .exclude(user__email="")
        .first()
    )
    if saved is None:
        return
    public, others, seen = whats_new(saved)
    if public or others:
        with codes.override(saved.language):
            _letter(saved, public, others).send()
    told(saved, seen)


def stop_token(saved: SavedSearch) -> str:
    """What a letter's last line is signed with: it can stop that search's letters, no more."""
    return signing.dumps(saved.pk, salt=_SALT)


def search_of(token: str) -> SavedSearch | None:
    """The search of a letter's token, or None for one that is none of ours or is gone."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return SavedSearch.objects.filter(pk=pk).select_related("user", "site").first()


def _letter(saved: SavedSearch, public: list[Hit], others: int) -> EmailMessage:
    """The letter in the active language, with the headers of RFC 2369 and RFC 8058."""
    root = saved.site.site.root_url
    path = reverse(
        "saved_search_stop", kwargs={"language": saved.language, "token": stop_token(saved)}
    )
    stop_url = f"{root}{path}"
    context: dict[str, Any] = {
        "name": saved.name,
        "hits": shown_hits(public[:SHOWN], language=saved.language, current=None),
        "more": max(0, len(public) - SHOWN),
        "others": others,
        "url": root + saved.path,
        "stop_url": stop_url,
    }
    subject = _("New in your search “%(name)s”") % {"name": saved.name}
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string("finding/mail/new.txt", context),
        to=[saved.user.email],
        headers={
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
