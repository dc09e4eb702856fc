"""Address of the languages of a page, below `/admin/translation/`."""

from django.urls import path

from .views import LanguagesView

urlpatterns = [path("<int:page_id>/languages/", LanguagesView.as_view(), name="languages")]
