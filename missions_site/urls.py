"""Every address of the installation: the host says which site, the first segment which language."""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.access import admin_urls as access_admin_urls
from cms.access import media_views, passwords
from cms.languages.codes import CODES
from cms.pages import syndication
from cms.pages import views as page_views

from .views import healthz

_LANGUAGE = f"(?P<language>{'|'.join(CODES)})"


def _api_urls() -> object:
    from cms.api.api import api

    return api.urls


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("cms.signin.urls")),
    path("", include("cms.people.urls")),
    path("admin/", include(access_admin_urls)),
    path("admin/", include(wagtailadmin_urls)),
    # Before Wagtail's own, which asks only for the collection's restriction.
    re_path(r"^files/(?P<file_id>[0-9]+)/(?P<filename>.*)$", media_views.serve_file),
    path("files/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.*)$", media_views.serve_image),
    path("api/v3/", _api_urls()),
    path("", include("cms.finding.urls")),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        passwords.ask_for_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("sitemap.xml", syndication.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", syndication.sitemap, name="sitemap_section"),
    re_path(rf"^{_LANGUAGE}/feed/$", syndication.release_feed, name="feed"),
    path("", include("cms.library.urls")),
    re_path(rf"^{_LANGUAGE}/(?P<path>.*)$", page_views.serve, name="page"),
    re_path(r"^(?P<path>.*)$", page_views.choose_language, name="wagtail_serve"),
]


handler404 = "missions_site.views.page_not_found"
