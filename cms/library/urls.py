"""The documents' addresses, included before the pages': `/documents/…` and `/fr/documents/…`."""

from django.urls import path, re_path

from cms.languages.codes import CODES

from . import file_views, views
from .exporting.views import exports_document, exports_list
from .harvesting.views import harvest
from .models import FileFormat

_LANGUAGE = f"(?P<language>{'|'.join(CODES)})"
_FORMAT = "|".join(FileFormat.values)

app_name = "library"
urlpatterns = [
    re_path(r"^oai/?$", harvest, name="harvest"),
    path("documents/", views.permanent_address, name="permanent_list"),
    # Before the documents: no symbol begins so.
    re_path(
        rf"^documents/files/{_LANGUAGE}/(?P<symbol>.+)\.(?P<file_format>{_FORMAT})$",
        file_views.current_file,
        name="file",
    ),
    re_path(r"^documents/(?P<symbol>.+)$", views.permanent_address, name="permanent"),
    re_path(rf"^{_LANGUAGE}/documents/$", exports_list(views.document_list), name="list"),
    re_path(
        rf"^{_LANGUAGE}/documents/(?P<symbol>.+)$",
        exports_document(views.document_page),
        name="document",
    ),
]
