"""How often something may fail before one has to wait, counted in the database.

Every failure is counted under several keys at once. Waiting grows and ends by itself; attempts made
while one has to wait are neither looked at nor counted, so nobody can make another's wait longer
than `longest`. A browser in which a person has signed in before (`known_devices.py`) is counted by
itself: a stranger who tries names and passwords elsewhere does not keep that person out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import FailedAttempts


@dataclass(frozen=True)
class Limit:
    """`free` failures cost nothing; then one waits `first` seconds, twice as long after each
    further failure, at most `longest`. After `forgets` seconds without a failure all is forgotten.
    """

    name: str
    free: int
    first: int = 30
    longest: int = 15 * 60
    forgets: int = 24 * 60 * 60

    def wait_after(self, failures: int) -> int:
        """Seconds to wait after so many failures."""
        if failures < self.free:
            return 0
        return min(self.first * 2 ** min(failures - self.free, 20), self.longest)


#: A password, by where it is tried from (account and address; a browser known to the account).
HERE = Limit("password here", free=5)
KNOWN_DEVICE = Limit("password in a known browser", free=5)
#: A password of one account, from anywhere; any account's, from one address.
ACCOUNT = Limit("password of an account", free=20)
ADDRESS = Limit("passwords from an address", free=50, forgets=60 * 60)
#: A code of the second factor, for one person.
CODE = Limit("code", free=5)
#: Letters for a new password: to one person, and asked for from one address.
LETTER = Limit("letter", free=3, first=15 * 60, longest=60 * 60)
LETTERS = Limit("letters from an address", free=20, forgets=60 * 60)


class MustWait(PermissionDenied):
    """Raised where an attempt is not allowed yet. `seconds`: how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts failed: wait {seconds} s before the next.")
        self.seconds = seconds


@dataclass(frozen=True)
class Counter:
    """One limit for one subject ("fra.editor", "198.51.100.7")."""

    limit: Limit
    subject: str

    @property
    def key(self) -> str:
        return salted_hmac("cms.signin.limits", f"{self.limit.name}\n{self.subject}").hexdigest()


class Attempt:
    """An attempt that was allowed and is counted as failed until it is known to have succeeded.

    Counting first means that a hundred attempts at the same instant are a hundred failures.
    """

    def __init__(self, counters: Sequence[Counter]) -> None:
        self.counters = counters

    def succeeded(self) -> None:
        """Forget this attempt, and the failures before it. Not those from the same address against
        other accounts: one's own password must not buy guesses at those of others."""
        forgiven = [counter for counter in self.counters if counter.limit is not ADDRESS]
        FailedAttempts.objects.filter(key__in=[counter.key for counter in forgiven]).delete()
        for counter in self.counters:
            if counter.limit is ADDRESS:
                _take_back(counter)


def begin_attempt(counters: Sequence[Counter]) -> Attempt:
    """Count an attempt under each counter, or raise MustWait and count nothing."""
    with transaction.atomic():
        rows = _locked(counters)
        # Not before: while this one waited for the rows, others have set `free_at` to their now.
        now = timezone.now()
        wait = _seconds(max(row.free_at for row in rows.values()), now)
        if wait <= 0:
            for counter in counters:
                row = rows[counter.key]
                row.failures += 1
                row.last_at = now
                row.free_at = now + timedelta(seconds=counter.limit.wait_after(row.failures))
            FailedAttempts.objects.bulk_update(rows.values(), ["failures", "last_at", "free_at"])
            _forget_the_old(now)
    if wait > 0:
        raise MustWait(wait)
    return Attempt(counters)


def seconds_to_wait(counters: Sequence[Counter]) -> int:
    """How long to wait before the next attempt; 0 where it is allowed. One query."""
    now = timezone.now()
    keys = [counter.key for counter in counters]
    free = FailedAttempts.objects.filter(key__in=keys).values_list("free_at", flat=True)
    return max([_seconds(moment, now) for moment in free], default=0)


def _locked(counters: Sequence[Counter]) -> dict[str, FailedAttempts]:
    """The counters' rows, made where missing, held until the transaction ends; those whose last
    failure is long ago start afresh."""
    keys = sorted(counter.key for counter in counters)
    now = timezone.now()
    FailedAttempts.objects.bulk_create(
        [FailedAttempts(key=key, last_at=now, free_at=now) for key in keys], ignore_conflicts=True
    )
    rows = {
        row.key: row
        for row in FailedAttempts.objects.select_for_update().filter(key__in=keys).order_by("key")
    }
    for counter in counters:
        row = rows[counter.key]
        if now - row.last_at > timedelta(seconds=counter.limit.forgets):
            row.failures = 0
    return rows


def _seconds(moment: datetime, now: datetime) -> int:
    """Whole seconds from now until a moment, rounded up; 0 for the past."""
    return max(0, -int((now - moment).total_seconds() // 1))


def _take_back(counter: Counter) -> None:
    with transaction.atomic():
        row = FailedAttempts.objects.select_for_update().filter(key=counter.key).first()
        if row is None:
            return
        row.failures = max(0, row.failures - 1)
        row.free_at = row.last_at
        row.save(update_fields=["failures", "free_at"])


def _forget_the_old(now: datetime) -> None:
    """Keep the table small; a row is of no use when the longest memory is over."""
    FailedAttempts.objects.filter(last_at__lt=now - timedelta(days=2)).delete()
