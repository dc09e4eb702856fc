"""The languages of a page: `/admin/translation/<page>/languages/`.

Who may see the page's editor sees them; who may publish the page releases, withdraws and plans.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.releasing import require_release, why_not_release
from cms.languages import codes, formats
from cms.languages.zones import zone_name
from cms.pages.models import Page
from cms.pages.publication import release, schedule, withdraw

from .forms import PlanForm
from .selectors import LanguageLine, language_lines

#: What the buttons send as `do`; the first three name a language behind a ":".
RELEASE, WITHDRAW, PLAN, RELEASE_READY = "release", "withdraw", "plan", "release_ready"


class LanguagesView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the six languages of a page; a POST does what its button says."""

    template_name = "translation/releasing/languages.html"
    confirm_template_name = "translation/releasing/confirm.html"
    header_icon = "globe"
    page_title = gettext_lazy("Languages")
    request: HttpRequest

    @cached_property
    def page(self) -> Page:
        """The page. Raises Http404 outside the walls, PermissionDenied for who may not edit it."""
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        allowed = page.permissions_for_user(self.request.user)
        if page.is_root() or not (allowed.can_edit() or allowed.can_publish()):
            raise PermissionDenied
        return page

    @cached_property
    def lines(self) -> list[LanguageLine]:
        return language_lines(self.page, self.page.get_latest_revision_as_object())

    @property
    def url(self) -> str:
        return reverse("translation:languages", args=[self.page.pk])

    @cached_property
    def title(self) -> tuple[str, str]:
        """(title, its language) of the draft, for the reader of the admin."""
        return self.page.get_latest_revision_as_object().text("title", codes.active())

    # --- showing ---------------------------------------------------------------------------------

    def get_page_subtitle(self) -> str:
        return self.title[0]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bound: PlanForm | None = kwargs.pop("bound", None)
        why_not = why_not_release(self.request.user, self.page)
        rows = [(line, self._form(line, bound)) for line in self.lines]
        media = sum((form.media for _line, form in rows), Media())
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "title_language": codes.get(self.title[1]),
            "title": self.title[0],
            "rows": rows,
            "why_not": why_not,
            "ready": [line.language for line in self.lines if line.is_ready],
            "zone": zone_name(timezone.get_current_timezone_name(), codes.active()),
            "media": media,
        }

    def _form(self, line: LanguageLine, bound: PlanForm | None) -> PlanForm:
        return bound if bound is not None and bound.prefix == line.code else PlanForm(row=line.row)

    @property
    def _user(self) -> User:
        """Who is signed in; the admin has no other visitors."""
        return cast(User, self.request.user)

    # --- doing -----------------------------------------------------------------------------------

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action, line = self._wanted()
        try:
            require_release(request.user, self.page)
            if action == PLAN and line:
                return self._plan(line)
            if action == WITHDRAW and line:
                return self._withdraw(line)
            self._release([line] if line else [one for one in self.lines if one.is_ready])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(self.url)

    def _wanted(self) -> tuple[str, LanguageLine | None]:
        action, _colon, code = self.request.POST.get("do", "").partition(":")
        line = next((one for one in self.lines if one.code == code), None)
        if action == RELEASE_READY and not code:
            return action, None
        if action not in (RELEASE, WITHDRAW, PLAN) or line is None:
            raise SuspiciousOperation("Unknown action on the languages of a page")
        return action, line

    def _release(self, lines: list[LanguageLine]) -> None:
        if not lines:
            messages.warning(self.request, _("No language is ready to be released."))
            return
        release(self.page, [line.code for line in lines], user=self._user)
        names = {"languages": formats.listed(line.language.name for line in lines)}
        messages.success(self.request, _("Readers now see: %(languages)s.") % names)

    def _withdraw(self, line: LanguageLine) -> HttpResponse:
        others = [one for one in self.lines if one.row.is_released and one.code != line.code]
        if line.row.is_released and not others and "confirmed" not in self.request.POST:
            context = super().get_context_data() | {"line": line, "languages_url": self.url}
            return render(self.request, self.confirm_template_name, context)
        withdraw(self.page, [line.code], user=self._user)
        name = {"language": line.language.name}
        messages.success(self.request, _("Readers no longer see %(language)s.") % name)
        return HttpResponseRedirect(self.url)

    def _plan(self, line: LanguageLine) -> HttpResponse:
        form = PlanForm(self.request.POST, row=line.row)
        if form.is_valid():
            try:
                schedule(self.page, line.code, **form.cleaned_data, user=self._user)
            except ValidationError as error:
                form.add_error(None, error)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(bound=form))
        planned = any(form.cleaned_data.values())
        name = {"language": line.language.name}
        said = _("The plan for %(language)s is kept.") if planned else None
        messages.success(
            self.request, (said or _("Nothing is planned for %(language)s any more.")) % name
        )
        return HttpResponseRedirect(self.url)
