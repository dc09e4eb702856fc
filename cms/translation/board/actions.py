"""What the board's buttons do: to one language of one page, or to all pages that were chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_valid_next_url_from_request

from cms.access.bulk import is_id
from cms.access.writing import writable_languages
from cms.languages import codes
from cms.pages.models import Page, SiteProfile

from ..machine import planning as machine
from ..machine.views import address as machine_address
from ..models import ReleaseSet
from ..together.selectors import may_release_somewhere, sets_to_fill
from ..together.services import add_pages
from .filters import own_sites
from .forms import BulkForm
from .selectors import pages_in_sight, writers
from .services import assign, assign_all, mark_ready

#: Where to go on; None: back to the board.
Next = str | None


class Board:
    """What a user may do on the board; looked up once a request."""

    def __init__(self, request: HttpRequest) -> None:
        user = request.user
        if not isinstance(user, User):  # Wagtail lets nobody else come here
            raise Http404
        self.user = user
        self.asked = request.GET.get("site", "")

    @cached_property
    def site(self) -> SiteProfile | None:
        """The one site that the board is about, if it is: the only one, or the one chosen."""
        sites = own_sites(None)
        if is_id(self.asked):
            return sites.filter(pk=int(self.asked)).first()
        first = list(sites[:2])
        return first[0] if len(first) == 1 else None

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that the user writes on that site; all six where it is about many."""
        if self.site is None:
            return frozenset(codes.CODES)
        return writable_languages(self.user, self.site.site.root_page)

    @property
    def people(self) -> QuerySet[User]:
        """Whom pages may be given to: the site's own people, and oneself."""
        me = User.objects.filter(pk=self.user.pk)
        return me if self.site is None else writers(self.site) | me

    @property
    def release_sets(self) -> QuerySet[ReleaseSet]:
        """The sets to which pages may be added."""
        sets = sets_to_fill(self.user)
        return sets if self.site is None else sets.filter(site=self.site)

    @cached_property
    def may_release(self) -> bool:
        """Whether the user plans what goes out together."""
        return may_release_somewhere(self.user)

    @cached_property
    def may_ask_machine(self) -> bool:
        """Whether a service of machine translation is named in the settings."""
        return machine.is_on()

    def form(self, data: Any = None) -> BulkForm:
        """What can be done with the pages that were chosen."""
        return BulkForm(
            data,
            people=self.people,
            release_sets=self.release_sets,
            languages=self.languages,
        )


def do(board: Board, request: HttpRequest) -> Next:
    """Do what the button that was pressed says. Raises ValidationError with a reason, Http404 for
    what the user does not find."""
    for name in ("take", "let_go"):
        if name in request.POST:
            page, code = _cell_named(request.POST[name])
            assign(page, code, to=board.user if name == "take" else None, by=board.user)
            return None
    if "give" in request.POST:
        page, code = _cell_named(request.POST["give"])
        back = get_valid_next_url_from_request(request)
        path = reverse("translation:assign", args=[page.pk, code])
        return f"{path}?{urlencode({'next': back})}" if back else path
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        raise Http404
    form = board.form(request.POST)
    if not form.is_valid():
        if "pages" in form.errors:
            raise Http404
        raise ValidationError([message for errors in form.errors.values() for message in errors])
    pages = list(form.cleaned_data["pages"].order_by("path"))
    if not pages:
        raise ValidationError(_("Choose at least one page first."))
    return action(board, request, pages, form.cleaned_data)


def _cell_named(key: str) -> tuple[Page, str]:
    """The page and the language of "12.fr". Raises Http404."""
    pk, _dot, code = key.partition(".")
    if not is_id(pk) or code not in codes.CODES:
        raise Http404
    page = pages_in_sight().filter(pk=int(pk)).first()
    if page is None:
        raise Http404
    return page, code


def _language(given: dict[str, Any]) -> str:
    code: str = given["language"]
    if not code:
        raise ValidationError(_("Choose a language first."))
    return code


def _assign(
    board: Board, request: HttpRequest, pages: Sequence[Page], given: dict[str, Any]
) -> Next:
    done = assign_all(pages, _language(given), to=given["person"], by=board.user)
    told = ngettext("%(n)d page has changed hands.", "%(n)d pages have changed hands.", done)
    messages.success(request, told % {"n": done})
    return None


def _ready(
    board: Board, request: HttpRequest, pages: Sequence[Page], given: dict[str, Any]
) -> Next:
    done = mark_ready(pages, _language(given), by=board.user)
    told = ngettext("%(n)d page was marked as ready.", "%(n)d pages were marked as ready.", done)
    messages.success(request, told % {"n": done})
    return None


def _export(
    board: Board, request: HttpRequest, pages: Sequence[Page], given: dict[str, Any]
) -> Next:
    query = [("page", str(page.pk)) for page in pages]
    query += [("language", given["language"])] if given["language"] else []
    return f"{reverse('translation:export')}?{urlencode(query)}"


def _set(board: Board, request: HttpRequest, pages: Sequence[Page], given: dict[str, Any]) -> Next:
    languages = [given["language"]] if given["language"] else []
    found = add_pages(given["release_set"], pages, languages=languages, by=board.user)
    return reverse("translation:set_edit", args=[found.pk])


def _machine(
    board: Board, request: HttpRequest, pages: Sequence[Page], given: dict[str, Any]
) -> Next:
    if not board.may_ask_machine:
        raise Http404
    code = _language(given)
    if not all(machine.may_propose(board.user, page, code) for page in pages):
        raise ValidationError(
            _("One of these pages is written in this language, locked, or not yours to translate.")
        )
    return machine_address(code, [page.pk for page in pages])


ACTIONS: dict[str, Callable[[Board, HttpRequest, Sequence[Page], dict[str, Any]], Next]] = {
    "assign": _assign,
    "ready": _ready,
    "export": _export,
    "set": _set,
    "machine": _machine,
}
