"""What the commands of files out and in share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.management.base import CommandError
from rich.progress import Progress as Bar

from .outgoing import Progress


@contextmanager
def shown(title: str) -> Iterator[Progress]:
    """A bar that a service's progress moves; gone when it is done."""
    with Bar(transient=True) as bar:
        line = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(line, completed=done, total=total)


def user_named(name: str) -> User:
    """The account of a user name. Raises CommandError."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody active is called {name}.")
    return user
