"""Addresses of sets of pages that go out together."""

from django.urls import path

from .views import AddView, CancelView, EditView, ReleaseView, SetsView, SetView

urlpatterns = [
    path("together/", SetsView.as_view(), name="sets"),
    path("together/results/", SetsView.as_view(results_only=True), name="sets_results"),
    path("together/add/", AddView.as_view(), name="set_add"),
    path("together/<int:pk>/", SetView.as_view(), name="set"),
    path("together/<int:pk>/edit/", EditView.as_view(), name="set_edit"),
    path("together/<int:pk>/release/", ReleaseView.as_view(), name="set_release"),
    path("together/<int:pk>/cancel/", CancelView.as_view(), name="set_cancel"),
]
