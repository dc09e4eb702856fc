"""Registration only."""

from django.urls import path
from wagtail import hooks

from .menus import provision_menu_item
from .views import ProvisionView
from .viewsets import MissionsGroup


@hooks.register("register_admin_viewset")
def mission_records():
    return MissionsGroup()


@hooks.register("register_admin_urls")
def provision_urls():
    return [path("missions/provision/", ProvisionView.as_view(), name="missions_provision")]


hooks.register("register_admin_menu_item", provision_menu_item)
