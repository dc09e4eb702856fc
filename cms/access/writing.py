"""Which languages of a page a user may write.

Whoever may change a page by a role that is not held for a language writes all six, and what the
languages share; a translator writes the languages of the role on that site, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from cms.languages import codes
from cms.pages.changing import EVERYTHING, Writable, register_rule
from cms.pages.models import Page
from cms.pages.sites import site_path

from .audiences import Reader
from .roles import Permission, Role, Scope, get_role
from .selectors import roles_with
from .standing import standing_roles

ALL: frozenset[str] = frozenset(codes.CODES)
NONE: frozenset[str] = frozenset()

_REMEMBERED = "_writing_roles"


@dataclass(frozen=True)
class _Held:
    """One role that changes pages. `path`: of its site's home page, "" where it is held everywhere;
    `language`: None where it is not held for a language."""

    path: str
    language: str | None


def writable_languages(user: Reader, page: Page) -> frozenset[str]:
    """The codes of the languages of a page that a user may write: all six, a translator's, or none.

    One query for a user, remembered on the object for every page that is asked about.
    """
    if not user.is_authenticated or not user.is_active:
        return NONE
    if user.is_superuser:
        return ALL
    home = site_path(page)
    held = {one.language for one in _roles(user) if one.path in ("", home)}
    return ALL if None in held else frozenset(code for code in held if code)


def writes_everything(user: Reader, page: Page) -> bool:
    """Whether a user may change a page by a role that is not held for a language. One query."""
    return writable_languages(user, page) == ALL and not writes_by_language(user, page)


def writes_by_language(user: Reader, page: Page) -> bool:
    """Whether a user may write a page as a translator only, of however many languages. One query.

    What languages share, and the page as a whole, are then not theirs to change.
    """
    if not user.is_authenticated or not user.is_active or user.is_superuser:
        return False
    home = site_path(page)
    held = {one.language for one in _roles(user) if one.path in ("", home)}
    return bool(held) and None not in held


def translators_write_their_languages(user: Reader, page: Page) -> Writable:
    """The rule for `cms.pages.changing`. Whoever holds no role at all is refused elsewhere."""
    if not writes_by_language(user, page):
        return EVERYTHING
    return Writable(writable_languages(user, page), shared=False)


def register() -> None:
    """Fill the registry (from AppConfig.ready)."""
    register_rule(translators_write_their_languages)


def forget_writing(user: Reader) -> None:
    """Ask again at the next question: the user's roles have changed."""
    if hasattr(user, _REMEMBERED):
        delattr(user, _REMEMBERED)


def _roles(user: Reader) -> tuple[_Held, ...]:
    if not hasattr(user, _REMEMBERED):
        roles = standing_roles(user).filter(role__in=roles_with(Permission.CHANGE_PAGE))
        rows = roles.values_list("role", "site__site__root_page__path", "language")
        found = tuple(_held(get_role(role), path, language) for role, path, language in rows)
        setattr(user, _REMEMBERED, found)
    held: tuple[_Held, ...] = getattr(user, _REMEMBERED)
    return held


def _held(role: Role, path: str | None, language: str) -> _Held:
    return _Held(
        path="" if role.scope is Scope.ALL else path or "",
        language=language if role.by_language else None,
    )
