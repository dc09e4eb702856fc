"""Wagtail's views of a page that would tell, or show, more than they may: in their place, ours.

Registered as the viewset of every page type (`register_admin_viewset`), which is Wagtail's own way.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages import workflow
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Task, TaskState, WorkflowTask

from cms.languages import codes
from cms.languages.fields import column
from cms.pages.changing import writable
from cms.pages.models import Page
from cms.pages.sites import hold_sites
from cms.tenancy.scope import current

from .audiences import PORTAL_GROUP
from .bulk import is_id
from .editing import MergingEditView, MergingRevertView
from .page_filters import OwnPageFilterSet
from .placement import ShownToMore, check_copy, check_move


class PrivacyForm(PageViewRestrictionForm):
    """Offers the portal's readers and the groups of one's own sites, not everybody's groups."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].queryset = offered_groups()

    def clean(self) -> dict[str, Any]:
        """Refuse to change a restriction that names groups which the user can't see."""
        cleaned = super().clean()
        if self.instance.pk and self.instance.groups.exclude(pk__in=offered_groups()).exists():
            self.add_error(
                "restriction_type",  # the dialog shows the errors of fields only
                _("The Secretariat has restricted this page: ask it to change who may read it."),
            )
        return cleaned


def offered_groups() -> QuerySet[Group]:
    """Groups that a page may be restricted to from inside the running request."""
    scope = current()
    if scope is None:
        return Group.objects.order_by("name")
    return Group.objects.filter(
        Q(name=PORTAL_GROUP) | Q(role_group__site__in=scope.sites)
    ).order_by("name")


class OneAtATime:
    """Mixed into views that change the tree: one change of a site's tree after the other."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        named = [pk for name, pk in kwargs.items() if name.endswith("_id")]
        parent = request.POST.get("new_parent_page", "")
        if is_id(parent):
            named.append(int(parent))
        with transaction.atomic():
            hold_sites(*named)
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class AddView(OneAtATime, CreateView):
    """Wagtail's, one at a time."""


class MoveView(OneAtATime, MoveConfirmView):
    """Wagtail's, one at a time."""


class PositionView(OneAtATime, SetPagePositionView):
    """Wagtail's, one at a time."""


class PrivacyView(SetPrivacyView):
    """Wagtail's lists every group of the installation."""

    form_class = PrivacyForm


class SoundCopyView(OneAtATime, CopyView):
    """Wagtail's answers a missing or foreign parent with an error 500, copies a restricted page to
    where everybody reads it, and titles the copy in the language of the admin."""

    def post(self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        parent = request.POST.get("new_parent_page", "")
        get_object_or_404(Page, pk=parent if is_id(parent) else 0)
        return super().post(request, page_id, *args, **kwargs)

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form = super().get_form(form_class)
        source = self.page.source_language
        form.fields["new_title"].initial = getattr(self.page, column("title", source))
        return form

    def form_valid(self, form: Form) -> HttpResponse:
        parent = form.cleaned_data["new_parent_page"] or self.parent_page
        recursive = bool(form.cleaned_data.get("copy_subpages"))
        try:
            check_copy(self.page, parent, recursive=recursive)
            with transaction.atomic(), codes.override(self.page.source_language):
                return super().form_valid(form)
        except (ShownToMore, ValidationError) as refusal:
            reasons = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            for reason in reasons:
                form.add_error("new_parent_page", reason)
            return self.form_invalid(form)


class OfThisPage:
    """Mixed into Wagtail's workflow views, which act on any task state that an address names."""

    def get_task_state(self) -> TaskState:
        own = TaskState.objects.filter(
            workflow_state__base_content_type=self.object.get_base_content_type(),  # type: ignore[attr-defined]
            workflow_state__object_id=str(self.object.pk),  # type: ignore[attr-defined]
        )
        return get_object_or_404(own, pk=self.task_state_id).specific  # type: ignore[attr-defined]


class WorkflowActionView(OfThisPage, workflow.WorkflowActionView):
    """Wagtail's, for the page's own task states."""


class WorkflowActionDataView(OfThisPage, workflow.CollectWorkflowActionDataView):
    """Wagtail's, for the page's own task states."""


class WorkflowPreviewView(workflow.PreviewRevisionForTaskView):
    """Wagtail's names any task of the installation."""

    def get_task(self) -> Task:
        steps = WorkflowTask.objects.filter(
            workflow__workflow_states__base_content_type=self.object.get_base_content_type(),
            workflow__workflow_states__object_id=str(self.object.pk),
        )
        own = Task.objects.filter(pk__in=steps.values("task"))
        return get_object_or_404(own, pk=self.task_id).specific


class SitePageViewSet(PageViewSet):
    """Wagtail's views of pages, with ours where a tenant's walls need it."""

    model = Page
    filterset_class = OwnPageFilterSet
    add_view_class = AddView
    edit_view_class = MergingEditView
    revisions_revert_view_class = MergingRevertView
    copy_view_class = SoundCopyView
    move_confirm_view_class = MoveView
    set_page_position_view_class = PositionView
    set_privacy_view_class = PrivacyView
    workflow_action_view_class = WorkflowActionView
    collect_workflow_action_data_view_class = WorkflowActionDataView
    workflow_preview_view_class = WorkflowPreviewView


def refuse_move_to_more_readers(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    """Wagtail's `before_move_page` hook: say why, and lead back to the choice of a place."""
    try:
        check_move(page, destination)
    except ShownToMore as refusal:
        messages.error(request, str(refusal))
        return redirect("wagtailadmin_pages:move", page.pk)
    return None


def refuse_conversion_by_translators(request: HttpRequest, page: Page) -> None:
    """Wagtail's `before_convert_alias_page` hook: an alias says in all languages what its page
    says, and becomes a page in all of them."""
    if not writable(request.user, page).shared:
        raise PermissionDenied
