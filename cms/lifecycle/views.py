"""The section “Sites” of the admin: what each site is, and what can happen to it.

The Secretariat finds all sites here and every action; a mission's administrator finds their own and
its archive. Whatever is not theirs answers 404, like a code that nobody has.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from cms.languages import codes
from cms.languages.fields import column
from cms.pages.models import SiteProfile, SiteStatus

from .forms import ConfirmForm, RestoreForm, ScheduleForm, SuspendForm
from .models import JobKind, SiteJob
from .refusals import Refused
from .selectors import downloadable, jobs_of, manages_sites, visible_sites
from .services import (
    cancel_deletion,
    delete_site,
    request_export,
    request_restore,
    resume_site,
    schedule_deletion,
    suspend_site,
)

SITES_SHOWN = 50
JOBS_SHOWN = 10
#: A page that shows a job at work is read again after so many seconds; it needs no script.
REFRESH = "3"


class LifecycleMixin(WagtailAdminTemplateMixin):
    """What all pages of the section share. `for_secretariat`: nobody else finds the page."""

    header_icon = "site"
    for_secretariat: ClassVar[bool] = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (self.for_secretariat and not self.is_secretariat) or not self.is_offered():
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def is_offered(self) -> bool:
        """Whether there is anything to do here; else the page does not exist."""
        return True

    @cached_property
    def is_secretariat(self) -> bool:
        """Whether the user may do more than archive."""
        return manages_sites(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("lifecycle:index"), "label": _("Sites")},
            {"url": "", "label": str(self.page_title)},
        ]


class IndexView(LifecycleMixin, TemplateView):
    """The sites, by code; `q` finds by code, host name or title, `status` narrows."""

    template_name = "lifecycle/admin/index.html"
    page_title = _("Sites")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sites = visible_sites(self.request.user)
        if not self.is_secretariat and not sites.exists():
            raise Http404
        find = self.request.GET.get("q", "").replace("\x00", "").strip()[:100]
        status = self.request.GET.get("status", "")
        if status in SiteStatus.values:
            sites = sites.filter(status=status)
        page = Paginator(_found(sites, find), SITES_SHOWN).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "sites": [_row(profile) for profile in page],
            "page_obj": page,
            "find": find,
            "status": status,
            "statuses": SiteStatus.choices,
            "is_secretariat": self.is_secretariat,
            "restorations": self._restorations(),
        }

    def _restorations(self) -> list[SiteJob]:
        if not self.is_secretariat:
            return []
        jobs = SiteJob.objects.filter(kind=JobKind.RESTORE).select_related("site", "requested_by")
        return list(jobs[:JOBS_SHOWN])

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        return _refreshing(response, context["restorations"])


def _found(sites: Any, find: str) -> Any:
    if not find:
        return sites
    wanted = Q(code__icontains=find) | Q(site__hostname__icontains=find)
    for code in codes.CODES:
        wanted |= Q(**{f"site__root_page__{column('title', code)}__icontains": find})
    return sites.filter(wanted)


def _row(profile: SiteProfile) -> dict[str, Any]:
    title, language = profile.site.root_page.text("title", codes.active())
    return {
        "profile": profile,
        "title": title or profile.code,
        "lang": language,
        "dir": codes.direction(language),
        "url": f"{profile.site.root_url}/",
        "deletion": getattr(profile, "deletion", None),
    }


def _refreshing(response: HttpResponse, jobs: list[SiteJob]) -> HttpResponse:
    if any(job.is_open for job in jobs):
        response["Refresh"] = REFRESH
    return response


class SiteMixin(LifecycleMixin):
    """A page about one site, which the address names by its code."""

    @cached_property
    def profile(self) -> SiteProfile:
        """The site; 404 for one that the user has no business with."""
        request, code = self.request, self.kwargs["code"]
        found = visible_sites(request.user).filter(code=code).first()
        if found is None:
            raise Http404
        return found

    @property
    def site_url(self) -> str:
        """The page of the site in this section."""
        return reverse("lifecycle:site", args=[self.profile.code])

    def get_page_subtitle(self) -> str:
        return self.profile.code


class SiteView(SiteMixin, TemplateView):
    """One site: its status, its archives, and what can be done."""

    template_name = "lifecycle/admin/site.html"
    page_title = _("Site")

    @cached_property
    def jobs(self) -> list[SiteJob]:
        """The latest archives that concern the user."""
        return list(jobs_of(self.profile, self.request.user)[:JOBS_SHOWN])  # type: ignore[arg-type]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            **_row(self.profile),
            "jobs": self.jobs,
            "is_secretariat": self.is_secretariat,
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return _refreshing(super().render_to_response(context, **kwargs), self.jobs)


class ActionView(SiteMixin, FormView):
    """Asks before something happens to a site, then calls the service. What it refuses comes back
    on the form."""

    template_name = "lifecycle/admin/action.html"
    form_class: type[forms.Form] = forms.Form
    for_secretariat = True
    button: Promise | str = _("Confirm")
    done: Promise | str = _("Done.")
    explanation: Promise | str = ""
    irreversible = False

    def act(self, data: dict[str, Any]) -> None:
        """Call the service. Raises Refused."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it does: write act().")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        target = self.site_url
        try:
            self.act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, str(self.done))
        return HttpResponseRedirect(self.success_address(target))

    def success_address(self, target: str) -> str:
        """Where the user goes after it; `target`: the site's page."""
        return target

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            **_row(self.profile),
            "button": self.button,
            "explanation": self.explanation,
            "irreversible": self.irreversible,
            "back_url": self.site_url,
        }


