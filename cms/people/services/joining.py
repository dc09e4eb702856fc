"""Taking up an invitation: with a new account, or with the one that the address has."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from cms.access.roles import Permission
from cms.access.selectors import grants_of, held_on, is_secretariat
from cms.access.services import give_role
from cms.languages import codes
from cms.pages.models import SiteProfile

from .. import journal
from ..models import Departure, Invitation, SuspendedRole, digest
from ..selectors import accounts_at
from .refusals import CannotAccept, NotPending, NotYours


@dataclass(frozen=True)
class NewPerson:
    """What somebody says about themselves. `password`: as typed, validated by the service."""

    first_name: str
    last_name: str
    password: str


def find_invitation(token: str, *, site: SiteProfile) -> Invitation:
    """The invitation to a site whose last letter holds this secret, whatever became of it.

    Raises NotYours for a secret that no letter to this site's people holds.
    """
    found = (
        Invitation.objects.filter(site=site, token_hash=digest(token))
        .select_related("site__site__root_page", "accepted_by")
        .first()
    )
    if found is None:
        raise NotYours
    return found


def account_of(invitation: Invitation) -> User | None:
    """The account that an invitation's address has and that can sign in, or None.

    An account that is asleep (its last role went) is none: whoever has the letter has its address,
    and chooses a new password as for a new one. Raises CannotAccept for a closed account.
    """
    accounts = accounts_at(invitation.email)
    if not accounts:
        return None
    if accounts[0].is_active:
        return accounts[0]
    if asleep_at(invitation.email) is not None:
        return None
    raise CannotAccept(
        _("The account of %(email)s was closed. Write to the Secretariat.")
        % {"email": invitation.email}
    )


def asleep_at(email: str) -> User | None:
    """The account that receives its letters at an address and sleeps for want of a role."""
    for user in accounts_at(email):
        if user.email.lower() == email and Departure.objects.filter(user=user).exists():
            return user
    return None


@transaction.atomic
def join_as_new(token: str, new: NewPerson, *, site: SiteProfile) -> User:
    """Make the account of an invited person and give it the roles. The user name is the address.

    Raises NotYours, NotPending, CannotAccept, and ValidationError for a weak password.
    """
    invitation = _open(token, site)
    if account_of(invitation) is not None:
        raise CannotAccept(_("This address has an account already: sign in, then accept."))
    asleep = asleep_at(invitation.email)
    person = asleep or User(username=invitation.email, email=invitation.email)
    person.first_name, person.last_name = new.first_name, new.last_name
    validate_password(new.password, person)
    person.set_password(new.password)
    if asleep is not None:
        _must_fit(person, invitation)
        person.save(update_fields=["first_name", "last_name", "password"])
    else:
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError as error:  # two invitations, taken up in the same instant
            raise CannotAccept(
                _("This address has an account already: sign in, then accept.")
            ) from error
    profile = UserProfile.get_for_user(person)
    profile.preferred_language = codes.get(invitation.language).django_code
    profile.save()
    _take_up(invitation, person)
    return person


@transaction.atomic
def join(token: str, *, site: SiteProfile, as_user: User) -> User:
    """Give the roles to the account that the address has, whose owner is signed in.

    Raises NotYours, NotPending, and CannotAccept for another account than the invited one, for
    one that works everywhere already, and for one that is suspended on the site.
    """
    invitation = _open(token, site)
    if not is_invited(as_user, invitation):
        raise CannotAccept(
            _("This invitation is for %(email)s: sign out, then sign in with that account.")
            % {"email": invitation.email}
        )
    _must_fit(as_user, invitation)
    _take_up(invitation, as_user)
    return as_user


def is_invited(user: User | AnonymousUser, invitation: Invitation) -> bool:
    """Whether the invitation's address is a signed-in user's."""
    if not isinstance(user, User):
        return False
    return invitation.email in (user.email.lower(), user.username.lower())


def _open(token: str, site: SiteProfile) -> Invitation:
    """The invitation, held until the transaction ends, if it can still be taken up."""
    pk = find_invitation(token, site=site).pk
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("site", "asked_by")
        .get(pk=pk)
    )
    if not invitation.is_pending or invitation.has_expired:
        raise NotPending
    _must_still_stand(invitation)
    return invitation


def _must_still_stand(invitation: Invitation) -> None:
    """Nobody comes in on the word of somebody who may no longer give it: an administrator who was
    let go could have invited themselves before."""
    sender = invitation.asked_by
    held = held_on(sender, invitation.site) if sender else frozenset()
    given = grants_of(list(invitation.roles.all()))
    if Permission.MANAGE_PEOPLE not in held or not given <= held:
        raise CannotAccept(
            _("Whoever invited you no longer manages this site. Ask for another invitation.")
        )


def _must_fit(person: User, invitation: Invitation) -> None:
    if is_secretariat(person):
        raise CannotAccept(_("You work on every site already: there is nothing to accept."))
    if SuspendedRole.objects.filter(user=person, role_group__site=invitation.site).exists():
        raise CannotAccept(
            _("Your account is suspended on this site. Ask the site’s administrator to resume it.")
        )


def _take_up(invitation: Invitation, person: User) -> None:
    for held in invitation.roles.all():
        give_role(person, held.role, site=invitation.site, language=held.language)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    journal.note(
        journal.JOINED,
        person,
        site=invitation.site,
        by=person,
        roles=journal.names(invitation.roles.all()),
    )
