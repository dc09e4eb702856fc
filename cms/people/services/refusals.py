"""What the services of people refuse, each with what to do about it, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NotYours(LookupError):
    """Raised for a person, an invitation or a site that the caller does not manage.

    Whoever shows it answers 404: a stranger's does not exist.
    """

    def __init__(self) -> None:
        super().__init__(_("There is nobody of this name among the people whom you manage."))


class Refused(ValueError):
    """Base of the refusals that are told to the person at the form."""


class BeyondYourRights(Refused):
    """Raised where somebody would give, or touch, more than they hold on the site."""

    def __init__(self) -> None:
        super().__init__(
            _("You can give and change only roles that allow no more than your own does.")
        )


class RoleNotOfSite(Refused):
    """Raised for a role that a site of this kind does not have, or a language out of place."""

    def __init__(self, role: str, offered: list[str]) -> None:
        super().__init__(
            _("“%(role)s” is no role of this site: choose among %(roles)s.")
            % {"role": role, "roles": ", ".join(offered) or "–"}
        )


class NoRole(Refused):
    """Raised where somebody would be left with no role at all."""

    def __init__(self) -> None:
        super().__init__(_("Choose a role. To let somebody go, remove them from the site."))


class LastAdministrator(Refused):
    """Raised where a site would be left without an administrator."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the site’s last administrator: make somebody else administrator first.")
        )


class AlreadyThere(Refused):
    """Raised for an address that already belongs to one of the site's people."""

    def __init__(self, email: str) -> None:
        super().__init__(
            _("%(email)s already belongs to one of the people of this site: change their roles.")
            % {"email": email}
        )


class AlreadyInvited(Refused):
    """Raised for an address with a pending invitation."""

    def __init__(self, email: str) -> None:
        super().__init__(
            _("%(email)s is already invited: send that invitation again, or withdraw it.")
            % {"email": email}
        )


class TooManyInvitations(Refused):
    """Raised where somebody has sent as many invitations as a day allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            ngettext(
                "You may send %(count)d invitation in 24 hours: go on tomorrow.",
                "You may send %(count)d invitations in 24 hours: go on tomorrow.",
                limit,
            )
            % {"count": limit}
        )


class NotPending(Refused):
    """Raised for an invitation that was accepted or withdrawn meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This invitation is no longer open: it was accepted or withdrawn."))


class AlreadySuspended(Refused):
    """Raised where somebody is suspended twice."""

    def __init__(self) -> None:
        super().__init__(_("This person is suspended already."))


class NotSuspended(Refused):
    """Raised where somebody is resumed who is at work."""

    def __init__(self) -> None:
        super().__init__(_("This person is not suspended."))


class CannotAccept(Refused):
    """Raised for an account that can't take up an invitation; nothing is changed."""


class ApprovalIsFixed(Refused):
    """Raised for a site whose approval nobody may switch."""

    def __init__(self) -> None:
        super().__init__(_("On this site it is not for you to say whether pages need approval."))
