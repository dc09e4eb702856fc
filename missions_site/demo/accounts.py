"""Demo accounts: one for every role, with a password that everybody knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.users.models import UserProfile

from cms.access.roles import get_role
from cms.access.services import ensure_secretariat, give_role
from cms.languages import codes
from cms.pages.models import SiteProfile
from cms.people.approval import switch_approval

PASSWORD = "demo-missions-2008"  # noqa: S105  (printed by `make run`; production refuses the demo)


@dataclass(frozen=True)
class Account:
    """One demo account. `site`: code of the site ("" everywhere); `translates`: language codes."""

    username: str
    role: str
    site: str = ""
    language: str = "en"
    translates: tuple[str, ...] = ()


ACCOUNTS: tuple[Account, ...] = (
    Account("secretariat", "secretariat"),
    Account("fra.admin", "mission_administrator", "fra", "fr"),
    Account("fra.editor", "editor", "fra", "fr"),
    Account("fra.translator", "translator", "fra", "ar", ("ar",)),
    Account("fra.delegate", "delegate", "fra", "fr"),
    Account("egy.admin", "mission_administrator", "egy", "ar"),
    Account("egy.editor", "editor", "egy", "ar"),
    Account("chn.editor", "editor", "chn", "zh"),
    Account("esp.editor", "editor", "esp", "es"),
    Account("rus.editor", "editor", "rus", "ru"),
    Account("gbr.admin", "mission_administrator", "gbr", "en"),
    Account("gbr.editor", "editor", "gbr", "en"),
    Account("sen.admin", "mission_administrator", "sen", "fr"),
    Account("sen.publisher", "publisher", "sen", "fr"),
    Account("sen.editor", "editor", "sen", "fr"),
    Account("c3.secretary", "committee_secretary", "c3", "en"),
    Account("elections.desk", "elections_desk", "candiweb", "en"),
)
#: Codes of the missions whose pages need approval: their editors submit.
APPROVED = ("sen",)


def load(report: Callable[[str, int, int], None]) -> None:
    """Make every account that is missing, with its role; change no password of one that exists.
    Then let the pages of some missions need approval."""
    ensure_secretariat()
    sites = {profile.code: profile for profile in SiteProfile.objects.select_related("site")}
    for number, account in enumerate(ACCOUNTS, start=1):
        make_account(account, sites.get(account.site))
        report(account.username, number, len(ACCOUNTS))
    secretariat = User.objects.get(username="secretariat")
    for code in APPROVED:
        if code in sites:
            switch_approval(sites[code], on=True, by=secretariat)


@transaction.atomic
def make_account(account: Account, site: SiteProfile | None) -> User:
    """One account with its role. Raises UnknownRole, RoleGroup.DoesNotExist."""
    user = User.objects.filter(username=account.username).first()
    if user is None:
        user = User.objects.create_user(
            account.username,
            email=f"{account.username}@example.org",
            password=PASSWORD,
            first_name=account.username.split(".")[0].upper() if site else "",
            last_name=str(get_role(account.role).label),
        )
    for language in account.translates or ("",):
        give_role(user, account.role, site=site, language=language)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = codes.get(account.language).django_code
    profile.save()
    return user
