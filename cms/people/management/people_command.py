"""What the commands of this room share: whom and what their words mean, refusals as errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from cms.access.roles import UnknownRole
from cms.languages.codes import UnknownLanguage
from cms.pages.models import SiteProfile

from ..services import NotYours, Refused, RoleChoice


def add_site_and_actor(parser: CommandParser) -> None:
    """The arguments of every command: a site's code, and who acts."""
    parser.add_argument("site", help="code of the site: fra")
    parser.add_argument(
        "--by", required=True, metavar="NAME", help="user name of whoever acts; named in the log"
    )


def find_site(code: str) -> SiteProfile:
    """The site of a code. Raises CommandError."""
    site = SiteProfile.objects.select_related("site__root_page").filter(code=code.lower()).first()
    if site is None:
        raise CommandError(f"No site has the code {code!r}: use a site's code, for example fra.")
    return site


def find_user(name: str) -> User:
    """The account of a user name. Raises CommandError."""
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"Nobody's user name is {name!r}.")
    return user


def role_choice(words: str) -> RoleChoice:
    """ "editor", or "translator:ar" for a role that is held by language."""
    role, _, language = words.partition(":")
    return RoleChoice(role, language)


@contextmanager
def refusals_told() -> Iterator[None]:
    """Say in one line what a service refuses, and leave with an error."""
    try:
        yield
    except ValidationError as invalid:
        raise CommandError(" ".join(invalid.messages)) from invalid
    except (Refused, NotYours, UnknownRole, UnknownLanguage) as refusal:
        raise CommandError(str(refusal)) from refusal
