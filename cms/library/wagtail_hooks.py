"""Registration of the library's admin."""

from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import file_views, journal
from .desk.bulk import ExtractAgain
from .viewsets import LibraryViewSetGroup

register_snippet(LibraryViewSetGroup)
hooks.register("register_log_actions", journal.register_actions)
hooks.register("register_bulk_action", ExtractAgain)


@hooks.register("register_admin_urls")
def _files() -> list[object]:
    urls = [path("files/<int:kept_file>/", file_views.kept_file, name="file")]
    return [
        path("library/imports/", include("cms.library.importing.urls")),
        path("library/", include((urls, "library_desk"))),
    ]
