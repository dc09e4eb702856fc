"""The pages of the searches that a reader keeps, and the way out of their letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from cms.pages.rendering import chrome_context
from cms.signin.views.pages import AccountPage

from .asking import read
from .letters import search_of
from .models import Frequency, SavedSearch
from .services import SearchAway, change_search, keep_search, stop_letters


class SavedSearchesView(AccountPage, TemplateView):
    """The reader's own searches: the list, and where one is saved (POST, with `query`)."""

    template_name = "finding/saved/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "saved_searches": SavedSearch.objects.filter(user=self.person),
            "frequencies": Frequency.choices,
            "has_address": bool(self.person.email),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked, faults = read(QueryDict(request.POST.get("query", "")[:8000]))
        try:
            if faults:
                raise ValidationError([fault.message for fault in faults])
            saved = keep_search(
                self.person,
                asked,
                site=request.site_profile,
                language=request.language,
                name=request.POST.get("name", ""),
                frequency=_frequency(request),
            )
        except (ValidationError, SearchAway) as error:
            for message in getattr(error, "messages", [str(error)]):
                messages.error(request, message)
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
        return _back(request)


class SavedSearchView(AccountPage):
    """One of the reader's searches: renamed, told of in another rhythm, or deleted (POST)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        saved = get_object_or_404(SavedSearch, pk=pk, user=self.person)
        if "delete" in request.POST:
            saved.delete()
            messages.success(request, _("“%(name)s” is deleted.") % {"name": saved.name})
        else:
            change_search(saved, name=request.POST.get("name", ""), frequency=_frequency(request))
            messages.success(request, _("“%(name)s” is changed.") % {"name": saved.name})
        return _back(request)


@csrf_exempt  # RFC 8058: a mail program asks this without a cookie; the address is signed.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """No more letters about a search: asked by GET, done by POST. 404 for a made-up address."""
    saved = search_of(token)
    if saved is None:
        raise Http404
    if request.method == "POST":
        stop_letters(saved)
    context = chrome_context(request) | {"saved": saved, "is_done": request.method == "POST"}
    return render(request, "finding/saved/stop.html", context)


def _frequency(request: HttpRequest) -> str:
    given = request.POST.get("frequency", "")
    return given if given in Frequency.values else Frequency.NEVER


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("saved_searches", kwargs={"language": request.language}))
