"""Addresses of the side-by-side editor, below `/admin/translation/`."""

from django.urls import path

from .views import ChooseLanguagesView, SideBySideView

urlpatterns = [
    path("<int:page_id>/", ChooseLanguagesView.as_view(), name="choose_languages"),
    path("<int:page_id>/<slug:language>/", SideBySideView.as_view(), name="side_by_side"),
]
