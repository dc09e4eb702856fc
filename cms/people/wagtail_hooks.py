"""Registration only."""

from django.urls import include, path
from wagtail import hooks

from .journal import register_actions
from .menus import people_menu_item


@hooks.register("register_admin_urls")
def people_urls():
    return [path("people/", include("cms.people.admin_urls"))]


hooks.register("register_admin_menu_item", people_menu_item)
hooks.register("register_log_actions", register_actions)
