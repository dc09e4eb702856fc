"""Registration of what `cms.access` changes in Wagtail's public and admin views."""

from wagtail import hooks

from . import serving
from .dashboard import hooks as dashboard

hooks.register("before_serve_page", serving.refuse_signed_in_stranger)
# Last, so that nothing another app adds to Wagtail's own panels is left beside ours.
hooks.register("construct_homepage_panels", dashboard.greet, order=1000)
hooks.register("construct_homepage_summary_items", dashboard.drop_summary, order=1000)
hooks.register("construct_reports_menu", dashboard.keep_own_reports)
hooks.register("construct_help_menu", dashboard.drop_product_news)
