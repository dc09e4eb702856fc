"""The files of a document: the current one in each language, how its text fared, the history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from cms.languages import codes
from cms.pages.models import LANGUAGE_CHOICES

from ..extraction.services import extract_again
from ..filing import replace_file, restore_file, withdraw_file
from ..models import Document, DocumentFile

WITHDRAW, RESTORE, AGAIN = "withdraw", "restore", "again"


class UploadForm(forms.Form):
    """A file for a language; it replaces the one of its format."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGE_CHOICES)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, DOCX or HTML. The one of the same format is replaced and kept."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".pdf,.docx,.html,.htm", "dir": "auto"},
        ),
    )


class FilesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Shows the files of a document and takes new ones; `do` and `file` name an action on one."""

    permission_required = "change"
    page_title = gettext_lazy("Files")
    header_icon = "doc-full"
    template_name = "library/desk/files.html"
    form_class = UploadForm
    index_url_name = ""
    edit_url_name = ""

    @cached_property
    def record(self) -> Document:
        return get_object_or_404(Document, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        plural = capfirst(Document._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": reverse(self.edit_url_name, args=[self.record.pk]), "label": str(self.record)},
            {"url": "", "label": str(self.page_title)},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "do" not in request.POST:
            return super().post(request, *args, **kwargs)
        file = self._named(request.POST.get("file", ""))
        try:
            self._act(request.POST["do"], file)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(request.path)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        try:
            replace_file(
                self.record,
                language=form.cleaned_data["language"],
                upload=form.cleaned_data["file"],
                by=self.request.user,
            )
        except ValidationError as refusal:
            form.add_error("file", refusal.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("The file is in place. Its text will be read soon."))
        return HttpResponseRedirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = DocumentFile.objects.filter(version__document=self.record).select_related(
            "version__document", "uploaded_by"
        )
        return super().get_context_data(**kwargs) | {
            "record": self.record,
            "languages": by_language(files),
            "back_url": reverse(self.edit_url_name, args=[self.record.pk]),
            "media": forms.Media(),
            "side_panels": MediaContainer([]),
        }

    def _named(self, text: str) -> DocumentFile:
        if not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise Http404
        files = DocumentFile.objects.select_related("version__document")
        return get_object_or_404(files, pk=int(text), version__document=self.record)

    def _act(self, action: str, file: DocumentFile) -> None:
        if action == WITHDRAW:
            withdraw_file(file, by=self.request.user)
            messages.success(self.request, _("Readers no longer get the file. It is kept here."))
        elif action == RESTORE:
            restore_file(file, by=self.request.user)
            messages.success(self.request, _("The earlier file is the current one again."))
        elif action == AGAIN:
            extract_again([file])
            messages.success(self.request, _("The text will be read again soon."))
        else:
            raise Http404


def by_language(files: Iterable[DocumentFile]) -> list[dict[str, Any]]:
    """The files of a document for templates: a row a language that has any, current ones first."""
    held: dict[str, list[DocumentFile]] = {}
    for file in files:
        held.setdefault(file.version.language, []).append(file)
    rows = []
    for language in codes.LANGUAGES:
        of_language = held.get(language.code, [])
        if of_language:
            rows.append(
                {
                    "code": language.code,
                    "name": language.name,
                    "dir": language.direction,
                    "current": [_told(file) for file in of_language if file.is_current],
                    "earlier": [_told(file) for file in of_language if not file.is_current],
                }
            )
    return rows


def _told(file: DocumentFile) -> dict[str, Any]:
    return {
        "file": file,
        "url": reverse("library_desk:file", args=[file.pk]),
        "error": file.extraction_error,
        "detected": codes.get(file.detected_language).name if file.is_in_another_language else "",
    }
