"""Sets of pages in the admin: the list, one set page by page, its editor, and its two buttons.

A set of another site answers 404 like one that nobody has. Who translates sees what a set waits
for; who publishes on its site plans, releases and cancels it.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import registry as log_registry

from cms.languages import codes

from ..board.selectors import name_of
from ..models import ReleaseSet, SetState
from .forms import set_panel
from .gate import blocked, look
from .selectors import may_release, may_release_somewhere, sets_in_sight
from .services import Refused, cancel, release_together, settle

HISTORY_SHOWN = 50
STATE = pgettext_lazy("of pages that go out together", "State")
_panel = cache(set_panel)


class SetsView(BaseListingView):
    """The sets of one's own sites; `state` narrows."""

    page_title = _("Going out together")
    header_icon = "calendar-check"
    paginate_by = 50
    index_url_name = "translation:sets"
    index_results_url_name = "translation:sets_results"
    template_name = "translation/together/sets.html"
    results_template_name = "translation/together/sets_results.html"
    is_searchable = True
    search_fields = ["name"]
    search_backend_name = None
    verbose_name_plural = _("sets")

    columns = [
        TitleColumn(
            "name", label=_("Name"), get_url=lambda one: reverse("translation:set", args=[one.pk])
        ),
        Column("site", label=_("Site"), accessor="site.code"),
        Column("pages", label=_("Pages"), accessor="page_count"),
        Column("languages", label=_("Languages"), accessor=lambda one: _names(one.languages)),
        Column("state", label=STATE, accessor=ReleaseSet.get_state_display),
        DateColumn("goes_out_at", label=_("Goes out at"), sort_key="goes_out_at"),
        DateColumn("went_out_at", label=_("Went out at"), sort_key="went_out_at"),
    ]

    def get_base_queryset(self) -> QuerySet[ReleaseSet]:
        sets = sets_in_sight()
        return sets.filter(state=self.state) if self.state else sets

    @property
    def state(self) -> str:
        """The state that was asked for, "" for all."""
        asked = self.request.GET.get("state", "")
        return asked if asked in SetState.values else ""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_release_somewhere(self.request.user):
            return []
        url = reverse("translation:set_add")
        return [HeaderButton(_("Plan a set"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = [(value, label) for value, label in SetState.choices if value != SetState.RUNNING]
        return super().get_context_data(**kwargs) | {"states": states, "state": self.state}


def _names(languages: list[str]) -> str:
    return ", ".join(one.name for one in codes.LANGUAGES if one.code in languages)


class SetMixin(WagtailAdminTemplateMixin):
    """A page about one set."""

    header_icon = "calendar-check"
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def release_set(self) -> ReleaseSet:
        """The set. Raises Http404 outside the walls."""
        found = sets_in_sight().filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def may_change(self) -> bool:
        """Whether the user releases on the set's site."""
        return may_release(_user(self.request), self.release_set.site)

    @property
    def set_url(self) -> str:
        return reverse("translation:set", args=[self.release_set.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*_crumbs(self), {"url": "", "label": self.release_set.name}]


def _crumbs(view: WagtailAdminTemplateMixin) -> list[dict[str, Any]]:
    return [
        *view.breadcrumbs_items,
        {"url": reverse("translation:board"), "label": _("Translation")},
        {"url": reverse("translation:sets"), "label": _("Going out together")},
    ]


class SetView(SetMixin, TemplateView):
    """One set: what is ready and what it waits for, and what happened to it."""

    template_name = "translation/together/set.html"
    page_title = _("Going out together")

    def get_page_subtitle(self) -> str:
        return self.release_set.name

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not (self.may_change and self.release_set.is_open):
            return []
        url = reverse("translation:set_edit", args=[self.release_set.pk])
        return [HeaderButton(_("Edit"), url=url, icon_name="edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release_set = self.release_set
        found = look(release_set)
        waits = blocked(found)
        moment = release_set.goes_out_at
        embargo = bool(moment and moment > timezone.now())
        logs = log_registry.get_logs_for_instance(release_set).select_related("user")
        return super().get_context_data(**kwargs) | {
            "set": release_set,
            "checks": found,
            "waits": waits,
            "languages": codes.LANGUAGES,
            "going": [one for one in codes.LANGUAGES if one.code in release_set.languages],
            "required": [
                one for one in codes.LANGUAGES if one.code in release_set.required_languages
            ],
            "embargo": embargo,
            "may_change": self.may_change and release_set.is_open,
            "may_release": self.may_change and release_set.is_open and found and not embargo,
            "released": {
                line["page"]: _names(line["languages"])
                for line in release_set.report.get("released", [])
            },
            "made_by": name_of(release_set.made_by) if release_set.made_by else "",
            "history": logs[:HISTORY_SHOWN],
        }


class _SetAction(SetMixin, TemplateView):
    """Asks (GET) and does (POST) something with a set. 404 for whoever may not."""

    template_name = "translation/together/confirm.html"
    question: Any = ""
    button: Any = ""
    done: Any = ""
    serious = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_change:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def act(self) -> None:
        """Call the service. Raises Refused."""
        raise NotImplementedError(f"{type(self).__name__} must say what it does: write act().")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.act()
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, str(self.done) % {"name": self.release_set.name})
        return HttpResponseRedirect(self.set_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "question": str(self.question) % {"name": self.release_set.name},
            "button": self.button,
            "serious": self.serious,
            "set_url": self.set_url,
        }


class ReleaseView(_SetAction):
    """Release now."""

    page_title = _("Release now")
    question = _("Release every page of “%(name)s” now? All of them go out, or none.")
    button = _("Release now")
    done = _("“%(name)s” is out.")

    def act(self) -> None:
        release_together(self.release_set, user=_user(self.request))


class CancelView(_SetAction):
    """Give the set up."""

    page_title = _("Cancel the set")
    question = _("Give “%(name)s” up? Its pages stay as they are.")
    button = _("Cancel the set")
    done = _("“%(name)s” is cancelled.")
    serious = True

    def act(self) -> None:
        cancel(self.release_set, by=_user(self.request))


def _user(request: HttpRequest) -> User:
    """Who is at work; Wagtail lets nobody else come here."""
    user = request.user
    assert isinstance(user, User)
    return user


class _Editor:
    """What planning and changing a set have in common."""

    model = ReleaseSet
    permission_policy = None
    permission_required = None
    index_url_name = "translation:sets"
    header_icon = "calendar-check"
    request: HttpRequest

    def get_panel(self) -> Any:
        return _panel()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except Refused as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return response

    def get_success_url(self) -> str:
        return reverse("translation:set", args=[self.object.pk])  # type: ignore[attr-defined]

    def get_success_buttons(self) -> list[Any]:
        return []


class AddView(_Editor, generic.CreateView):
    """Planning a set. 404 for whoever releases nowhere."""

    add_url_name = "translation:set_add"
    edit_url_name = "translation:set_edit"
    success_message = _("“%(object)s” is planned.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_release_somewhere(request.user):
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_initial(self) -> dict[str, Any]:
        return {"languages": list(codes.CODES), "required_languages": list(codes.CODES)}

    def save_instance(self) -> ReleaseSet:
        release_set: ReleaseSet = self.form.save()
        settle(release_set, by=_user(self.request), is_new=True)
        return release_set

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*_crumbs(self), {"url": "", "label": gettext("Plan a set")}]


class EditView(_Editor, SetMixin, generic.EditView):
    """Changing a set that has not gone out. 404 for whoever may not."""

    edit_url_name = "translation:set_edit"
    success_message = _("“%(object)s” is changed.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_change or not self.release_set.is_open:
            raise Http404
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_object(self, queryset: Any = None) -> ReleaseSet:
        return ReleaseSet.objects.select_related("site").get(pk=self.release_set.pk)

    def save_instance(self) -> ReleaseSet:
        release_set: ReleaseSet = self.form.save()
        settle(release_set, by=_user(self.request))
        return release_set

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *_crumbs(self),
            {"url": self.set_url, "label": self.release_set.name},
            {"url": "", "label": gettext("Edit")},
        ]
