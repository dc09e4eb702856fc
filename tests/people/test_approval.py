"""The approval of pages: switched by a mission, always on where the Secretariat answers."""

import re

import pytest
from django.core import mail
from wagtail.models import GroupApprovalTask, ModelLogEntry, Workflow, WorkflowPage

from cms.access.roles import Permission
from cms.access.selectors import may, sites_where
from cms.access.services import ensure_site_roles
from cms.pages.models import Page
from cms.people import journal, services
from cms.people.approval import can_be_switched, switch_approval
from tests.worlds import world

from .conftest import fresh, make_site, signed_in, somebody

pytestmark = pytest.mark.django_db


@world
def people(fra, admin):
    return {
        "admin": admin,
        "publisher": somebody("paul", ("publisher", fra)),
        "editor": somebody("anna", ("editor", fra)),
        "translator": somebody("tom", ("translator", fra, "ar")),
        "delegate": somebody("dora", ("delegate", fra)),
    }


def draft(site, title="Une nouvelle", **texts):
    page = site.site.root_page.add_child(
        instance=Page(title_fr=title, source_language="fr", live=False, **texts)
    )
    page.save_revision()
    return page


def submit(page, user):
    return page.get_workflow().start(page, user)


def who_publishes(site, people):
    home = site.site.root_page
    return {
        name for name, who in people.items() if home.permissions_for_user(fresh(who)).can_publish()
    }


def approvers(site):
    workflow = WorkflowPage.objects.get(page=site.site.root_page).workflow
    (step,) = workflow.workflow_tasks.all()
    return sorted(group.role_group.role for group in step.task.specific.groups.all())


def test_without_approval_editors_publish_and_approve_what_translators_submit(fra, people):
    assert who_publishes(fra, people) == {"admin", "publisher", "editor"}
    assert approvers(fra) == ["editor", "mission_administrator", "publisher"]


def test_with_approval_editors_submit_and_publishers_and_administrators_approve(fra, people):
    switch_approval(fra, on=True, by=people["admin"])
    assert who_publishes(fra, people) == {"admin", "publisher"}
    assert approvers(fra) == ["mission_administrator", "publisher"]
    page = draft(fra)
    assert page.permissions_for_user(fresh(people["editor"])).can_submit_for_moderation()
    state = submit(page, people["editor"])
    task = state.current_task_state.task.specific
    assert not task.get_actions(page, fresh(people["editor"]))
    assert not task.get_actions(page, fresh(people["translator"]))
    assert task.get_actions(page, fresh(people["publisher"]))
    state.current_task_state.approve(user=people["publisher"])
    page.refresh_from_db()
    assert page.live


def test_the_switch_and_the_rule_agree_for_every_role(fra, people):
    for on in (True, False):
        switch_approval(fra, on=on, by=people["admin"])
        expected = who_publishes(fra, people)
        by_rule = {name for name, who in people.items() if may(who, Permission.PUBLISH_PAGE, fra)}
        by_query = {
            name
            for name, who in people.items()
            if sites_where(who, Permission.PUBLISH_PAGE).filter(pk=fra.pk).exists()
        }
        assert by_rule == by_query == expected


def test_mails_go_to_the_sites_own_approvers_only(fra, ken, people, superuser, secretariat):
    somebody("ken.admin", ("mission_administrator", ken))
    left = somebody("left", ("publisher", fra))
    switch_approval(fra, on=True, by=people["admin"])
    services.suspend(left.pk, site=fra, by=people["admin"])
    submit(draft(fra), people["editor"])
    assert sorted(to for message in mail.outbox for to in message.to) == [
        "fra.admin@example.org",
        "paul@example.org",
    ]


def test_pages_that_wait_when_it_is_switched_off_can_still_be_finished(fra, people):
    switch_approval(fra, on=True, by=people["admin"])
    one, two = draft(fra), draft(fra, "Une autre")
    first, second = submit(one, people["editor"]), submit(two, people["editor"])
    switch_approval(fra, on=False, by=people["admin"])
    for state in (first, second):
        state.refresh_from_db()
        assert state.status == state.STATUS_IN_PROGRESS
    assert one.current_workflow_task.specific.get_actions(one, fresh(people["editor"]))
    first.current_task_state.approve(user=people["editor"])
    second.current_task_state.reject(user=people["publisher"])
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.live, two.live) == (True, False)


