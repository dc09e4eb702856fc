"""The admin's views of redirects, limited to the user's own sites."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.contrib.redirects import views as stock
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site
from wagtail.permissions import policy_registry

from .forms import ImportForm, RedirectForm
from .policy import own_sites


def _sites_of(request: HttpRequest | None) -> QuerySet[Site]:
    return own_sites(request.user) if request else Site.objects.none()


class RedirectFilterSet(RedirectsReportFilterSet):
    """Offers the user's own sites."""

    site = django_filters.ModelChoiceFilter(field_name="site", queryset=_sites_of)


class OwnRedirects:
    """Mixed into Wagtail's views: a redirect of another site is not found."""

    def get_base_queryset(self) -> QuerySet[Redirect]:
        return self._own(super().get_base_queryset())  # type: ignore[misc]

    def get_queryset(self) -> QuerySet[Redirect]:
        return self._own(super().get_queryset())  # type: ignore[misc]

    def _own(self, queryset: QuerySet[Redirect]) -> QuerySet[Redirect]:
        policy = policy_registry.get_by_type(Redirect)
        own = policy.instances_user_has_permission_for(
            self.request.user,  # type: ignore[attr-defined]
            "change",
        )
        return queryset.filter(pk__in=own.values("pk"))


class IndexView(OwnRedirects, stock.IndexView):
    """Wagtail's list."""

    filterset_class = RedirectFilterSet


class CreateView(stock.CreateView):
    """Wagtail's form, with the user's own sites."""

    form_class = RedirectForm


class EditView(OwnRedirects, stock.EditView):
    """Wagtail's form, with the user's own sites."""

    form_class = RedirectForm


class DeleteView(OwnRedirects, stock.DeleteView):
    """Wagtail's confirmation."""


class ImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """One step in the place of Wagtail's two: the file is read, checked whole, and taken or refused
    with the reason for each row. Wagtail's takes the good rows and leaves the bad ones."""

    model = Redirect
    permission_required = "add"
    form_class = ImportForm
    template_name = "wagtailadmin/generic/form.html"
    page_title = gettext_lazy("Import redirects")
    header_icon = "redirect"
    submit_button_label = gettext_lazy("Import")
    _show_breadcrumbs = True

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Redirect)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailredirects:index"), "label": _("Redirects")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        action = reverse("wagtailredirects:start_import")
        return super().get_context_data(
            **kwargs, action_url=action, submit_button_label=self.submit_button_label
        )

    def form_valid(self, form: ImportForm) -> HttpResponse:
        total = len(form.save())
        messages.success(
            self.request,
            ngettext("Imported %(total)d redirect", "Imported %(total)d redirects", total)
            % {"total": total},
        )
        return redirect("wagtailredirects:index")
