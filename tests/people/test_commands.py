"""The commands call the same services as the admin, and say in one line what these refuse."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from cms.access.models import needs_approval
from cms.access.selectors import roles_of
from cms.pages.models import SiteProfile
from cms.people.models import Invitation
from tests.worlds import world

from .conftest import fresh, last_letter, somebody

pytestmark = pytest.mark.django_db


@world
def editor(fra):
    return somebody("anna", ("editor", fra))


def test_somebody_is_invited(fra, admin, capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command(
            "invite_person", "fra", "lea@example.org", "editor", "translator:ar",
            by="fra.admin", language="ar",
        )  # fmt: skip
    assert "on its way" in capsys.readouterr().out
    assert "/ar/invitation/" in last_letter().url
    assert Invitation.objects.get().roles.count() == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("xyz", "lea@example.org", "editor"), "No site has the code"),
        (("fra", "no address", "editor"), "valid"),
        (("fra", "lea@example.org", "boss"), "is no role"),
        (("fra", "lea@example.org", "translator"), "is no role of this site"),
        (("fra", "anna@example.org", "editor"), "already belongs"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(fra, admin, editor, words, told):
    with pytest.raises(CommandError, match=told):
        call_command("invite_person", *words, by="fra.admin")
    with pytest.raises(CommandError):
        call_command("invite_person", "fra", "lea@example.org", "editor", by="anna")
    assert not Invitation.objects.exists()


def test_somebody_is_suspended_and_resumed(fra, admin, editor):
    call_command("suspend_person", "fra", "anna", by="fra.admin")
    assert roles_of(fresh(editor)) == []
    with pytest.raises(CommandError, match="suspended already"):
        call_command("suspend_person", "fra", "anna", by="fra.admin")
    call_command("suspend_person", "fra", "anna", "--resume", by="fra.admin")
    assert [row.role for row in roles_of(fresh(editor))] == ["editor"]


def test_approval_is_switched(fra, candiweb, admin, secretariat):
    call_command("switch_approval", "fra", "on", by="fra.admin")
    assert needs_approval(SiteProfile.objects.get(code="fra"))
    call_command("switch_approval", "fra", "off", by="secretariat")
    assert not needs_approval(SiteProfile.objects.get(code="fra"))
    with pytest.raises(CommandError, match="not for you"):
        call_command("switch_approval", "candiweb", "off", by="secretariat")


def test_roles_are_repaired_on_sites_that_are_older_than_the_table(fra, ken, candiweb):
    Group.objects.filter(name="fra: publisher").delete()
    desk = Group.objects.get(name="candiweb: elections desk")
    publish = Group.objects.get(name="ken: editor").page_permissions.get(
        permission__codename="publish_page"
    )
    desk.page_permissions.create(page=candiweb.site.root_page, permission=publish.permission)
    call_command("repair_roles")
    assert Group.objects.get(name="fra: publisher").page_permissions.count() == 5
    assert not desk.page_permissions.filter(permission__codename="publish_page").exists()


def test_a_role_that_is_younger_than_the_site_is_given_all_the_same(fra):
    Group.objects.filter(name="fra: publisher").delete()
    person = somebody("paul", ("publisher", fra))
    assert fra.site.root_page.permissions_for_user(person).can_publish()
