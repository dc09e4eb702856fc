"""The board in the admin, and the page on which somebody is put on a language."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.access.writing import writable_languages
from cms.languages import codes
from cms.languages.fields import column
from cms.pages.models import Page, PageLanguage, SiteProfile
from cms.pages.sites import site_path

from .actions import Board, do
from .export import BoardExport, exported
from .filters import BoardFilterSet, own_sites
from .forms import AssignForm
from .selectors import (
    ORDER,
    TO_DO,
    board_rows,
    matching,
    measured,
    pages_in_sight,
    title_of,
    totals,
    with_languages,
    writers,
)
from .services import Refused, assign

#: What the board is sorted by: {name in the address: (first, then)}.
ORDERINGS = {
    "title": [F("board_title").asc(), F("pk").asc()],
    "-title": [F("board_title").desc(), F("pk").asc()],
    "words": [F("board_words").asc(), F("pk").asc()],
    "-words": [F("board_words").desc(), F("pk").asc()],
    "age": [F("waiting_since").asc(nulls_last=True), F("pk").asc()],
    "-age": [F("waiting_since").desc(nulls_last=True), F("pk").asc()],
}


class BoardView(BoardExport, BaseListingView):
    """Pages × six languages. POST does something with what was chosen.

    The number of queries depends neither on how many pages there are nor on how many sites.
    """

    page_title = _("Translation")
    header_icon = "globe"
    template_name = "translation/board/board.html"
    results_template_name = "translation/board/results.html"
    index_url_name = "translation:board"
    index_results_url_name = "translation:board_results"
    filterset_class = BoardFilterSet
    is_searchable = True
    paginate_by = 50
    default_ordering = "-words"
    verbose_name_plural = _("pages")

    def get_filename(self) -> str:
        return f"translation-{timezone.now():%Y-%m-%d}"

    def get_valid_orderings(self) -> list[str]:
        return list(ORDERINGS)

    @cached_property
    def board(self) -> Board:
        """What the user may do here."""
        return Board(self.request)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to the sets of pages."""
        url = reverse("translation:sets")
        return [HeaderButton(_("Going out together"), url=url, icon_name="calendar-check")]

    # --- what is listed --------------------------------------------------------------------------

    @cached_property
    def counted(self) -> QuerySet[Page]:
        """The pages whose languages are counted on top: those that site, type and title choose."""
        pages = self.filters.of_pages(pages_in_sight())
        if self.is_searching:
            wanted = Q(draft_title__icontains=self.search_query)
            for code in codes.CODES:
                wanted |= Q(**{f"{column('title', code)}__icontains": self.search_query})
            pages = pages.rewrite(False).filter(wanted)
        return pages

    @cached_property
    def cells(self) -> Q:
        """The languages that the filters ask for."""
        return self.filters.cells()

    def get_queryset(self) -> QuerySet[Page]:
        pages = measured(matching(self.counted, self.cells), self.cells)
        return with_languages(pages.order_by(*ORDERINGS[self.ordering]))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_export:
            rows = exported(self.counted, self.cells)
            return self.as_spreadsheet(rows, request.GET["export"])
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One of the board's actions, then back to where the user was. Raises Http404 for a page
        that the user does not find."""
        back = get_valid_next_url_from_request(request) or reverse("translation:board")
        try:
            return HttpResponseRedirect(do(self.board, request) or back)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        counted = totals(self.counted)
        present = [state for state in ORDER if any(state in one.counts for one in counted)]
        return context | {
            "rows": board_rows(context["object_list"], self.board.user, self.filters.wanted()),
            "languages": codes.LANGUAGES,
            "totals": [
                {
                    "language": one.language,
                    "counts": [(state, one.counts.get(state, 0)) for state in present],
                    "words": one.words,
                }
                for one in counted
            ],
            "states": present,
            "words": sum(one.words for one in counted),
            "to_do": TO_DO,
            "bulk_form": self.board.form(),
            "shows_sites": len(own_sites(None)[:2]) > 1,
            "here": self._here(),
            "query": self._kept_query(),
        }

    def _here(self) -> str:
        """The board as it is filtered, also where only its results were asked for."""
        query = self.request.GET.copy()
        query.pop("_w_filter_fragment", None)
        return f"{self.index_url}?{query.urlencode()}" if query else str(self.index_url)

    def _kept_query(self) -> str:
        """The filters of pages, for the links of the totals."""
        query = self.request.GET.copy()
        for name in (self.page_kwarg, "language", "state", "export", "_w_filter_fragment"):
            query.pop(name, None)
        return f"{query.urlencode()}&" if query else ""


class AssignView(WagtailAdminTemplateMixin, FormView):
    """Who is on one language of a page: asked by GET, changed by POST. 404 for a page or language
    that the user does not write."""

    form_class = AssignForm
    template_name = "translation/board/assign.html"
    page_title = _("Who is on it")
    header_icon = "user"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = pages_in_sight().filter(pk=kwargs["page_id"]).first()
        code = kwargs["language"]
        if found is None or code not in writable_languages(request.user, found):
            raise Http404
        self.page: Page = found
        self.language = codes.get(code)

    @cached_property
    def site(self) -> SiteProfile:
        """The page's site. Raises Http404 for a page of none."""
        path = site_path(self.page)
        site = SiteProfile.objects.filter(site__root_page__path=path).first()
        if site is None:
            raise Http404
        return site

    @cached_property
    def people(self) -> QuerySet[User]:
        """Who may be put on it: the site's own people, and the user."""
        me = User.objects.filter(pk__in=[self.request.user.pk])
        return writers(self.site, self.language.code) | me

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": self.people}

    def get_initial(self) -> dict[str, Any]:
        row = PageLanguage.objects.filter(page=self.page.pk, language=self.language.code).first()
        return {"person": row.translator_id if row else None}

    def form_valid(self, form: AssignForm) -> HttpResponse:
        user = self.request.user
        assert isinstance(user, User)
        try:
            assign(self.page, self.language.code, to=form.cleaned_data["person"], by=user)
        except Refused as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, str(_("It is written down who is on it.")))
        return HttpResponseRedirect(self.back_url)

    @property
    def back_url(self) -> str:
        """Where the user came from."""
        return get_valid_next_url_from_request(self.request) or reverse("translation:board")

    def get_page_subtitle(self) -> str:
        return title_of(self.page)[0]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translation:board"), "label": _("Translation")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title, code = title_of(self.page)
        return super().get_context_data(**kwargs) | {
            "title": title,
            "title_language": codes.get(code),
            "language": self.language,
            "back_url": self.back_url,
        }
