"""The Secretariat's button: a mission's site in one action, or those of all missions as a job."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.services import HostnameTaken, SiteCodeTaken
from cms.languages import codes
from cms.languages.collation import sort_key

from .models import Mission
from .policies import may_provision
from .services import UnknownMission, provision_mission
from .tasks import provision_all_missions

#: Names of the two buttons' value.
ONE, ALL = "one", "all"


class ProvisionForm(forms.Form):
    """A mission's code, with those that have no site yet offered while one types."""

    code = forms.CharField(
        label=_("Code of the mission"),
        max_length=60,
        help_text=_("Three letters, for example FRA."),
        widget=forms.TextInput(attrs={"list": "missions-without-site", "autocomplete": "off"}),
    )


class ProvisionView(WagtailAdminTemplateMixin, FormView):
    """GET asks for a mission; POST makes its site, or (`action=all`) starts the job for all."""

    form_class = ProvisionForm
    template_name = "missions/admin/provision.html"
    page_title = _("Provision a mission")
    header_icon = "globe"
    success_url = reverse_lazy("missions_provision")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_provision(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") == ALL:
            job = provision_all_missions.enqueue()
            return HttpResponseRedirect(f"{self.success_url}?job={job.id}")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: ProvisionForm) -> HttpResponse:
        try:
            made = provision_mission(form.cleaned_data["code"])
        except (UnknownMission, HostnameTaken, SiteCodeTaken) as error:
            form.add_error("code", str(error))
            return self.form_invalid(form)
        text = (
            _("The site of %(name)s is ready: %(url)s")
            if made.created
            else _("%(name)s has its site already: %(url)s. Its roles are in order.")
        )
        messages.success(self.request, text % {"name": made.mission, "url": made.url})
        return HttpResponseRedirect(
            reverse("wagtailadmin_explore", args=[made.profile.site.root_page_id])
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missions = list(Mission.objects.select_related("profile"))
        without_site = [mission for mission in missions if mission.profile_id is None]
        key = sort_key(codes.active())
        return super().get_context_data(**kwargs) | {
            "without_site": sorted(without_site, key=lambda mission: key(str(mission))),
            "with_site": len(missions) - len(without_site),
            "total": len(missions),
            "job": self._job(),
        }

    def _job(self) -> str:
        """ "running", "failed", "done", or "" where no job was asked about."""
        job_id = self.request.GET.get("job", "")
        if not job_id:
            return ""
        try:
            status = provision_all_missions.get_result(job_id).status
        except (TaskResultDoesNotExist, NotImplementedError, ValueError):
            return ""
        if status in (TaskResultStatus.READY, TaskResultStatus.RUNNING):
            return "running"
        return "done" if status == TaskResultStatus.SUCCESSFUL else "failed"