class SuspendView(ActionView):
    page_title = _("Suspend the site")
    form_class = SuspendForm
    button = _("Suspend")
    done = _("The site is suspended.")
    explanation = _(
        "The public is told that the site is closed for the time being. The people of this site "
        "can't sign in, unless they have a role on another one. Nothing is lost, and you can "
        "resume the site at any time."
    )

    def act(self, data: dict[str, Any]) -> None:
        suspend_site(self.profile, by=self.request.user, reason=data["reason"])  # type: ignore[arg-type]


class ResumeView(ActionView):
    page_title = _("Resume the site")
    button = _("Resume")
    done = _("The site is open again.")
    explanation = _("The site is shown again as it was, and its people can sign in again.")

    def act(self, data: dict[str, Any]) -> None:
        resume_site(self.profile, by=self.request.user)  # type: ignore[arg-type]


class ExportView(ActionView):
    page_title = _("Archive the site")
    for_secretariat = False
    button = _("Make an archive")
    done = _("The archive is being made. You can go on with your work and fetch it here.")
    explanation = _(
        "One file with all pages in six languages, drafts included, all images and files and the "
        "mission's record. It holds no accounts and no passwords. Only you can download it, for a "
        "week."
    )

    def act(self, data: dict[str, Any]) -> None:
        request_export(self.profile, by=self.request.user)  # type: ignore[arg-type]


class ScheduleView(ActionView):
    page_title = _("Delete the site")
    form_class = ScheduleForm
    button = _("Suspend the site and schedule its deletion")
    done = _("The site is suspended and will be deleted. An archive is being made.")
    explanation = _(
        "The site is suspended at once and an archive is made. When the time is over its pages, "
        "images, files, groups and redirects are deleted, and people without a role elsewhere lose "
        "their access. The State stays in the directory."
    )

    def act(self, data: dict[str, Any]) -> None:
        schedule_deletion(
            self.profile,
            confirm=data["confirm"],
            days=data["days"],
            by=self.request.user,  # type: ignore[arg-type]
        )


class CancelView(ActionView):
    page_title = _("Keep the site")
    button = _("Cancel the deletion")
    done = _("The site is kept.")
    explanation = _("The site will not be deleted. It is as it was before, open or suspended.")

    def is_offered(self) -> bool:
        return hasattr(self.profile, "deletion")

    def act(self, data: dict[str, Any]) -> None:
        cancel_deletion(self.profile, by=self.request.user)  # type: ignore[arg-type]


class DeleteNowView(ActionView):
    page_title = _("Delete the site now")
    form_class = ConfirmForm
    button = _("Delete for good")
    done = _("The site is deleted.")
    irreversible = True
    explanation = _(
        "The site is deleted now, before its time of grace is over. This can't be undone: only its "
        "archive remains, for a year."
    )

    def is_offered(self) -> bool:
        return hasattr(self.profile, "deletion")

    def act(self, data: dict[str, Any]) -> None:
        delete_site(self.profile, confirm=data["confirm"], by=self.request.user)  # type: ignore[arg-type]

    def success_address(self, target: str) -> str:
        return reverse("lifecycle:index")


class RestoreView(LifecycleMixin, FormView):
    """Takes an archive and starts its restoration."""

    template_name = "lifecycle/admin/restore.html"
    page_title = _("Restore a site")
    form_class = RestoreForm
    for_secretariat = True

    def form_valid(self, form: RestoreForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            request_restore(
                data["archive"],
                code=data["code"],
                hostname=data["hostname"],
                suspended=data["suspended"],
                by=self.request.user,  # type: ignore[arg-type]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, str(_("The archive is being checked and restored.")))
        return HttpResponseRedirect(reverse("lifecycle:index"))


class DownloadView(View):
    """An archive, for whoever asked for it and for nobody else."""

    def get(self, request: HttpRequest, job_id: Any) -> HttpResponse:
        job = downloadable(request.user, job_id)
        if job is None:
            raise Http404
        response = FileResponse(
            job.path.open("rb"),
            as_attachment=True,
            filename=job.file_name,
            content_type="application/zip",
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        log(
            instance=job.site or job,
            action="lifecycle.download",
            user=request.user,
            data={"code": job.code, "sha256": job.sha256},
        )
        return response  # type: ignore[return-value]
