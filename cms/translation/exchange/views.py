"""Files out and in, in the admin. A page that the user may not write answers like none at all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from cms.access.bulk import is_id
from cms.access.roles import Permission
from cms.access.selectors import holds
from cms.access.writing import writable_languages
from cms.languages import codes
from cms.languages.exchange.documents import NothingToExport
from cms.pages.models import Page

from . import journal
from .forms import ApplyForm, ExportForm, UploadForm, packed
from .incoming import Report, import_file, preview_file
from .outgoing import MAX_PAGES, ExportedFile, TooManyPages, export_pages
from .planning import FileRefused
from .shown import shown_pages

#: Problems of a file that are listed; more are counted.
PROBLEMS_LISTED = 50


class ExchangePage(WagtailAdminTemplateMixin):
    """What both pages have in common; found by whoever writes pages, in all languages or in one."""

    header_icon = "download"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not holds(request.user, Permission.CHANGE_PAGE):
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    @property
    def user(self) -> User:
        user = self.request.user
        assert isinstance(user, User)  # Wagtail lets nobody else come here
        return user

    @cached_property
    def pages(self) -> list[Page]:
        """The pages that the address names. Raises Http404 unless the user may write all."""
        ids = self.request.GET.getlist("page")
        if not all(is_id(pk) for pk in ids):
            raise Http404
        wanted = {int(pk) for pk in ids}
        found = list(writable_pages(self.user).filter(pk__in=list(wanted)[: MAX_PAGES + 1]))
        if len(found) != len(wanted) and len(wanted) <= MAX_PAGES:
            raise Http404
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("translation:board"), "label": _("Translation")},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"pages": [_named(page) for page in self.pages], "page": self._one}

    @property
    def _one(self) -> Page | None:
        return self.pages[0] if len(self.pages) == 1 else None


def writable_pages(user: User) -> QuerySet[Page]:
    """The pages that a user may write, in some language at least, in the order of the tree."""
    pages: QuerySet[Page] = page_permission_policy.instances_user_has_permission_for(user, "change")
    return pages.filter(depth__gt=1, alias_of__isnull=True).order_by("path")


def _named(page: Page) -> dict[str, Any]:
    title, language = page.text("title", codes.active())
    return {"pk": page.pk, "title": title or page.draft_title, "language": codes.get(language)}


class ExportView(ExchangePage, FormView):
    """`?page=3&page=7`: these pages as a file. POST answers with the file."""

    page_title = _("Export for translation")
    template_name = "translation/exchange/export.html"
    form_class = ExportForm

    def get_initial(self) -> dict[str, Any]:
        return {"format": "xliff", "language": self.request.GET.get("language", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        targets = {code for page in self.pages for code in writable_languages(self.user, page)}
        sources = {page.source_language for page in self.pages}
        return super().get_form_kwargs() | {"sources": sources, "targets": targets}

    def form_valid(self, form: ExportForm) -> HttpResponse:
        given = form.cleaned_data
        pages = [
            page
            for page in self._chosen(below=given["below"])
            if given["language"] in writable_languages(self.user, page)
        ]
        try:
            made = export_pages(
                pages,
                source=given["source"],
                target=given["language"],
                format=given["format"],
                only_open=given["only_open"],
            )
        except (NothingToExport, TooManyPages) as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        for page in made.pages:
            journal.note_export(page, given["language"], by=self.user)
        return _download(made)

    def _chosen(self, *, below: bool) -> list[Page]:
        if not below or not self.pages:
            return self.pages
        trees = Q()
        for page in self.pages:
            trees |= Q(path__startswith=page.path)
        return list(writable_pages(self.user).filter(trees)[: MAX_PAGES + 1])


def _download(made: ExportedFile) -> HttpResponse:
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _edit_button(page: Page) -> Any:
    return messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit the page"))


class ImportView(ExchangePage, FormView):
    """A file is looked at first, with everything that would come of it, and taken in then.

    `?page=3`: it has to be of that page. Nothing is kept in between: the browser sends the file
    again, and all is checked again.
    """

    page_title = _("Import a translation")
    header_icon = "upload"
    template_name = "translation/exchange/import.html"
    form_class = UploadForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "content" in request.POST:
            return self._apply(ApplyForm(request.POST))
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: UploadForm) -> HttpResponse:
        data: bytes = form.cleaned_data["file"]
        try:
            report = preview_file(data, user=self.user, only=self._one)
        except FileRefused as refused:
            return self._refused(form, refused)
        return self._preview(data, report)

    def _preview(self, data: bytes, report: Report) -> HttpResponse:
        context = self.get_context_data(
            form=ApplyForm(initial={"content": packed(data)}),
            report=report,
            shown=shown_pages(report),
            changes=report.taken or any(page.plan.reported for page in report.pages),
        )
        return self.render_to_response(context)

    def _refused(self, form: Any, refused: FileRefused) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            problems=refused.problems[:PROBLEMS_LISTED],
            more_problems=max(0, len(refused.problems) - PROBLEMS_LISTED),
        )
        return self.render_to_response(context, status=422)

    def _apply(self, form: ApplyForm) -> HttpResponse:
        again = UploadForm()
        if not form.is_valid():
            return self._refused_content(form)
        try:
            report = import_file(
                form.cleaned_data["content"],
                user=self.user,
                only=self._one,
                chosen=frozenset(self.request.POST.getlist("take")),
            )
        except FileRefused as refused:
            return self._refused(again, refused)
        self._tell(report)
        return HttpResponseRedirect(self.request.get_full_path())

    def _refused_content(self, form: ApplyForm) -> HttpResponse:
        messages.error(self.request, " ".join(map(str, form.errors.get("content", ()))))
        return HttpResponseRedirect(self.request.get_full_path())

    def _tell(self, report: Report) -> None:
        if not report.saved:
            messages.info(self.request, _("Nothing was changed: the pages already say this."))
        else:
            texts = ngettext(
                "%(count)d text was taken in.", "%(count)d texts were taken in.", report.taken
            )
            buttons = [_edit_button(page.plan.page) for page in report.pages if page.saved]
            told = texts % {"count": report.taken}
            messages.success(self.request, told, buttons=buttons if len(buttons) == 1 else None)
        if left := len(report.reported):
            told = ngettext(
                "%(count)d text of the file was left out.",
                "%(count)d texts of the file were left out.",
                left,
            )
            messages.warning(self.request, told % {"count": left})
