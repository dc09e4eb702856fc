"""One rule: the check on an object, the query, and Wagtail's own checks say the same, for every
role, permission and site."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group, User
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Task, WorkflowPage

from cms.access.models import SiteApproval
from cms.access.roles import ROLES, Permission, Scope, UnknownPermission
from cms.access.selectors import (
    grantable_roles,
    held_on,
    holders_of,
    holds,
    is_secretariat,
    may,
    roles_of,
    sites_where,
)
from cms.access.services import ensure_secretariat, ensure_site_roles, give_role
from cms.pages.models import SiteProfile
from tests.sites import make_site
from tests.worlds import world

pytestmark = pytest.mark.django_db
KINDS = {"fra": "mission", "ken": "mission", "c3": "committee", "candiweb": "candiweb"}


@world
def sites():
    """Two missions, one of which asks for approval, a committee and CandiWeb."""
    ensure_secretariat()
    made = {code: make_site(code, kind) for code, kind in KINDS.items()}
    SiteApproval.objects.create(site=made["ken"])
    found = {profile.code: profile for profile in SiteProfile.objects.all()}
    ensure_site_roles(found["ken"], collection=found["ken"].media.collection)
    return found


@world
def people(sites):
    """Somebody for each role on each site that has it, one with two hats, and three without."""
    made = {"nobody": User.objects.create_user("nobody")}
    for role in ROLES.values():
        where = [None] if role.scope is Scope.ALL else sites.values()
        for site in where:
            if site is None or site.kind in role.kinds:
                name = f"{site.code if site else 'all'} {role.name}"
                made[name] = User.objects.create_user(name)
                language = "ar" if role.by_language else ""
                give_role(made[name], role.name, site=site, language=language)
    made["two hats"] = User.objects.create_user("two hats")
    give_role(made["two hats"], "editor", site=sites["fra"])
    give_role(made["two hats"], "editor", site=sites["ken"])
    made["superuser"] = User.objects.create_superuser("root")
    made["closed"] = User.objects.create_user("closed")
    give_role(made["closed"], "mission_administrator", site=sites["fra"])
    User.objects.filter(pk=made["closed"].pk).update(is_active=False)
    return {name: User.objects.get(pk=user.pk) for name, user in made.items()}


def test_the_object_check_and_the_query_agree_for_every_role_permission_and_site(sites, people):
    asked = 0
    for permission in Permission:
        for user in people.values():
            by_query = set(sites_where(user, permission).values_list("code", flat=True))
            by_check = {code for code, site in sites.items() if may(user, permission, site)}
            assert by_query == by_check, (user, permission)
            assert holds(user, permission) is bool(by_query)
            for code, site in sites.items():
                assert (permission in held_on(user, site)) is (code in by_query)
                assert holders_of(permission, site).filter(pk=user.pk).exists() is (
                    code in by_query
                )
                asked += 1
    assert asked == len(Permission) * len(people) * len(sites)


def test_wagtails_checks_on_pages_agree_with_the_table(sites, people):
    checks = {
        Permission.CHANGE_PAGE: "can_edit",
        Permission.PUBLISH_PAGE: "can_publish",
        Permission.UNLOCK_PAGE: "can_unlock",
    }
    allowed = 0
    for user in people.values():
        for site in sites.values():
            may_on = site.site.root_page.permissions_for_user(user)
            for permission, check in checks.items():
                expected = may(user, permission, site)
                if user.is_active:
                    assert getattr(may_on, check)() is expected, (user, site, permission)
                allowed += expected
    assert allowed


def test_approval_takes_publishing_from_editors_and_from_nobody_else(sites, people):
    publishes = {
        name
        for name, user in people.items()
        for site in sites.values()
        if may(user, Permission.PUBLISH_PAGE, site) and f"{site.code} " in name
    }
    assert "fra editor" in publishes
    assert publishes == {
        "fra mission_administrator",
        "fra publisher",
        "fra editor",
        "ken mission_administrator",
        "ken publisher",
        "c3 committee_secretary",
    }
    held = {row.site.code: row.permissions for row in roles_of(people["two hats"])}
    assert Permission.PUBLISH_PAGE in held["fra"]
    assert Permission.PUBLISH_PAGE not in held["ken"]


def test_an_unknown_permission_raises_wherever_it_is_asked(sites, people):
    for ask in (
        lambda: may(people["nobody"], "publish", sites["fra"]),
        lambda: sites_where(people["fra editor"], "publish"),
        lambda: sites_where(AnonymousUser(), "publish"),
        lambda: holds(people["superuser"], "publish"),
        lambda: holders_of("publish"),
    ):
        with pytest.raises(UnknownPermission):
            ask()


def test_visitors_and_closed_accounts_may_nothing(sites, people):
    for user in (AnonymousUser(), people["closed"], people["nobody"]):
        for permission in Permission:
            assert not holds(user, permission)
            assert not sites_where(user, permission).exists()
        assert not is_secretariat(user)


def test_who_may_give_which_role(sites, people):
    def names(who, code):
        return [role.name for role in grantable_roles(people[who], sites[code])]

    of_missions = [role.name for role in ROLES.values() if "mission" in role.kinds]
    assert names("fra mission_administrator", "fra") == of_missions
    assert names("fra mission_administrator", "ken") == []
    assert names("all secretariat", "ken") == of_missions
    assert names("superuser", "candiweb") == ["elections_desk"]
    assert "mission_administrator" not in names("fra publisher", "fra")
    assert names("nobody", "fra") == []


def test_each_question_costs_one_query(sites, people, django_assert_num_queries):
    user = people["two hats"]
    for ask in (
        lambda: may(user, Permission.PUBLISH_PAGE, sites["fra"]),
        lambda: holds(user, Permission.PUBLISH_PAGE),
        lambda: list(sites_where(user, Permission.PUBLISH_PAGE)),
        lambda: held_on(user, sites["ken"]),
        lambda: [row.permissions for row in roles_of(user)],
    ):
        with django_assert_num_queries(1):
            ask()


# --- Wagtail's stock groups ---


def stock():
    groups = Group.objects.filter(name__in=["Editors", "Moderators"])
    return {
        "pages": GroupPagePermission.objects.filter(group__in=groups).count(),
        "media": GroupCollectionPermission.objects.filter(group__in=groups).count(),
        "own": sum(group.permissions.count() for group in groups),
        "workflow": WorkflowPage.objects.filter(page__depth=1).count(),
        "task": Task.objects.filter(name="Moderators approval", active=True).count(),
    }


def test_wagtails_stock_groups_hold_nothing_and_the_migration_can_be_taken_back():
    assert Group.objects.filter(name__in=["Editors", "Moderators"]).count() == 2
    assert set(stock().values()) == {0}
    migration = importlib.import_module("cms.access.migrations.0003_take_stock_groups_off_the_root")
    migration.give_back(apps, SimpleNamespace())
    assert stock() == {"pages": 7, "media": 12, "own": 18, "workflow": 1, "task": 1}
    migration.take_away(apps, SimpleNamespace())
    assert set(stock().values()) == {0}
