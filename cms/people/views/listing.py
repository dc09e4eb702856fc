"""Lists: the sites whose people somebody manages, and the people of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from cms.access.models import needs_approval
from cms.languages import codes
from cms.languages.fields import column
from cms.pages.models import SiteProfile

from ..approval import can_be_switched
from ..selectors import (
    NamedRole,
    Status,
    managed_sites,
    named,
    pending_invitations,
    people_of,
    standing,
)
from .base import SitePage, display_name, name_of


class PersonColumn(TitleColumn):
    """A person's name, with the address below it."""

    cell_template_name = "people/cells/person.html"

    def get_cell_context_data(self, instance: User, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"email": instance.email}


class RolesColumn(Column):
    """Roles, each with its languages."""

    cell_template_name = "people/cells/roles.html"

    def get_value(self, instance: User) -> list[NamedRole]:
        return standing(instance).roles


class StandingColumn(Column):
    """Active, suspended or closed."""

    cell_template_name = "people/cells/status.html"

    def get_cell_context_data(self, instance: User, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        found = standing(instance)
        return context | {"value": found.label, "active": found.status is Status.ACTIVE}


class SitesView(BaseListingView):
    """The sites whose people a user manages; with one site only, straight to its people."""

    page_title = _("People")
    header_icon = "group"
    paginate_by = 50
    index_url_name = "people:index"
    index_results_url_name = "people:index_results"
    is_searchable = True
    verbose_name_plural = _("sites")

    columns = [
        TitleColumn(
            "name",
            label=_("Site"),
            accessor=name_of,
            get_url=lambda site: reverse("people:list", args=[site.code]),
        ),
        Column("code", label=_("Code")),
        Column("kind", label=_("Kind"), accessor=SiteProfile.get_kind_display),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        first = list(self.get_base_queryset().values_list("code", flat=True)[:2])
        if not first:
            raise Http404
        if len(first) == 1:
            return HttpResponseRedirect(reverse("people:list", args=first))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[SiteProfile]:
        return managed_sites(self.request.user)

    @property
    def search_fields(self) -> list[str]:
        return ["code", *(f"site__root_page__{column('title', code)}" for code in codes.CODES)]


class PeopleView(SitePage, BaseListingView):
    """The people of a site, and those who are invited."""

    page_title = _("People")
    template_name = "people/list.html"
    results_template_name = "people/list_results.html"
    paginate_by = 50
    is_searchable = True
    search_fields = ["first_name", "last_name", "username", "email"]
    default_ordering = ["last_name", "first_name", "username"]
    verbose_name_plural = _("people")
    is_list = True

    def get_base_queryset(self) -> QuerySet[User]:
        return people_of(self.site)

    @cached_property
    def columns(self) -> list[Column]:
        """Name, roles, status, last sign-in."""
        return [
            PersonColumn(
                "name",
                label=_("Name"),
                accessor=display_name,
                sort_key="last_name",
                get_url=lambda person: reverse("people:person", args=[self.site.code, person.pk]),
            ),
            RolesColumn("roles", label=_("Roles")),
            StandingColumn("status", label=pgettext_lazy("of an account", "Status")),
            DateColumn("last_sign_in", label=_("Last sign-in"), accessor=_last_sign_in),
        ]

    def get_index_url(self) -> str:
        return self.list_url

    def get_index_results_url(self) -> str:
        return reverse("people:list_results", args=[self.site.code])

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to invite somebody; approval is named below the header."""
        url = reverse("people:invite", args=[self.site.code])
        return [HeaderButton(_("Invite somebody"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        invitations = [
            {
                "invitation": invitation,
                "roles": named(list(invitation.roles.all())),
                "asked_by": display_name(invitation.asked_by) if invitation.asked_by else "",
            }
            for invitation in pending_invitations(self.site)
        ]
        return super().get_context_data(**kwargs) | {
            "invitations": invitations,
            "needs_approval": needs_approval(self.site),
            "can_switch": can_be_switched(self.site),
        }


def _last_sign_in(person: User) -> datetime | None:
    return standing(person).last_sign_in
