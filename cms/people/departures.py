"""Whoever loses their last role is cut off at the next request, and let in again with the next.

The account becomes inactive: Django then takes each of its sessions for nobody's, and Wagtail
refuses its tokens, both while they load the user anyway. So this costs no query on any page, and
it holds for every way in which a role can go: our services, Wagtail's forms, a deleted site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from cms.access.models import RoleGroup
from cms.signin.services import end_sessions, revoke_tokens

from .models import Departure, SuspendedRole

MEMBERSHIP = User.groups.through


@transaction.atomic
def put_to_sleep(ids: Collection[int]) -> set[int]:
    """Cut off those of these people who hold no role any more; superusers need none.

    Their sessions are ended; tokens are revoked for good, unless a suspension may be lifted.
    """
    roleless = User.objects.filter(pk__in=ids, is_active=True, is_superuser=False).exclude(
        pk__in=MEMBERSHIP.objects.filter(group__role_group__isnull=False).values("user_id")
    )
    leaving = list(roleless)
    suspended = set(
        SuspendedRole.objects.filter(user__in=leaving).values_list("user_id", flat=True)
    )
    for user in leaving:
        User.objects.filter(pk=user.pk).update(is_active=False)
        Departure.objects.get_or_create(user=user)
        end_sessions(user)
        if user.pk not in suspended:
            revoke_tokens(user)
    return {user.pk for user in leaving}


@transaction.atomic
def wake(ids: Collection[int]) -> set[int]:
    """Let those people in again who had been cut off for want of a role."""
    asleep = set(Departure.objects.filter(user__in=ids).values_list("user_id", flat=True))
    if asleep:
        User.objects.filter(pk__in=asleep).update(is_active=True)
        Departure.objects.filter(user__in=asleep).delete()
    return asleep


# --- what makes people come and go ---------------------------------------------------------------


def _groups_changed(
    sender: type, instance: Any, action: str, reverse: bool, pk_set: Any, **kwargs: Any
) -> None:
    if action == "pre_clear":
        instance._cleared = _members(instance, reverse)
        return
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    if action == "post_clear":
        put_to_sleep(instance.__dict__.pop("_cleared", ()))
        return
    users, groups = (pk_set, [instance.pk]) if reverse else ([instance.pk], pk_set)
    if not RoleGroup.objects.filter(group__in=groups).exists():
        return
    changed = wake(users) if action == "post_add" else put_to_sleep(users)
    if not reverse and instance.pk in changed:
        # The object in the caller's hand says what the row says, so that saving it is harmless.
        instance.is_active = action == "post_add"


def _members(instance: User | Group, reverse: bool) -> list[int]:
    """Who holds a role that is about to be cleared."""
    rows = MEMBERSHIP.objects.filter(group__role_group__isnull=False)
    rows = rows.filter(group=instance.pk) if reverse else rows.filter(user=instance.pk)
    return list(rows.values_list("user_id", flat=True).distinct())


def _role_group_goes(sender: type, instance: RoleGroup, **kwargs: Any) -> None:
    instance._leaving = list(  # type: ignore[attr-defined]
        MEMBERSHIP.objects.filter(group=instance.group_id).values_list("user_id", flat=True)
    )


def _role_group_gone(sender: type, instance: RoleGroup, **kwargs: Any) -> None:
    put_to_sleep(instance.__dict__.pop("_leaving", ()))


def _saved_by_hand(
    sender: type, instance: User, created: bool, update_fields: Iterable[str] | None, **kwargs: Any
) -> None:
    """Whoever saves an account whole (the Secretariat, in Wagtail's form) decides about it: what
    was closed so is not woken by a role."""
    if not created and (update_fields is None or "is_active" in update_fields):
        Departure.objects.filter(user=instance.pk).delete()


def register() -> None:
    """Listen (from AppConfig.ready)."""
    m2m_changed.connect(_groups_changed, sender=MEMBERSHIP, dispatch_uid="people-groups")
    pre_delete.connect(_role_group_goes, sender=RoleGroup, dispatch_uid="people-role-goes")
    post_delete.connect(_role_group_gone, sender=RoleGroup, dispatch_uid="people-role-gone")
    post_save.connect(_saved_by_hand, sender=User, dispatch_uid="people-saved")
