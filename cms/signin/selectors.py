"""What is known of a person's sign-in: second factor, sessions, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import User
from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cms.access.models import RoleGroup
from cms.access.roles import Permission
from cms.access.selectors import is_secretariat, roles_with, sites_where
from cms.pages.kept_sql import Asked, KeptQuery
from cms.pages.models import SiteProfile

from .models import AuthenticatorApp, RecoveryCode, Session, SignInRule


@dataclass(frozen=True)
class FactorState:
    """`app`: id of the person's confirmed app, None without; `required`: whether they must."""

    app: int | None
    required: bool


def factor_state(user: User) -> FactorState:
    """Whether a person has a second factor and must have one. One query.

    Raises User.DoesNotExist for who has been deleted meanwhile.
    """
    for row in _factors.rows(settings.SECOND_FACTOR_REQUIRED, user=user.pk):
        return FactorState(app=row["app"], required=bool(row["must"]))
    raise User.DoesNotExist


@KeptQuery
def _factors(required_of_managers: bool) -> QuerySet[Any, Any]:
    held = RoleGroup.objects.filter(group__user=OuterRef("pk"))
    apps = AuthenticatorApp.objects.filter(user=OuterRef("pk"), confirmed=True)
    required = Q(Exists(held.filter(site__sign_in_rule__second_factor_required=True)))
    if required_of_managers:
        required |= Q(Exists(held.filter(role__in=roles_with(Permission.MANAGE_PEOPLE))))
        required |= Q(is_superuser=True)
    return (
        User.objects.filter(pk=Asked("user", BigIntegerField()))
        .annotate(app=Subquery(apps.values("pk")[:1]), must=required)
        .values("app", "must")
    )


def confirmed_app(user: User) -> AuthenticatorApp | None:
    """The app whose codes a person signs in with."""
    return AuthenticatorApp.objects.filter(user=user, confirmed=True).first()


def recovery_codes_left(user: User) -> int:
    """How many recovery codes a person has not used."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def live_sessions(user: User) -> list[Session]:
    """A person's sessions that still open something, the latest seen first. One query.

    Sessions begun under an earlier password are dead already and are left out.
    """
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-last_seen")
    known = user.get_session_auth_hash()
    return [
        row
        for row in rows
        if constant_time_compare(row.get_decoded().get(HASH_SESSION_KEY, ""), known)
    ]


def sites_to_rule(user: User) -> QuerySet[SiteProfile]:
    """Sites whose sign-in rule a user may set: of every site with people, those where they manage
    people. Each with `required`, `people` and `protected` (people who have a second factor)."""
    people = User.objects.filter(groups__role_group__site=OuterRef("pk"), is_active=True)
    protected = people.filter(authenticatorapp__confirmed=True)
    rules = SignInRule.objects.filter(site=OuterRef("pk"), second_factor_required=True)
    return (
        sites_where(user, Permission.MANAGE_PEOPLE)
        .filter(Exists(RoleGroup.objects.filter(site=OuterRef("pk"))))
        .select_related("site", "site__root_page")
        .annotate(
            required=Exists(rules), people=_number_of(people), protected=_number_of(protected)
        )
        .order_by("code")
    )


def _number_of(people: QuerySet[User]) -> Subquery:
    """How many, as a column of the outer query; None for nobody."""
    counted = people.order_by().values("groups__role_group__site")
    return Subquery(counted.annotate(number=Count("pk", distinct=True)).values("number")[:1])


def may_reset_factor_of(person: User, *, by: User) -> bool:
    """Whether a user may take away another's second factor: only where the person's roles are all
    on sites whose people the user manages. Nobody their own; the Secretariat's only by its own."""
    if person.pk == by.pk or not by.is_active:
        return False
    if is_secretariat(by):
        return by.is_superuser or not person.is_superuser
    if person.is_superuser:
        return False
    # Suspended sites count: a person who comes back there is that site's person too.
    held = RoleGroup.objects.filter(group__user=person).values_list("site_id", flat=True)
    sites = set(held)
    if not sites or None in sites:
        return False
    return sites <= set(sites_where(by, Permission.MANAGE_PEOPLE).values_list("pk", flat=True))
