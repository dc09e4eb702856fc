"""What other rooms put on the admin's first page, from their `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.functional import Promise
from wagtail.admin.ui.components import Component

from cms.access.roles import Permission
from cms.pages.models import SiteProfile

#: The address of an action for a user on a site; None where it can't be done there.
UrlFor = Callable[[User, SiteProfile], str | None]
#: A panel for a request (Wagtail's Component, with an `order`), or None.
PanelFactory = Callable[[HttpRequest], Component | None]


@dataclass(frozen=True)
class QuickAction:
    """A button beside a site: the first of a site is drawn as the main one."""

    label: str | Promise
    url_for: UrlFor
    permission: Permission = Permission.ADD_PAGE
    kinds: frozenset[str] = frozenset()
    icon: str = "plus"
    order: int = 100

    def is_for(self, profile: SiteProfile, permissions: Collection[Permission]) -> bool:
        """Whether somebody with these permissions on the site may be offered it."""
        return (not self.kinds or profile.kind in self.kinds) and self.permission in permissions


@dataclass(frozen=True)
class OfferedAction:
    """A quick action with its address."""

    label: str
    url: str
    icon: str


_actions: dict[UrlFor, QuickAction] = {}
_panels: list[PanelFactory] = []


def register_quick_action(
    label: str | Promise,
    url_for: UrlFor,
    *,
    permission: Permission = Permission.ADD_PAGE,
    kinds: Sequence[str] = (),
    icon: str = "plus",
    order: int = 100,
) -> QuickAction:
    """Offer an action on each site where the user's roles have `permission`.

    `url_for(user, profile)` gives its address or None; it is asked once a site, so it costs at
    most one query. `kinds`: kinds of site (empty: all). Low `order` first. Registering a
    `url_for` again replaces the action.
    """
    action = QuickAction(label, url_for, permission, frozenset(kinds), icon, order)
    _actions[url_for] = action
    return action


def unregister_quick_action(action: QuickAction) -> None:
    """Take an action away (tests do)."""
    del _actions[action.url_for]


def register_panel(factory: PanelFactory) -> PanelFactory:
    """Show a panel of your own; `factory(request)` may answer None. Usable as a decorator."""
    if factory not in _panels:
        _panels.append(factory)
    return factory


def unregister_panel(factory: PanelFactory) -> None:
    """Take a panel away (tests do)."""
    _panels.remove(factory)


def offered_actions(
    user: User, profile: SiteProfile, permissions: Collection[Permission]
) -> list[OfferedAction]:
    """What a user with these permissions on a site may do there at once."""
    offered = []
    for action in sorted(_actions.values(), key=lambda action: action.order):
        url = action.url_for(user, profile) if action.is_for(profile, permissions) else None
        if url:
            offered.append(OfferedAction(str(action.label), url, action.icon))
    return offered


def registered_panels(request: HttpRequest) -> list[Component]:
    """The panels of other rooms for this request."""
    made = (factory(request) for factory in _panels)
    return [panel for panel in made if panel is not None]
