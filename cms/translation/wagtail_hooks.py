"""Registration only."""

from django.urls import include, path
from wagtail import hooks

from .exchange import entry_points as exchange_entry_points
from .exchange import journal as exchange_journal
from .glossary.after_save import tell_about_names
from .glossary.viewsets import TermViewSet
from .journal import register_actions
from .machine import journal as machine_journal
from .menus import translation_menu_item
from .releasing import entry_points as releasing_entry_points
from .side_by_side import entry_points
from .side_by_side import journal as side_by_side_journal


@hooks.register("register_admin_urls")
def translation_urls():
    return [path("translation/", include("cms.translation.admin_urls"))]


hooks.register("register_admin_menu_item", translation_menu_item)
hooks.register("register_log_actions", register_actions)


hooks.register("register_log_actions", exchange_journal.register_actions)
hooks.register("register_log_actions", side_by_side_journal.register_actions)
hooks.register("register_page_listing_more_buttons", entry_points.listing_buttons)
hooks.register("register_page_header_buttons", entry_points.header_buttons)
hooks.register("register_page_listing_more_buttons", exchange_entry_points.listing_buttons)
hooks.register("register_page_header_buttons", exchange_entry_points.header_buttons)
hooks.register("register_page_listing_more_buttons", releasing_entry_points.listing_buttons)
hooks.register("register_page_header_buttons", releasing_entry_points.header_buttons)
hooks.register("register_log_actions", machine_journal.register_actions)
hooks.register("after_create_page", tell_about_names)
hooks.register("after_edit_page", tell_about_names)


@hooks.register("register_admin_viewset")
def term_records():
    return TermViewSet()
