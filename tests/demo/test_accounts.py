"""The demo's accounts: each role has one, and one mission asks for approval."""

import pytest
from django.contrib.auth.models import User

from cms.access.models import needs_approval
from cms.access.roles import ROLES
from cms.access.selectors import roles_of
from cms.pages.models import SiteProfile
from missions_site.demo import accounts
from tests.people.conftest import make_site

pytestmark = pytest.mark.django_db
KINDS = {"c3": "committee", "candiweb": "candiweb"}


def test_there_is_an_account_for_every_role_and_a_second_run_changes_nothing():
    for code in {account.site for account in accounts.ACCOUNTS} - {""}:
        make_site(code, KINDS.get(code, "mission"))
    for _run in range(2):
        accounts.load(lambda name, done, total: None)
    assert User.objects.count() == len(accounts.ACCOUNTS)
    assert {account.role for account in accounts.ACCOUNTS} == set(ROLES)
    for account in accounts.ACCOUNTS:
        user = User.objects.get(username=account.username)
        assert {row.role for row in roles_of(user)} == {account.role}
    profiles = {profile.code: profile for profile in SiteProfile.objects.all()}
    assert needs_approval(profiles["sen"])
    for username, publishes in (
        ("sen.editor", False),
        ("sen.publisher", True),
        ("fra.editor", True),
    ):
        user = User.objects.get(username=username)
        home = profiles[username[:3]].site.root_page
        assert home.permissions_for_user(user).can_publish() is publishes
