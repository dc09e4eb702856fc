"""The API and the pages."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.api.v3.urls import api

urlpatterns = [path("api/v3/", api.urls), path("", include(wagtail_urls))]
