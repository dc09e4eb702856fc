"""What the pages of the admin's section of people have in common."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.languages import codes
from cms.pages.models import SiteProfile

from ..selectors import managed_sites
from ..services.authority import person_on
from ..services.refusals import NotYours


def name_of(site: SiteProfile) -> str:
    """The name of a site in the admin's language, or the nearest to it."""
    return site.site.root_page.text("title", codes.active())[0] or site.code


def display_name(user: User) -> str:
    """What lists call a person."""
    return user.get_full_name() or user.get_username()


class SitePage(WagtailAdminTemplateMixin):
    """A page about the people of the site whose code is in the address.

    404 for a site whose people the user does not manage, the same as for a made-up code.
    """

    header_icon = "group"
    request: HttpRequest
    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        site = managed_sites(request.user).filter(code=kwargs["code"]).first()
        if site is None:
            raise Http404
        self.site: SiteProfile = site

    @property
    def user(self) -> User:
        """Who is at work; Wagtail lets nobody else come here."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    @property
    def list_url(self) -> str:
        return reverse("people:list", args=[self.site.code])

    @property
    def is_list(self) -> bool:
        """Whether this page is the list itself."""
        return False

    def get_page_subtitle(self) -> str:
        return name_of(self.site)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, people, (the site's list), this page."""
        crumbs = [*self.breadcrumbs_items, {"url": reverse("people:index"), "label": _("People")}]
        if self.is_list:
            return [*crumbs, {"url": "", "label": name_of(self.site)}]
        return [
            *crumbs,
            {"url": self.list_url, "label": name_of(self.site)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, language = self.site.site.root_page.text("title", codes.active())
        return super().get_context_data(**kwargs) | {
            "site": self.site,
            "site_name": name,
            "site_language": codes.get(language) if language in codes.BY_CODE else None,
            "list_url": self.list_url,
        }


class PersonPage(SitePage):
    """A page about one of the people of a site; 404 for everybody else."""

    @cached_property
    def person(self) -> User:
        try:
            return person_on(self.site, self.kwargs["pk"])
        except NotYours as stranger:
            raise Http404 from stranger
