"""Invitations: asked for, sent again, withdrawn, taken up. See `membership` for `by`.

The secret in a link is made where the letter is written (`cms.people.tasks`), kept as a digest
only, and works once, until it expires or the next letter replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from cms.languages import codes
from cms.pages.models import SiteProfile

from .. import journal
from ..models import Invitation
from ..selectors import accounts_at, people_of
from ..tasks import write_invitation
from .authority import RoleChoice, lock, must_manage, must_outrank, role_groups_for
from .refusals import AlreadyInvited, AlreadyThere, NotPending, NotYours, TooManyInvitations

A_DAY = timedelta(hours=24)


@transaction.atomic
def invite(
    email: str,
    choices: Iterable[RoleChoice],
    *,
    site: SiteProfile,
    by: User,
    language: str = "en",
) -> Invitation:
    """Invite an address to hold roles on a site, by a letter in one of the six languages.

    What comes back is the same whether or not the address has an account elsewhere.
    Raises AlreadyThere, AlreadyInvited, TooManyInvitations, ValidationError for what is no
    address, UnknownLanguage (`cms.languages.codes`), and what `role_groups_for` raises.
    """
    site = lock(site)
    must_manage(by, site)
    language = codes.get(language).code
    email = email.strip().lower()
    validate_email(email)
    wanted = role_groups_for(choices, site=site, by=by)
    if people_of(site).filter(pk__in=[user.pk for user in accounts_at(email)]).exists():
        raise AlreadyThere(email)
    if Invitation.objects.pending().filter(site=site, email=email).exists():
        raise AlreadyInvited(email)
    _must_not_flood(by)
    invitation = Invitation.objects.create(
        site=site, email=email, language=language, asked_by=by, expires_at=expiry()
    )
    invitation.roles.set(wanted)
    _send(invitation)
    journal.note(
        journal.INVITED, invitation, site=site, by=by, email=email, roles=journal.names(wanted)
    )
    return invitation


@transaction.atomic
def send_again(invitation_id: int, *, site: SiteProfile, by: User) -> Invitation:
    """Send a pending invitation again, with a new link and all its time; the old link is dead.

    Raises NotPending, TooManyInvitations, BeyondYourRights.
    """
    invitation = _own(invitation_id, site=site, by=by)
    must_outrank(must_manage(by, site), invitation.roles.all())
    _must_not_flood(by)
    invitation.expires_at = expiry()
    invitation.token_hash = ""
    invitation.asked_at, invitation.asked_by = timezone.now(), by
    invitation.mails += 1
    invitation.sent_at = None
    invitation.save()
    _send(invitation)
    journal.note(journal.SENT_AGAIN, invitation, site=site, by=by, email=invitation.email)
    return invitation


@transaction.atomic
def withdraw(invitation_id: int, *, site: SiteProfile, by: User) -> Invitation:
    """Make a pending invitation void. Raises NotPending."""
    invitation = _own(invitation_id, site=site, by=by)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    journal.note(journal.WITHDRAWN, invitation, site=site, by=by, email=invitation.email)
    return invitation


def expiry() -> datetime:
    """When a link that is asked for now stops working."""
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


def _own(invitation_id: int, *, site: SiteProfile, by: User) -> Invitation:
    must_manage(by, site)
    found = Invitation.objects.select_for_update().filter(site=site, pk=invitation_id).first()
    if found is None:
        raise NotYours
    if not found.is_pending:
        raise NotPending
    return found


def _send(invitation: Invitation) -> None:
    transaction.on_commit(lambda: write_invitation.enqueue(invitation_pk=invitation.pk))


def _must_not_flood(by: User) -> None:
    """Letters go to strangers' addresses: nobody sends hundreds. Raises TooManyInvitations."""
    limit = settings.INVITATIONS_A_DAY
    recent = Invitation.objects.filter(asked_by=by, asked_at__gte=timezone.now() - A_DAY)
    if (recent.aggregate(letters=Sum("mails"))["letters"] or 0) >= limit:
        raise TooManyInvitations(limit)
