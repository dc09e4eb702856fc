"""Whether a site's pages need approval: Wagtail's workflow, one a site, and the switch.

Switched on, editors give up publishing and submit; publishers and administrators approve. Switched
off (the default), editors publish, and approve what translators submit. Sites that the Secretariat
answers for (CandiWeb) always need its approval; nobody there can switch that off.

A page that waits when the switch is turned goes on waiting: whoever may approve from then on can
finish, send back or cancel it. Nothing is cancelled over anybody's head.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from cms.access.models import RoleGroup, SiteApproval, SiteCollection, needs_approval
from cms.access.roles import ALWAYS_APPROVED, Permission, roles_of_kind
from cms.access.services import ensure_secretariat, ensure_site_roles
from cms.pages.models import SiteProfile

from . import journal
from .services.authority import lock, must_manage
from .services.refusals import ApprovalIsFixed


def can_be_switched(site: SiteProfile) -> bool:
    """Whether the site's own administrator decides: where a role yields something to approval."""
    return site.kind not in ALWAYS_APPROVED and any(
        role.yields for role in roles_of_kind(site.kind)
    )


@transaction.atomic
def switch_approval(site: SiteProfile, *, on: bool, by: User) -> None:
    """Let a site's pages need approval, or no longer. Idempotent.

    Raises NotYours where `by` does not manage the site's people, ApprovalIsFixed.
    """
    site = lock(site)
    must_manage(by, site)
    if not can_be_switched(site):
        raise ApprovalIsFixed
    if needs_approval(site) == on:
        return
    if on:
        SiteApproval.objects.create(site=site)
    else:
        SiteApproval.objects.filter(site=site).delete()
    site = SiteProfile.objects.get(pk=site.pk)  # forgets the approval that it remembered
    owned = SiteCollection.objects.select_related("collection").get(site=site)
    ensure_site_roles(site, collection=owned.collection)
    journal.note(journal.APPROVAL_ON if on else journal.APPROVAL_OFF, site, site=site, by=by)


@transaction.atomic
def ensure_workflow(site: SiteProfile) -> None:
    """The workflow of a site that has one, with the approvers that the roles say. Idempotent.

    What the Secretariat added to the workflow (a second step) stays.
    """
    approvers = _approvers(site)
    if not approvers:
        return
    home = site.site.root_page
    standing = WorkflowPage.objects.filter(page=home).select_related("workflow").first()
    workflow = standing.workflow if standing else _new_workflow(site)
    task = _approval_task(workflow)
    if task is not None and set(task.groups.values_list("pk", flat=True)) != {
        group.pk for group in approvers
    }:
        task.groups.set(approvers)


def follow_roles(site: SiteProfile, role_groups: list[RoleGroup]) -> None:
    """Called by `cms.access` when a site's roles were put in order."""
    ensure_workflow(site)


def _approvers(site: SiteProfile) -> list[Group]:
    """Whose approval counts: the Secretariat's, or that of every role that publishes."""
    if site.kind in ALWAYS_APPROVED:
        return [ensure_secretariat().group]
    if not can_be_switched(site):
        return []
    held = RoleGroup.objects.filter(site=site).select_related("group", "site__approval")
    return [row.group for row in held if Permission.PUBLISH_PAGE in row.permissions]


def _new_workflow(site: SiteProfile) -> Workflow:
    # Named by the site alone: the name is shown in six languages ("Submit to FRA").
    name = site.code.upper()
    task: Any = GroupApprovalTask.objects.create(name=name)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=site.site.root_page)
    return workflow


def _approval_task(workflow: Workflow) -> GroupApprovalTask | None:
    """The first step, where it is a group's approval."""
    first = workflow.workflow_tasks.select_related("task").order_by("sort_order").first()
    task = first.task.specific if first else None
    return task if isinstance(task, GroupApprovalTask) else None
