"""Before anything is sent: what, how much, and to whom; afterwards, how it went.

`/admin/translation/machine/<target>/?page=12&page=34&source=fr` (default: each page's own source).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.bulk import is_id
from cms.languages import codes
from cms.languages.machine import configured_provider
from cms.languages.machine.markup import Fault
from cms.pages.models import Page

from ..models import MachineProposal
from .planning import Plan, is_on, may_propose, plan_for
from .proposing import CHANGED, INCOMPLETE
from .services import NotProposed, request_proposal

#: Pages of one question.
MOST = 50
_WHY_LEFT = {
    **{str(fault): fault for fault in Fault},
    CHANGED: _("Somebody has changed it meanwhile."),
    INCOMPLETE: _("Another piece of the same part could not be proposed."),
}


def address(target: str, pages: list[int], source: str = "") -> str:
    """Where a machine is asked for a language of these pages."""
    query = [("page", str(pk)) for pk in pages] + ([("source", source)] if source else [])
    return f"{reverse('translation:machine', args=[target])}?{urlencode(query)}"


@dataclass(frozen=True)
class Line:
    """A page: what would be sent, and the latest proposal, if there was one."""

    page: Page
    title: str
    title_language: codes.Language
    plan: Plan
    last: MachineProposal | None

    @property
    def left(self) -> list[tuple[str, str]]:
        """(piece, why it was not filled)."""
        report = self.last.report if self.last else []
        return [(label, _why(fault)) for _key, label, fault in report]


def _why(fault: str) -> str:
    known = _WHY_LEFT.get(fault, fault)
    return known.label if isinstance(known, Fault) else str(known)


class ProposeView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows what would be sent; POST asks."""

    template_name = "translation/machine/propose.html"
    page_title = _("Propose by machine")
    header_icon = "globe"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["target"] not in codes.BY_CODE or not is_on():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def pages(self) -> list[Page]:
        """The pages asked about. Raises Http404 for one that the user does not find, and
        PermissionDenied for one whose language is not theirs to write."""
        asked = list(dict.fromkeys(self.request.GET.getlist("page")))
        if not asked or len(asked) > MOST or not all(is_id(pk) for pk in asked):
            raise Http404
        found = list(Page.objects.filter(pk__in=asked, depth__gt=1).specific().order_by("path"))
        if len(found) != len(asked):
            raise Http404
        if not all(may_propose(self.user, page, self.target) for page in found):
            raise PermissionDenied
        return found

    @property
    def user(self) -> User:
        """Who asks; Wagtail lets nobody come here who has no account."""
        if not isinstance(self.request.user, User):
            raise PermissionDenied
        return self.request.user

    @property
    def target(self) -> str:
        return str(self.kwargs["target"])

    def source_of(self, page: Page) -> str:
        """The language asked for, else the page's own source."""
        asked = codes.normalise(self.request.GET.get("source"))
        return asked if asked and asked != self.target else page.source_language

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        board = {"url": reverse("translation:board"), "label": _("Translation")}
        return [*self.breadcrumbs_items, board, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [self._line(page) for page in self.pages]
        provider = configured_provider()
        return super().get_context_data(**kwargs) | {
            "lines": lines,
            "language": codes.get(self.target),
            "service": provider.name if provider else "",
            "words": sum(line.plan.words for line in lines),
            "pieces": sum(len(line.plan.rows) for line in lines),
            "withheld": sum(line.plan.withheld for line in lines),
            "is_open": any(line.last and line.last.is_open for line in lines),
        }

    def _line(self, page: Page) -> Line:
        title, code = page.text("title", codes.active())
        if not title:
            title, code = page.draft_title, page.source_language
        return Line(
            page=page,
            title=title,
            title_language=codes.get(code),
            plan=plan_for(page, self.source_of(page), self.target),
            last=page.machine_proposals.filter(target=self.target).first(),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = 0
        for page in self.pages:
            try:
                request_proposal(
                    page, source=self.source_of(page), target=self.target, by=self.user
                )
                asked += 1
            except NotProposed as refusal:
                messages.warning(request, f"{page.draft_title}: {refusal.messages[0]}")
        if asked:
            told = ngettext(
                "A machine is at work on %(n)d page. What it proposes waits for your review.",
                "A machine is at work on %(n)d pages. What it proposes waits for your review.",
                asked,
            )
            messages.success(request, told % {"n": asked})
        return HttpResponseRedirect(request.get_full_path())
