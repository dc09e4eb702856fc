"""Every change of who works on a site. The admin, the public page and the commands call these."""

from .authority import RoleChoice
from .invitations import invite, send_again, withdraw
from .joining import NewPerson, account_of, find_invitation, is_invited, join, join_as_new
from .membership import change_roles, remove, resume, suspend
from .refusals import (
    AlreadyInvited,
    AlreadySuspended,
    AlreadyThere,
    ApprovalIsFixed,
    BeyondYourRights,
    CannotAccept,
    LastAdministrator,
    NoRole,
    NotPending,
    NotSuspended,
    NotYours,
    Refused,
    RoleNotOfSite,
    TooManyInvitations,
)

__all__ = [
    "AlreadyInvited",
    "AlreadySuspended",
    "AlreadyThere",
    "ApprovalIsFixed",
    "BeyondYourRights",
    "CannotAccept",
    "LastAdministrator",
    "NewPerson",
    "NoRole",
    "NotPending",
    "NotSuspended",
    "NotYours",
    "Refused",
    "RoleChoice",
    "RoleNotOfSite",
    "TooManyInvitations",
    "account_of",
    "change_roles",
    "find_invitation",
    "invite",
    "is_invited",
    "join",
    "join_as_new",
    "remove",
    "resume",
    "send_again",
    "suspend",
    "withdraw",
]
