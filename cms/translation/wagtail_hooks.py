"""Registration only."""

from django.urls import include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def translation_urls():
    return [path("translation/", include("cms.translation.admin_urls"))]
