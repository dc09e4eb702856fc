"""The admin's views of records: a tab a language, and nothing of another site's.

Wagtail's generic views ask "may this user change some instance?" and then take any id; every view
made here first looks the id up among the user's own records and answers 404 for all others, the
same as for an id that does not exist.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList, Panel
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from cms.languages import codes
from cms.languages.fields import column, translated_fields, values_in
from cms.languages.states import State
from cms.languages.tabs import LanguageTab, LanguageTabs

from .record_actions import ActionForm, RecordActionView, RecordEditView
from .record_policies import RecordForm


class RecordTab(LanguageTab):
    """One language of a record: written or missing, since a record has no source language."""

    class BoundPanel(LanguageTab.BoundPanel):
        @property
        def state(self) -> State:
            written = any(values_in(self.instance, self.panel.language).values())
            return State.CURRENT if written else State.MISSING


class RecordTabs(LanguageTabs):
    """What all languages share, then the languages in the UN's order."""

    class BoundPanel(LanguageTabs.BoundPanel):
        @property
        def ordered_children_with_identifiers(self) -> list[tuple[Panel.BoundPanel, str]]:
            return list(self.visible_children_with_identifiers)


class OwnRecordsMixin:
    """First base of every view: limits ids and listings to the user's own records."""

    model: type[Model]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(request.user, ["add", "change"])
        if "pk" in kwargs and not own.filter(pk=kwargs["pk"]).exists():
            raise Http404
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def get_base_queryset(self) -> Any:
        queryset = super().get_base_queryset()  # type: ignore[misc]
        if queryset.model is not self.model:  # a record's history lists log entries
            return queryset
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(
            self.request.user,  # type: ignore[attr-defined]
            ["add", "change"],
        )
        return queryset.filter(pk__in=own.values("pk")).select_related(*self._listed_with())

    def _listed_with(self) -> list[str]:
        """Fields of a list's columns that lead to another row: one query for all, not one a row."""
        keys = {
            field.name
            for field in self.model._meta.concrete_fields
            if field.many_to_one or field.one_to_one
        }
        columns = getattr(self, "list_display", ())
        return [name for name in columns if isinstance(name, str) and name in keys]


class RecordDeleteView(DeleteView):
    """Wagtail's, which answers with an error 500 where other records need this one."""

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                _("Other records belong to this one: delete or change them first."),
            )
            return redirect(self.get_success_url())


class RecordViewSet(ModelViewSet):
    """A `ModelViewSet` of records. `details`: panels that all languages share; `action_form`: for
    records whose state is changed by services only.

    Not a snippet, so that no chooser, bulk action or listing of all snippets shows a record.
    """

    details: list[Any] = []
    copy_view_enabled = False
    add_to_settings_menu = False
    form_base: type[RecordForm] = RecordForm
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    action_form: type[ActionForm] | None = None

    def construct_view(self, view_class: type[View], **kwargs: Any) -> Any:
        """Every view of the set, limited to the user's own records."""
        own = type(view_class.__name__, (OwnRecordsMixin, view_class), {})
        return super().construct_view(own, **kwargs)

    def get_edit_handler(self) -> Panel:
        """The details, then a tab for each language where the model is translated."""
        fields = translated_fields(self.model)
        if not fields:
            handler = ObjectList(self.details, base_form_class=self.form_base)
            return handler.bind_to_model(self.model)
        tabs = [
            RecordTab([FieldPanel(column(field, code)) for field in fields], language=code)
            for code in codes.CODES
        ]
        handler = RecordTabs(
            [ObjectList(self.details, heading=_("Details")), *tabs],
            base_form_class=self.form_base,
        )
        return handler.bind_to_model(self.model)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """With the address of the record's actions, if there are any."""
        act = self.get_url_name("act") if self.action_form else ""
        return super().get_edit_view_kwargs(act_url_name=act, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's, and act/<pk>/ where the record has actions."""
        patterns = super().get_urlpatterns()
        if self.action_form:
            view = self.construct_view(RecordActionView, form_class=self.action_form)
            patterns.append(path(f"act/<{self.pk_path_converter}:pk>/", view, name="act"))
        return patterns
