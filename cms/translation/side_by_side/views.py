"""The side-by-side editor: `/admin/translation/<page>/<target>/?source=<language>`.

A page outside the user's walls is not found. Who may see the page's editor may look; who may write
the target language may write.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.writing import writable_languages
from cms.languages import codes
from cms.languages.states import State, is_machine
from cms.pages.models import Page

from . import saving
from .forms import PieceForm
from .offers import offers_for
from .saving import Outcome, Typed, Wanted
from .sheet import Sheet, part_id, sheet_of

#: What the buttons send as `do`; those with a ":" name a part of the page behind it.
_WANTED = {
    "save": Wanted.IN_PROGRESS,
    "review": Wanted.NEEDS_REVIEW,
    "ready": Wanted.READY,
    "reviewed": Wanted.REVIEWED,
}
_SAID: dict[Wanted, str | Promise] = {
    Wanted.IN_PROGRESS: gettext_lazy("Saved. The translation is in progress."),
    Wanted.NEEDS_REVIEW: gettext_lazy("Saved. The translation waits for its review."),
    Wanted.READY: gettext_lazy("Saved. The translation is ready to be released."),
    Wanted.REVIEWED: gettext_lazy("Saved. The translation says what the source says."),
    Wanted.NOTHING: gettext_lazy("Saved."),
}


def address(page_id: int, target: str, source: str = "") -> str:
    """Where a language of a page is written beside another (default: the page's source)."""
    url = reverse("translation:side_by_side", args=[page_id, target])
    return f"{url}?{urlencode({'source': source})}" if source else url


class ChooseLanguagesView(View):
    """The form that chooses the two languages leads here; without a choice, to the first language
    that the user may write."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        page = get_object_or_404(Page, pk=page_id)
        source = codes.normalise(request.GET.get("source")) or page.source_language
        target = codes.normalise(request.GET.get("target")) or _first_target(request, page)
        if target == source:
            source = ""
        return HttpResponseRedirect(address(page.pk, target, source))


def _first_target(request: HttpRequest, page: Page) -> str:
    own = writable_languages(request.user, page)
    others = [code for code in codes.CODES if code != page.source_language]
    return next((code for code in others if code in own), others[0])


class SideBySideView(WagtailAdminTemplateMixin, TemplateView):
    """Shows the sheet; a POST saves what was typed and does what the button says."""

    template_name = "translation/side_by_side/edit.html"
    header_icon = "globe"
    page_title = gettext_lazy("Side by side")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["language"] not in codes.BY_CODE:
            raise Http404
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    # --- what it is about ------------------------------------------------------------------------

    @cached_property
    def page(self) -> Page:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    @cached_property
    def draft(self) -> Page:
        return self.page.get_latest_revision_as_object()

    @property
    def target(self) -> str:
        return str(self.kwargs["language"])

    @cached_property
    def source(self) -> str:
        asked = codes.normalise(self.request.GET.get("source"))
        written = [self.page.source_language, *self.draft.languages, *codes.CODES]
        candidates = [code for code in (asked, *written) if code and code != self.target]
        return candidates[0]

    @cached_property
    def why_read_only(self) -> str:
        """A sentence for somebody who may only look; "" for who may write."""
        if self.target not in writable_languages(self.request.user, self.page):
            language = {"language": codes.get(self.target).name}
            return _("You may read %(language)s here; others write it.") % language
        if self.page.alias_of_id:
            return _("This page repeats another page: change that one.")
        if self.page.permissions_for_user(self.request.user).page_locked():
            return _("This page is locked: nobody may change it until it is unlocked.")
        return ""

    # --- showing ---------------------------------------------------------------------------------

    @cached_property
    def title(self) -> tuple[str, str]:
        """The page's title and the language that it is in."""
        text, code = self.draft.text("title", codes.active())
        return str(text), code

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.title[0]},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet: Sheet = kwargs.pop("sheet", None) or sheet_of(
            self.draft, self.source, self.target, live=self.page
        )
        pairs = [row.pair for row in sheet.rows]
        form: PieceForm = kwargs.pop("form", None) or PieceForm(pairs, self.target)
        clashes = {clash.pair.key: clash for clash in kwargs.get("clashes", ())}
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "title": self.title[0],
            "title_language": codes.get(self.title[1]),
            "sheet": sheet,
            "groups": [
                (
                    group,
                    [
                        (row, form.fields[row.pair.key], clashes.get(row.pair.key))
                        for row in group.rows
                    ],
                )
                for group in sheet.groups
            ],
            "gone": [(part, part_id(part), texts) for part, texts in sheet.gone],
            "form": form,
            "media": form.media,
            "seen": kwargs.get("seen") or saving.seen_in(self.draft, pairs).dumps(),
            "source": codes.get(sheet.source),
            "target": codes.get(self.target),
            "page_source": codes.get(self.page.source_language),
            "languages": codes.LANGUAGES,
            "state": self._state(),
            "is_machine": is_machine(self.draft.translations, self.target),
            "is_source_written": self.target == self.page.source_language,
            "why_read_only": self.why_read_only,
            "offers": offers_for(self.page, sheet.source, self.target, self.request.user),
            "progress": progress(sheet),
        }

    def _state(self) -> State:
        row = self.page.page_languages.filter(language=self.target).first()
        if row is not None:
            return State(row.state)
        is_source = self.target == self.page.source_language
        return State.SOURCE if is_source else State.MISSING

    # --- saving ----------------------------------------------------------------------------------

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.why_read_only or not request.user.is_authenticated:
            raise PermissionDenied
        sheet = sheet_of(self.draft, self.source, self.target, live=self.page)
        form = PieceForm([row.pair for row in sheet.rows], self.target, data=request.POST)
        typed = self._typed(form)
        if not form.is_valid:
            messages.error(request, _("Nothing was saved: correct what is marked below."))
            return self._again(sheet=sheet, form=form, seen=typed.seen.dumps())
        try:
            outcome = saving.save_pieces(
                self.page, source=self.source, target=self.target, typed=typed, user=request.user
            )
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return self._again(sheet=sheet, form=form, seen=typed.seen.dumps())
        if outcome.clashes or outcome.homeless:
            return self._show_clashes(outcome)
        messages.success(request, _SAID[typed.wanted])
        return HttpResponseRedirect(self._next_address())

    def _typed(self, form: PieceForm) -> Typed:
        try:
            seen = saving.read_seen(self.request.POST.get("seen", ""))
        except saving.NotSeen as error:
            raise SuspiciousOperation(str(error)) from error
        verb, _colon, part = self.request.POST.get("do", "save").partition(":")
        field, _second, block = part.partition(":")
        theirs = set(self.request.POST.getlist("theirs"))
        return Typed(
            texts={key: text for key, text in form.texts.items() if key not in theirs},
            seen=seen,
            wanted=Wanted.NOTHING if part else _WANTED.get(verb, Wanted.IN_PROGRESS),
            structure=verb == "structure",
            copied=(block,) if verb == "copy" and block else (),
            filled=(field,) if verb == "copy" and not block else (),
            reviewed=((field, block),) if verb == "reviewed" and part else (),
        )

    def _next_address(self) -> str:
        anchor = self.request.POST.get("do", "").partition(":")[2]
        url = address(self.page.pk, self.target, self.source)
        return f"{url}#{part_id(anchor)}" if anchor else url

    def _again(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(has_unsaved=True, **context))

    def _show_clashes(self, outcome: Outcome) -> HttpResponse:
        self.page.refresh_from_db()
        self.draft = outcome.draft
        if outcome.saved:
            saved = ngettext(
                "%(count)s piece was saved.", "%(count)s pieces were saved.", outcome.saved
            )
            messages.success(self.request, saved % {"count": outcome.saved})
        messages.warning(
            self.request,
            _("Somebody else has changed some of what you wrote: see what is marked below."),
        )
        sheet = sheet_of(self.draft, self.source, self.target, live=self.page)
        mine = {clash.pair.key: clash.mine for clash in outcome.clashes}
        form = PieceForm([row.pair for row in sheet.rows], self.target, drafts=mine)
        return self._again(
            sheet=sheet, form=form, clashes=outcome.clashes, homeless=outcome.homeless
        )


def progress(sheet: Sheet) -> str:
    """How far the translation is, in two sentences."""
    pieces = ngettext(
        "%(done)s of %(total)s piece is translated.",
        "%(done)s of %(total)s pieces are translated.",
        sheet.total,
    ) % {"done": sheet.done, "total": sheet.total}
    words = ngettext("%(words)s word to go.", "%(words)s words to go.", sheet.words_to_go) % {
        "words": sheet.words_to_go
    }
    return f"{pieces} {words}"
