"""The table of roles, and the groups that are made from it."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from wagtail.models import GroupPagePermission, PageViewRestriction

from cms.access.audiences import (
    NOBODY,
    PORTAL,
    PUBLIC,
    audience_of,
    audiences_of,
    audiences_of_pages,
    may_read,
    restrict_to_portal,
)
from cms.access.roles import ROLES, Permission, UnknownPermission, UnknownRole, get_role
from cms.access.selectors import roles_of, sites_where
from cms.access.services import ensure_secretariat, give_role, take_role
from cms.pages.models import Page
from tests.sites import make_site
from tests.worlds import world


@world
def sites():
    return {
        "fra": make_site("fra"),
        "ken": make_site("ken"),
        "c3": make_site("c3", "committee"),
        "portal": make_site("portal", "portal"),
    }


@pytest.fixture
def person(db):
    return User.objects.create_user("person")


def test_a_permission_that_the_table_does_not_have_raises():
    assert get_role("editor").allows("publish_page")
    with pytest.raises(UnknownPermission, match="publish_page"):
        get_role("editor").allows("publish")
    with pytest.raises(UnknownRole, match="translator"):
        get_role("boss")


def test_every_role_of_a_kind_has_its_group_and_a_translator_one_a_language(sites):
    names = sorted(sites["fra"].role_groups.values_list("group__name", flat=True))
    assert len(names) == 4 + 6
    assert "fra: publisher" in names
    assert "fra: translator (ar)" in names
    assert sites["c3"].role_groups.get().role == "committee_secretary"


def test_groups_are_repaired_to_the_table_and_lose_what_it_does_not_give(sites):
    group = sites["fra"].role_groups.get(role="translator", language="zh").group
    held = set(
        GroupPagePermission.objects.filter(group=group).values_list(
            "permission__codename", flat=True
        )
    )
    assert held == {"change_page"}
    other = sites["ken"].site.root_page
    permission = GroupPagePermission.objects.filter(group=group).first().permission
    GroupPagePermission.objects.create(group=group, page=other, permission=permission)
    provision_again = make_site("fra")
    assert provision_again == sites["fra"]
    pages = GroupPagePermission.objects.filter(group=group).values_list("page_id", flat=True)
    assert set(pages) == {sites["fra"].site.root_page_id}


@pytest.mark.parametrize(("role", "publishes"), [("editor", True), ("mission_administrator", True)])
def test_an_editor_edits_and_publishes_on_their_own_site_only(sites, person, role, publishes):
    give_role(person, role, site=sites["fra"])
    person = User.objects.get(pk=person.pk)
    own, other = sites["fra"].site.root_page, sites["ken"].site.root_page
    assert own.permissions_for_user(person).can_edit()
    assert own.permissions_for_user(person).can_publish() is publishes
    assert not other.permissions_for_user(person).can_edit()
    assert not other.permissions_for_user(person).can_publish()
    assert [site.code for site in sites_where(person, Permission.PUBLISH_PAGE)] == ["fra"]


def test_the_secretariat_works_everywhere(sites, person):
    ensure_secretariat()
    give_role(person, "secretariat")
    person = User.objects.get(pk=person.pk)
    for site in sites.values():
        assert site.site.root_page.permissions_for_user(person).can_publish()
    assert sites_where(person, Permission.MANAGE_SITES).count() == len(sites)


@pytest.mark.parametrize("name", [role for role in ROLES if role != "secretariat"])
def test_the_portal_is_read_by_permanent_missions_and_by_nobody_else(sites, person, name):
    portal = sites["portal"].site.root_page
    restrict_to_portal(portal)
    role = ROLES[name]
    site = sites["fra"] if "mission" in role.kinds else sites["c3"]
    if "candiweb" in role.kinds:
        site = make_site("candiweb", "candiweb")
    group = give_role(person, name, site=site, language="ar" if role.by_language else "")
    person = User.objects.get(pk=person.pk)
    allowed = role.allows(Permission.READ_PORTAL)
    assert may_read(person, portal) is allowed
    restriction = PageViewRestriction.objects.get()
    assert set(restriction.groups.all()) <= set(person.groups.all()) or not allowed
    take_role(person, group)
    person = User.objects.get(pk=person.pk)
    assert not may_read(person, portal)
    assert not person.groups.exists()
    assert roles_of(person) == []


def test_audiences_of_readers_and_pages_agree(sites):
    home, portal = sites["fra"].site.root_page, sites["portal"].site.root_page
    assert audience_of(home) == PUBLIC
    restrict_to_portal(portal)
    child = portal.add_child(instance=Page(title_ar="الدليل", source_language="ar"))
    assert audience_of(child) == PORTAL
    assert audiences_of(AnonymousUser()) == {PUBLIC}
    PageViewRestriction.objects.create(page=home, restriction_type="password", password="x")
    assert audience_of(home) == NOBODY
    assert not may_read(AnonymousUser(), home)


def test_a_suspended_person_reads_no_more_than_the_public(sites, person):
    give_role(person, "delegate", site=sites["fra"])
    person = User.objects.get(pk=person.pk)
    assert audiences_of(person) == {PUBLIC, PORTAL}
    person.is_active = False
    assert audiences_of(person) == {PUBLIC}


def test_audiences_of_many_pages_cost_three_queries(sites, django_assert_num_queries):
    restrict_to_portal(sites["portal"].site.root_page)
    pages = [site.site.root_page for site in sites.values()]
    with django_assert_num_queries(3):
        audiences_of_pages(pages)


def test_a_closed_account_that_loses_one_of_two_roles_reads_the_portal_when_it_is_opened(
    sites, person
):
    restrict_to_portal(sites["portal"].site.root_page)
    kept, lost = (give_role(person, "delegate", site=sites[code]) for code in ("fra", "ken"))
    User.objects.filter(pk=person.pk).update(is_active=False)
    take_role(User.objects.get(pk=person.pk), lost)
    User.objects.filter(pk=person.pk).update(is_active=True)
    opened = User.objects.get(pk=person.pk)
    restriction = PageViewRestriction.objects.get(page=sites["portal"].site.root_page)
    assert set(restriction.groups.all()) <= set(opened.groups.all())
    take_role(opened, kept)
    assert not set(restriction.groups.all()) & set(opened.groups.all())
