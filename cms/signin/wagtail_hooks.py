"""Registration only."""

from django.urls import path
from wagtail import hooks

from .account_menu import account_menu_item
from .journal import register_actions
from .views.rules import SignInRulesView, rules_menu_item


@hooks.register("register_admin_urls")
def sign_in_rules_urls():
    return [path("sign-in-rules/", SignInRulesView.as_view(), name="signin_rules")]


hooks.register("register_settings_menu_item", rules_menu_item)
hooks.register("register_account_menu_item", account_menu_item)
hooks.register("register_log_actions", register_actions)
