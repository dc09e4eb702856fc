"""The admin's page on which a mission says whether its people must have a second factor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.roles import Permission
from cms.access.selectors import holds
from cms.languages import codes
from cms.pages.models import SiteProfile

from ..addresses import client_address
from ..selectors import sites_to_rule
from ..services import require_second_factor

PAGE_SIZE = 50


class SignInRulesView(WagtailAdminTemplateMixin, TemplateView):
    """The user's own sites with a switch each; POST (`site`, `required`) sets one."""

    template_name = "signin/admin/rules.html"
    page_title = _("Two-factor sign-in")
    header_icon = "lock"

    @property
    def person(self) -> User:
        """Who asks; Wagtail lets nobody else come here."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    @cached_property
    def sites(self) -> QuerySet[SiteProfile]:
        """The sites whose rule this user sets."""
        return sites_to_rule(self.person)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not holds(self.person, Permission.MANAGE_PEOPLE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        site = get_object_or_404(self.sites, code=request.POST.get("site", "").replace("\x00", ""))
        require_second_factor(
            site,
            request.POST.get("required") == "1",
            by=self.person,
            address=client_address(request),
        )
        messages.success(request, str(_("The rule is changed.")))
        return HttpResponseRedirect(reverse("signin_rules"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.sites, PAGE_SIZE).get_page(self.request.GET.get("p"))
        rows = []
        for site in page.object_list:
            name, language = site.site.root_page.text("title", codes.active())
            rows.append({"site": site, "name": name, "lang": language})
        return super().get_context_data(**kwargs) | {"rows": rows, "page_obj": page}


class SignInRulesItem(MenuItem):
    """The way to the page, for who manages the people of a site."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Permission.MANAGE_PEOPLE)


def rules_menu_item() -> MenuItem:
    """The entry in the admin's settings menu."""
    return SignInRulesItem(
        _("Two-factor sign-in"),
        reverse_lazy("signin_rules"),
        name="signin-rules",
        icon_name="lock",
        order=650,
    )