def test_switching_twice_and_repairing_roles_change_nothing(fra, people):
    counted = (Workflow, GroupApprovalTask, WorkflowPage)
    switch_approval(fra, on=True, by=people["admin"])
    before = [model.objects.count() for model in counted]
    switch_approval(fra, on=True, by=people["admin"])
    ensure_site_roles(type(fra).objects.get(pk=fra.pk), collection=fra.media.collection)
    assert [model.objects.count() for model in counted] == before
    assert who_publishes(fra, people) == {"admin", "publisher"}
    switch_approval(fra, on=False, by=people["admin"])
    switch_approval(fra, on=False, by=people["admin"])
    assert who_publishes(fra, people) == {"admin", "publisher", "editor"}
    entries = ModelLogEntry.objects.filter(action__startswith="people.approval").order_by("pk")
    assert [entry.action for entry in entries] == [journal.APPROVAL_ON, journal.APPROVAL_OFF]


def test_one_missions_switch_is_no_other_missions(fra, ken, people):
    editor = somebody("ken.editor", ("editor", ken))
    switch_approval(fra, on=True, by=people["admin"])
    assert ken.site.root_page.permissions_for_user(editor).can_publish()
    with pytest.raises(services.NotYours):
        switch_approval(ken, on=True, by=people["admin"])
    for name in ("publisher", "editor", "translator", "delegate"):
        with pytest.raises(services.NotYours):
            switch_approval(fra, on=False, by=people[name])
    assert who_publishes(fra, people) == {"admin", "publisher"}


def test_candiwebs_pages_are_approved_by_the_secretariat_whatever_anybody_does(
    candiweb, fra, secretariat, superuser
):
    desk = somebody("desk", ("elections_desk", candiweb))
    home = candiweb.site.root_page
    may_desk = home.permissions_for_user(desk)
    assert may_desk.can_edit()
    assert not may_desk.can_publish()
    assert home.permissions_for_user(secretariat).can_publish()
    assert approvers(candiweb) == ["secretariat"]
    for by in (desk, secretariat, superuser):
        with pytest.raises((services.ApprovalIsFixed, services.NotYours)):
            switch_approval(candiweb, on=False, by=by)
    assert not can_be_switched(candiweb)
    page = draft(candiweb)
    state = submit(page, desk)
    task = state.current_task_state.task.specific
    assert not task.get_actions(page, fresh(desk))
    assert task.get_actions(page, fresh(secretariat))
    assert [message.to for message in mail.outbox] == [["secretariat@example.org"]]
    state.current_task_state.approve(user=secretariat)
    page.refresh_from_db()
    assert page.live


def test_committees_have_no_workflow_and_no_switch(secretariat):
    committee = make_site("c3", "committee")
    assert not can_be_switched(committee)
    assert committee.site.root_page.get_workflow() is None


def test_another_missions_workflow_is_named_nowhere(fra, ken, people):
    boss = somebody("ken.admin", ("mission_administrator", ken))
    for site, title, sender in ((fra, "Une nouvelle", people["editor"]), (ken, "Secret", boss)):
        submit(draft(site, title), sender)
    browser = signed_in(people["admin"])
    theirs = Workflow.objects.get(name="KEN").pk
    task = GroupApprovalTask.objects.get(name="KEN").pk
    shown = 0
    for path in (
        "/admin/",
        "/admin/reports/workflow/",
        "/admin/reports/workflow_tasks/",
        f"/admin/reports/workflow/?workflow={theirs}",
        f"/admin/reports/workflow_tasks/?task={task}",
        "/admin/workflows/list/",
        f"/admin/workflows/edit/{theirs}/",
        f"/admin/workflows/tasks/edit/{task}/",
        "/admin/workflows/task_chooser/",
        f"/admin/pages/{fra.site.root_page_id}/edit/",
    ):
        response = browser.get(path)
        html = response.content.decode()
        assert not re.search(r"\bKEN\b", html), path
        assert "Secret" not in html, path
        shown += "Une nouvelle" in html
    assert shown
