"""Imports in the admin, for the Secretariat: a form, and how far each import is.

For anybody else none of these addresses exists.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.roles import Permission
from cms.access.selectors import holds

from ..models import ImportRun, ImportStatus
from .forms import ImportForm
from .records import ImportRefused
from .report import report_lines
from .uploads import continue_import, request_import

RUNS_SHOWN = 20
PROBLEMS_SHOWN = 100
#: A page that shows an import at work is read again after so many seconds; it needs no script.
REFRESH = "3"
#: An import that said nothing for so long was cut off: a batch takes a second or two.
SILENCE = timedelta(minutes=2)


class _ForSecretariat:
    """Nobody else finds the page, and nothing keeps it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not holds(request.user, Permission.MANAGE_SITES):
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "private, no-store"
        return response


class ImportsView(_ForSecretariat, WagtailAdminTemplateMixin, FormView):
    """The form, and the latest imports."""

    template_name = "library/admin/imports.html"
    page_title = _("Import documents")
    header_icon = "upload"
    form_class = ImportForm

    def form_valid(self, form: ImportForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            run = request_import(
                given["file"].chunks(),
                name=given["file"].name,
                format=given["format"],
                create_subjects=given["create_subjects"],
                by=self.request.user,  # type: ignore[arg-type]
            )
        except ImportRefused as refused:
            form.add_error("file", refused.bad_records[0].reason)
            return self.form_invalid(form)
        messages.success(self.request, str(_("The file is being loaded.")))
        return HttpResponseRedirect(reverse("library_imports:import", args=[run.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = ImportRun.objects.select_related("requested_by")[:RUNS_SHOWN]
        return super().get_context_data(**kwargs) | {"runs": runs}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]


class _OneRun(_ForSecretariat):
    @cached_property
    def run(self) -> ImportRun:
        """The import that the address names; 404 for none."""
        runs = ImportRun.objects.select_related("requested_by")
        return get_object_or_404(runs, pk=self.kwargs["job_id"])  # type: ignore[attr-defined]


class ImportView(_OneRun, WagtailAdminTemplateMixin, TemplateView):
    """How far an import is, and what was wrong. POST goes on with one that was cut off."""

    template_name = "library/admin/import.html"
    page_title = _("Import")
    header_icon = "upload"

    def get_page_subtitle(self) -> str:
        return self.run.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        parent = {"url": reverse("library_imports:index"), "label": _("Import documents")}
        return [*self.breadcrumbs_items, parent, {"url": "", "label": self.run.name}]

    @property
    def may_continue(self) -> bool:
        """Whether it stopped before the end and its file is still there."""
        silent = timezone.now() - self.run.updated_at > SILENCE
        is_cut_off = self.run.status == ImportStatus.FAILED or (self.run.is_open and silent)
        return is_cut_off and self.run.path.exists()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.may_continue:
            continue_import(self.run)
            messages.success(request, str(_("The file is being loaded.")))
        return HttpResponseRedirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "problems": self.run.problems.all()[:PROBLEMS_SHOWN],
            "may_continue": self.may_continue,
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if self.run.is_open and not context["may_continue"]:
            response["Refresh"] = REFRESH
        return response


class ReportView(_OneRun, View):
    """Everything that was wrong, as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        lines = report_lines(self.run)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="problems.csv"'
        return response
