"""Registration only."""

from django.urls import include, path
from wagtail import hooks

from . import log_actions
from .menus import sites_menu_item


@hooks.register("register_admin_urls")
def lifecycle_urls():
    return [path("lifecycle/", include("cms.lifecycle.urls"))]


hooks.register("register_admin_menu_item", sites_menu_item)
hooks.register("register_log_actions", log_actions.register)
