"""Registration of what `cms.access` changes in Wagtail's public and admin views."""

from wagtail import hooks
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import register_permission_policy

from . import actions, index_report, page_views, serving
from .dashboard import hooks as dashboard
from .redirects.policy import RedirectPolicy

# Here, not in `ready()`: Wagtail's own app registers its policy in its `ready()`, after ours.
register_permission_policy(Redirect, RedirectPolicy())

hooks.register("register_actions", actions.register)
hooks.register("register_admin_urls", index_report.addresses)
hooks.register("register_reports_menu_item", index_report.menu_item)
hooks.register("register_admin_viewset", page_views.SitePageViewSet)
hooks.register("before_move_page", page_views.refuse_move_to_more_readers)
hooks.register("before_convert_alias_page", page_views.refuse_conversion_by_translators)
hooks.register("before_serve_page", serving.refuse_signed_in_stranger)
# Last, so that nothing another app adds to Wagtail's own panels is left beside ours.
hooks.register("construct_homepage_panels", dashboard.greet, order=1000)
hooks.register("construct_homepage_summary_items", dashboard.drop_summary, order=1000)
hooks.register("construct_reports_menu", dashboard.keep_own_reports)
hooks.register("construct_help_menu", dashboard.drop_product_news)
