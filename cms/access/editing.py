"""The editor of a page, which puts two people's work together instead of letting one overwrite it.

Wagtail 8.0 refuses to autosave, and overwrites on a click, where another revision was saved since
the form was opened. Here the form is merged with that revision; what both changed is shown.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views import editing_sessions
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView

from cms.pages.contents import Outline, as_stored, outline_of
from cms.pages.form_merging import SHOWN
from cms.pages.models import Page
from cms.pages.showing_conflicts import show_conflicts
from cms.pages.sites import hold_page


class Merging:
    """Mixed into Wagtail's views that save the form of a page."""

    request: HttpRequest
    has_conflicts = False

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)  # type: ignore[misc]
        with transaction.atomic():
            # Between the reading of the last draft and the saving of the next, nobody else saves.
            hold_page(page_id)
            return super().dispatch(request, page_id, **kwargs)  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._theirs = as_stored(self._last_draft().serializable_data())
        self._forget_overwriting()
        return super().post(request, *args, **kwargs)  # type: ignore[misc]

    def _last_draft(self) -> Any:
        return self.real_page_record.get_latest_revision_as_object()  # type: ignore[attr-defined]

    def _forget_overwriting(self) -> None:
        """Make a new revision where the form's own is not the last any more: Wagtail's autosave
        names the one that it made before, to be written over."""
        named = self.request.POST.get("overwrite_revision_id")
        latest = self.latest_revision  # type: ignore[attr-defined]
        if named and str(latest and latest.pk) != named and SHOWN in self.request.POST:
            data = self.request.POST.copy()
            del data["overwrite_revision_id"]
            self.request.POST = data  # type: ignore[assignment]

    @cached_property
    def is_out_of_date(self) -> bool:
        """Never where the form says what it showed: it is merged then."""
        if self.request.POST.get(SHOWN):
            return False
        return bool(EditView.is_out_of_date.func(self))

    def form_valid(self, form: Any) -> HttpResponse:
        base = form.shown()
        if base is not None and base != self._outline_of_theirs():
            merged = form.put_together(self._theirs, base=base)
            if merged.conflicts:
                return self._conflicting(form)
        return super().form_valid(form)  # type: ignore[misc]

    def _outline_of_theirs(self) -> Outline:
        return outline_of(self.page_class, self._theirs)  # type: ignore[attr-defined]

    def _conflicting(self, form: Form) -> HttpResponse:
        if self.expects_json_response:  # type: ignore[attr-defined]
            message = _("Somebody else has changed the same words: save to see both.")
            response: HttpResponse = self.json_error_response("invalid_revision", message)  # type: ignore[attr-defined]
            return response
        self.has_conflicts = True
        show_conflicts(form, self.latest_revision)  # type: ignore[attr-defined]
        return self.form_invalid(form)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.has_conflicts:
            context["autosave_enabled"] = False  # nothing is saved before somebody has chosen
        return context


def ping(request: HttpRequest, app_label: str, model_name: str, **named: Any) -> HttpResponse:
    """Wagtail's answer to an open editor that asks who else is there.

    Of a page it does not say that saving would overwrite what they have saved: that is merged.
    """
    response = editing_sessions.ping(request, app_label, model_name, **named)
    if (app_label, model_name) != (Page._meta.app_label, Page._meta.model_name):
        return response
    told = json.loads(response.content)
    for session in told["other_sessions"]:
        session["revision_id"] = None  # Wagtail's script warns wherever it finds one
    return JsonResponse(told)


class MergingEditView(Merging, EditView):
    """Wagtail's editor, merging."""


class MergingRevertView(Merging, RevisionsRevertView):
    """Wagtail's form of an older draft: what it showed beside it is the last draft."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.form.fields.get(SHOWN)
        if shown is not None:
            last = self._last_draft()
            content = as_stored(last.serializable_data())
            shown.initial = outline_of(type(last), content).dumps()
        return super().get_context_data(**kwargs)
