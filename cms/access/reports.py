"""Wagtail's reports whose filters and lists would name other sites' people and workflows."""

from __future__ import annotations

import django_filters
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.admin.filters import FilteredModelChoiceField, FilteredModelChoiceFilter
from wagtail.admin.views.reports import locked_pages, workflows
from wagtail.models import Task, TaskState, Workflow, WorkflowState, WorkflowTask

from cms.pages.models import Page

_ALL = Page.objects  # kept inside the scope of the running request


def lockers(_request: HttpRequest | None) -> QuerySet[User]:
    """Who has locked a page of one's own sites."""
    locked = _ALL.filter(locked_by__isnull=False).values("locked_by")
    return User.objects.filter(pk__in=locked).order_by("username")


def own_workflow_states(request: HttpRequest) -> QuerySet[WorkflowState]:
    """Workflow states of pages that one may change."""
    return workflows.WorkflowView.get_queryset(_asked_by(request)).order_by()


def own_workflows(request: HttpRequest | None) -> QuerySet[Workflow]:
    """Workflows that one's own pages go through, or went."""
    if request is None:
        return Workflow.objects.none()
    used = own_workflow_states(request).values("workflow")
    assigned = _ALL.filter(workflowpage__isnull=False).values("workflowpage__workflow")
    return Workflow.objects.filter(Q(pk__in=used) | Q(pk__in=assigned)).order_by("name")


def own_tasks(request: HttpRequest | None) -> QuerySet[Task]:
    """Tasks of those workflows, each with its `workflow_tasks`."""
    steps = WorkflowTask.objects.filter(workflow__in=own_workflows(request)).values("task")
    return Task.objects.filter(pk__in=steps).prefetch_related("workflow_tasks").order_by("name")


def requesters(request: HttpRequest | None) -> QuerySet[User]:
    """Who has submitted one's own pages."""
    if request is None:
        return User.objects.none()
    asked = own_workflow_states(request).values("requested_by")
    return User.objects.filter(pk__in=asked).order_by("username")


def _asked_by(request: HttpRequest) -> workflows.WorkflowView:
    view = workflows.WorkflowView()
    view.request = request
    return view


class LockedPagesFilterSet(locked_pages.LockedPagesReportFilterSet):
    """Offers the people who locked one's own pages."""

    locked_by = django_filters.ModelChoiceFilter(field_name="locked_by", queryset=lockers)

    class Meta(locked_pages.LockedPagesReportFilterSet.Meta):
        pass


class LockedPagesView(locked_pages.LockedPagesView):
    """Wagtail's, with own people to choose from."""

    filterset_class = LockedPagesFilterSet


class WorkflowFilterSet(workflows.WorkflowReportFilterSet):
    """Offers own workflows and the people who submitted own pages."""

    workflow = django_filters.ModelChoiceFilter(field_name="workflow", queryset=own_workflows)
    requested_by = django_filters.ModelChoiceFilter(field_name="requested_by", queryset=requesters)

    class Meta(workflows.WorkflowReportFilterSet.Meta):
        model = WorkflowState


class WorkflowView(workflows.WorkflowView):
    """Wagtail's, with own workflows and people to choose from."""

    filterset_class = WorkflowFilterSet


class TaskField(FilteredModelChoiceField):
    """Wagtail's asks the database for each task's workflows."""

    def get_filter_value(self, obj: Task) -> list[int]:
        return [step.workflow_id for step in obj.workflow_tasks.all()]


class TaskFilter(FilteredModelChoiceFilter):
    """For `own_tasks`."""

    field_class = TaskField


class WorkflowTasksFilterSet(workflows.WorkflowTasksReportFilterSet):
    """Offers own workflows and tasks."""

    workflow = django_filters.ModelChoiceFilter(
        field_name="workflow_state__workflow", queryset=own_workflows
    )
    task = TaskFilter(queryset=own_tasks, filter_field="id_workflow", filter_accessor="workflows")

    class Meta(workflows.WorkflowTasksReportFilterSet.Meta):
        model = TaskState


class WorkflowTasksView(workflows.WorkflowTasksView):
    """Wagtail's, with own workflows and tasks to choose from."""

    filterset_class = WorkflowTasksFilterSet
