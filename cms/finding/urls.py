"""The addresses of the search page and what belongs to it."""

from django.urls import re_path

from cms.languages.codes import CODES

from . import feeds, saved_views, views

_LANGUAGE = f"(?P<language>{'|'.join(CODES)})"

urlpatterns = [
    re_path(rf"^{_LANGUAGE}/search/$", views.search, name="search"),
    re_path(rf"^{_LANGUAGE}/search/suggestions/$", views.suggestions, name="search_suggestions"),
    re_path(
        rf"^{_LANGUAGE}/search/list/(?P<name>[a-z_]{{1,31}})/$",
        views.facet_list,
        name="search_facet",
    ),
    re_path(rf"^{_LANGUAGE}/search/feed/$", feeds.search_feed, name="search_feed"),
    re_path(
        rf"^{_LANGUAGE}/search/saved/$",
        saved_views.SavedSearchesView.as_view(),
        name="saved_searches",
    ),
    re_path(
        rf"^{_LANGUAGE}/search/saved/(?P<pk>[0-9]{{1,9}})/$",
        saved_views.SavedSearchView.as_view(),
        name="saved_search",
    ),
    re_path(
        rf"^{_LANGUAGE}/search/saved/stop/(?P<token>[\w:.-]{{1,200}})/$",
        saved_views.stop,
        name="saved_search_stop",
    ),
]
