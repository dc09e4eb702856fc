"""The addresses of the search page and what belongs to it."""

from django.urls import re_path

from cms.languages.codes import CODES

from . import views

_LANGUAGE = f"(?P<language>{'|'.join(CODES)})"

urlpatterns = [
    re_path(rf"^{_LANGUAGE}/search/$", views.search, name="search"),
    re_path(rf"^{_LANGUAGE}/search/suggestions/$", views.suggestions, name="search_suggestions"),
    re_path(
        rf"^{_LANGUAGE}/search/list/(?P<name>[a-z_]{{1,31}})/$",
        views.facet_list,
        name="search_facet",
    ),
]
