"""Changes of saved searches, and the looks that are taken for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.access.audiences import Reader
from cms.access.reading import search_as
from cms.pages.models import SiteProfile
from search.engines.base import EngineError
from search.queries import LARGEST_SIZE, Sort
from search.results import Hit

from .asking import Search
from .models import Frequency, SavedSearch

MOST_SAVED = 100
"""Searches that one reader may keep."""

MOST_SEEN = 1_000
"""Objects of a search, the newest by their own date, that are known to have been there."""


class SearchAway(EngineError):
    """Raised when the index can't be asked: nothing can be said of what is new."""


@transaction.atomic
def keep_search(
    user: User, search: Search, *, site: SiteProfile, language: str, name: str, frequency: str
) -> SavedSearch:
    """Keep a search for its reader. What it finds now counts as known.

    Raises ValidationError where nothing is asked, or where too many are kept already.
    """
    if not search.asks:
        raise ValidationError(_("Search for something first, then save it."))
    if SavedSearch.objects.filter(user=user).count() >= MOST_SAVED:
        raise ValidationError(
            _("You have saved %(number)s searches, which is all there is room for. Delete one.")
            % {"number": MOST_SAVED}
        )
    saved = SavedSearch(
        user=user,
        site=site,
        language=language,
        query=search.anew(find={}).query_string.removeprefix("?"),
        name=name.strip()[:100] or search.text[:100] or _("Search"),
    )
    if len(saved.query) > SavedSearch._meta.get_field("query").max_length:
        raise ValidationError(_("This search is too long to be saved: choose fewer values."))
    saved.seen = sorted(map(_mark, found_by(saved, user)))
    _plan(saved, frequency, now=timezone.now())
    saved.save()
    return saved


@transaction.atomic
def change_search(saved: SavedSearch, *, name: str, frequency: str) -> None:
    """Give a saved search another name or rhythm."""
    saved.name = name.strip()[:100] or saved.name
    _plan(saved, frequency, now=timezone.now())
    saved.save()


@transaction.atomic
def stop_letters(saved: SavedSearch) -> None:
    """Write no more letters about it; the search is kept."""
    _plan(saved, Frequency.NEVER, now=timezone.now())
    saved.save(update_fields=["frequency", "next_at"])


def due_searches(now: datetime | None = None) -> list[int]:
    """The ids of searches to look at now; each is planned for its next time, so that no second
    worker looks at it too."""
    moment = now or timezone.now()
    taken = []
    for saved in SavedSearch.objects.filter(next_at__lte=moment, user__is_active=True)[:500]:
        period = Frequency(saved.frequency).period
        following = moment + period if period else None
        claimed = SavedSearch.objects.filter(pk=saved.pk, next_at=saved.next_at)
        if claimed.update(next_at=following) and period:
            taken.append(saved.pk)
    return taken


def whats_new(saved: SavedSearch) -> tuple[list[Hit], int, list[str]]:
    """(new hits that everybody may read, how many more are for this reader alone, the new `seen`).

    A letter leaves the house, so it only names what is public. Raises `SearchAway`.
    """
    known = set(saved.seen)
    everybody = {hit.key: hit for hit in found_by(saved, AnonymousUser()).values()}
    own = found_by(saved, saved.user)
    new = [key for key in own if _mark(key) not in known]
    public = [everybody[key] for key in new if key in everybody]
    return public, len(new) - len(public), sorted(map(_mark, own))


def told(saved: SavedSearch, seen: list[str]) -> None:
    """Note that the reader knows of all this now."""
    SavedSearch.objects.filter(pk=saved.pk).update(seen=seen, told_at=timezone.now())


def found_by(saved: SavedSearch, user: Reader) -> dict[str, Hit]:
    """What a reader finds by it, the newest by date first, `MOST_SEEN` at most, by key."""
    return {hit.key: hit for hit in _hits(saved, user)}


def _hits(saved: SavedSearch, user: Reader) -> Iterator[Hit]:
    fields = saved.search.fields(saved.site.code) | {"sort": Sort.NEWEST}
    for _page in range(MOST_SEEN // LARGEST_SIZE):
        results = search_as(
            user, saved.search.text, language=saved.language, size=LARGEST_SIZE, **fields
        )
        if not results.available:
            raise SearchAway(_("Search is not available at the moment."))
        yield from results.hits
        if not results.next:
            return
        fields["after"] = results.next


def _plan(saved: SavedSearch, frequency: str, *, now: datetime) -> None:
    chosen = Frequency(frequency)
    if saved.frequency != chosen or saved.next_at is None:
        saved.next_at = now + chosen.period if chosen.period else None
    saved.frequency = chosen


def _mark(key: str) -> str:
    return blake2b(key.encode(), digest_size=6).hexdigest()
