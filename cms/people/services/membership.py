"""Roles of the people of a site: changed, suspended, given back, taken for good.

`by` is whoever acts; each service asks whether they manage the site and hold at least what they
touch, changes nothing else than what the person holds on this site, and writes the log.
Raises NotYours for a site or a person that is not `by`'s to manage.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from cms.access.models import RoleGroup
from cms.access.selectors import is_secretariat
from cms.access.services import give_role, take_role
from cms.pages.models import SiteProfile

from .. import journal
from ..models import SuspendedRole
from ..selectors import Status, standing
from .authority import (
    RoleChoice,
    lock,
    must_leave_an_administrator,
    must_manage,
    must_outrank,
    person_on,
    role_groups_for,
)
from .refusals import AlreadySuspended, NotSuspended


@transaction.atomic
def change_roles(
    person_id: int, choices: Iterable[RoleChoice], *, site: SiteProfile, by: User
) -> User:
    """Let a person hold these roles on a site and no others there; a suspended one will hold them
    when resumed. Raises what `role_groups_for` raises, and LastAdministrator."""
    site = lock(site)
    held = must_manage(by, site)
    person = person_on(site, person_id)
    before = standing(person)
    must_outrank(held, before.role_groups)
    wanted = role_groups_for(choices, site=site, by=by)
    if {row.pk for row in wanted} == {row.pk for row in before.role_groups}:
        return person
    if before.status is Status.SUSPENDED:
        SuspendedRole.objects.filter(user=person, role_group__site=site).delete()
        _keep_for_later(person, wanted)
    else:
        if not is_secretariat(by):
            must_leave_an_administrator(
                site, without=person, held={role_group.role for role_group in wanted}
            )
        # Given before others are taken: nobody is without a role in between, and cut off.
        _give(person, wanted)
        _take(person, [row for row in before.role_groups if row not in wanted])
    journal.note(
        journal.ROLES_CHANGED,
        person,
        site=site,
        by=by,
        before=journal.names(before.role_groups),
        after=journal.names(wanted),
    )
    return person


@transaction.atomic
def suspend(person_id: int, *, site: SiteProfile, by: User) -> User:
    """Take a person's roles on a site away until they are resumed. Raises AlreadySuspended,
    BeyondYourRights, LastAdministrator."""
    site = lock(site)
    held = must_manage(by, site)
    person = person_on(site, person_id)
    before = standing(person)
    if before.status is Status.SUSPENDED:
        raise AlreadySuspended
    must_outrank(held, before.role_groups)
    if not is_secretariat(by):
        must_leave_an_administrator(site, without=person, held=set())
    # First what is to come back: whoever leaves with nothing to come back for loses their tokens.
    _keep_for_later(person, before.role_groups)
    _take(person, before.role_groups)
    journal.note(
        journal.SUSPENDED, person, site=site, by=by, roles=journal.names(before.role_groups)
    )
    return person


@transaction.atomic
def resume(person_id: int, *, site: SiteProfile, by: User) -> User:
    """Give a suspended person back what they held. Raises NotSuspended, BeyondYourRights."""
    site = lock(site)
    held = must_manage(by, site)
    person = person_on(site, person_id)
    before = standing(person)
    if before.status is not Status.SUSPENDED:
        raise NotSuspended
    must_outrank(held, before.role_groups)
    SuspendedRole.objects.filter(user=person, role_group__site=site).delete()
    _give(person, before.role_groups)
    journal.note(journal.RESUMED, person, site=site, by=by, roles=journal.names(before.role_groups))
    return person


@transaction.atomic
def remove(person_id: int, *, site: SiteProfile, by: User) -> User:
    """Take everything that a person holds on a site, suspended or not. The account stays, asleep
    if nothing is left to it. Raises BeyondYourRights, LastAdministrator."""
    site = lock(site)
    held = must_manage(by, site)
    person = person_on(site, person_id)
    before = standing(person)
    must_outrank(held, before.role_groups)
    if not is_secretariat(by):
        must_leave_an_administrator(site, without=person, held=set())
    SuspendedRole.objects.filter(user=person, role_group__site=site).delete()
    _take(person, before.role_groups)
    journal.note(journal.REMOVED, person, site=site, by=by, roles=journal.names(before.role_groups))
    return person


def _give(person: User, role_groups: Iterable[RoleGroup]) -> None:
    for held in role_groups:
        give_role(person, held.role, site=held.site, language=held.language)


def _take(person: User, role_groups: Iterable[RoleGroup]) -> None:
    for held in role_groups:
        take_role(person, held)


def _keep_for_later(person: User, role_groups: Iterable[RoleGroup]) -> None:
    now = timezone.now()
    SuspendedRole.objects.bulk_create(
        SuspendedRole(user=person, role_group=held, since=now) for held in role_groups
    )
