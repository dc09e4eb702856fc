"""The report "Activity of your site": what was done on the sites that one answers for."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry

from cms.languages.spreadsheets import SafeSpreadsheetMixin
from cms.pages.models import SiteProfile

from .models import AuditEntry, type_label
from .selectors import (
    audited_sites,
    entries_for,
    people_of,
    people_of_the_secretariat,
    sees_all,
)
from .wording import details_of


def visible_sites(request: HttpRequest | None) -> QuerySet[SiteProfile]:
    """The sites that the filter offers."""
    return audited_sites(request.user) if request is not None else SiteProfile.objects.none()


def visible_people(request: HttpRequest | None) -> QuerySet[User]:
    """The people that the filter offers: of one's own sites. Whoever sees all sites is offered the
    Secretariat's, or those of the site that the report is narrowed to."""
    if request is None:
        return User.objects.none()
    if not sees_all(request.user):
        return people_of(audited_sites(request.user))
    code = request.GET.get("site", "").replace("\x00", "")
    if code.isascii() and code.isdigit() and len(code) < 18:
        return people_of(SiteProfile.objects.filter(pk=int(code)))
    return people_of_the_secretariat()


class PersonChoiceField(django_filters.fields.ModelChoiceField):
    """People under their names, with the account that tells two apart."""

    def label_from_instance(self, person: User) -> str:
        full = person.get_full_name().strip()
        return f"{full} ({person.get_username()})" if full else person.get_username()


class PersonFilter(django_filters.ModelChoiceFilter):
    field_class = PersonChoiceField


def sorted_actions() -> list[tuple[str, str]]:
    """(action, name) of everything that can be recorded, by name."""
    named = {action: str(label) for action, label in registry.get_choices()}
    return sorted(named.items(), key=lambda item: item[1].casefold())


def sorted_types(types: QuerySet[Any]) -> list[tuple[str, str]]:
    """(type, name) of the types that were recorded, by name. One query."""
    named = {name: type_label(name) for name in types}
    return sorted(
        ((name, label) for name, label in named.items() if label),
        key=lambda item: item[1].casefold(),
    )


class ActivityFilterSet(WagtailFilterSet):
    """Who, what, on what, when, and on which site where one has several."""

    at = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    actor = PersonFilter(label=_("Person"), queryset=visible_people)
    action = django_filters.ChoiceFilter(label=_("Action"), choices=sorted_actions)
    object_type = django_filters.ChoiceFilter(label=_("Type"), choices=())
    site = django_filters.ModelChoiceFilter(label=_("Site"), queryset=visible_sites)

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def __init__(self, *args: Any, types: QuerySet[Any], one_site: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if one_site:
            del self.filters["site"]
        self.filters["object_type"].extra["choices"] = lambda: sorted_types(types)


def _person_of(entry: AuditEntry) -> str:
    return _isolated(entry.actor_name or "–")


def _object_of(entry: AuditEntry) -> str:
    return _isolated(entry.object_label)


def _isolated(name: str) -> str:
    """A name in whichever script, so that it does not turn its neighbours round."""
    return format_html("<bdi>{}</bdi>", name)


class ActivityView(SafeSpreadsheetMixin, ReportView):
    """Wagtail's report and export over `AuditEntry`. 404 for whoever answers for no site.

    The number of queries depends neither on how many sites there are nor on how many entries.
    """

    model = AuditEntry
    filterset_class = ActivityFilterSet
    page_title = _("Activity of your site")
    header_icon = "history"
    index_url_name = "activity_report"
    index_results_url_name = "activity_report_results"
    default_ordering = "-at"
    verbose_name_plural = _("entries")
    list_export = [
        "at",
        "site_code",
        "actor_name",
        "action_label",
        "object_label",
        "type_label",
        "object_id",
        "details",
        "address",
        "session",
    ]
    export_headings = {
        "at": _("Date and time (UTC)"),
        "site_code": _("Site"),
        "actor_name": _("Person"),
        "action_label": _("Action"),
        "object_label": _("Name"),
        "type_label": _("Type"),
        "object_id": _("Identifier"),
        "details": _("Details"),
        "address": _("Internet address"),
        "session": pgettext_lazy("of a signed-in person", "Session"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.everywhere = sees_all(request.user)
        if not self.everywhere and not audited_sites(request.user).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def one_site(self) -> bool:
        """Whether there is only one site to choose from."""
        return not self.everywhere and len(audited_sites(self.request.user)[:2]) < 2

    @cached_property
    def columns(self) -> list[Column]:
        columns = [
            DateColumn("at", label=_("Date and time"), sort_key="at"),
            Column("actor_name", label=_("Person"), accessor=_person_of),
            Column("action", label=_("Action"), accessor="action_label"),
            Column("object", label=_("Name"), accessor=_object_of, classname="title"),
            Column("type", label=_("Type"), accessor="type_label"),
            Column("details", label=_("Details"), accessor=details_of),
            Column(
                "address", label=_("Internet address"), accessor=lambda entry: entry.address or ""
            ),
        ]
        if not self.one_site:
            columns.insert(1, Column("site_code", label=_("Site")))
        return columns

    def get_filterset_kwargs(self) -> dict[str, Any]:
        types = self.get_base_queryset().order_by().values_list("object_type", flat=True).distinct()
        return super().get_filterset_kwargs() | {"types": types, "one_site": self.one_site}

    def get_base_queryset(self) -> QuerySet[AuditEntry]:
        entries = entries_for(self.request.user, everywhere=self.everywhere)
        if self.everywhere and not self.request.GET.get("site"):
            entries = entries.filter(leading=True)
        return entries

    def get_filename(self) -> str:
        return f"activity-{timezone.now():%Y-%m-%d}"

    def get_filtered_queryset(self) -> QuerySet[AuditEntry]:
        return self.get_queryset()  # which filters already

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_export:  # row by row: the listing's context would hold them all
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    # --- export ----------------------------------------------------------------------------------

    def to_row_dict(self, item: AuditEntry) -> dict[str, Any]:
        return {
            field: details_of(item) if field == "details" else getattr(item, field)
            for field in self.list_export
        }
