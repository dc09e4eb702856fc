"""Registration of the report and of the record's own actions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from cms.access.roles import Permission
from cms.access.selectors import holds

from . import services
from .reports import ActivityView


class ActivityMenuItem(MenuItem):
    """Shown to whoever may read some record."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Permission.READ_AUDIT)


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return ActivityMenuItem(
        _("Activity of your site"),
        reverse("activity_report"),
        name="activity",
        icon_name="history",
        order=100,
    )


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    return [
        path("reports/activity/", ActivityView.as_view(), name="activity_report"),
        path(
            "reports/activity/results/",
            ActivityView.as_view(results_only=True),
            name="activity_report_results",
        ),
    ]


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> Any:
    actions.register_action(
        services.PRUNED, _("Prune the record"), _("Old entries of the record dropped")
    )
