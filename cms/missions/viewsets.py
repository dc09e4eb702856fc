"""The admin's views of this room's records, for the Secretariat."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.access.record_viewsets import RecordViewSet
from cms.languages import codes
from cms.languages.fields import column

from .models import Mission, RegionalGroup


class MissionViewSet(RecordViewSet):
    """The missions: names of States, groups, dates."""

    model = Mission
    name = "missions"
    icon = "globe"
    list_display: ClassVar[list[str]] = [
        "code",
        "short_name",
        "status",
        "regional_group",
        "profile",
    ]
    list_filter: ClassVar[list[str]] = ["status", "regional_group"]
    list_per_page = 50
    search_fields: ClassVar[list[str]] = [
        "code",
        *[column("short_name", code) for code in codes.CODES],
    ]
    details: ClassVar[list] = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("iso2")]),
        FieldRowPanel([FieldPanel("status"), FieldPanel("regional_group")]),
        FieldRowPanel([FieldPanel("admitted"), FieldPanel("capital")]),
        FieldPanel("source_language"),
    ]


class RegionalGroupViewSet(RecordViewSet):
    model = RegionalGroup
    name = "regional-groups"
    icon = "group"
    list_display: ClassVar[list[str]] = ["code", "name"]
    details: ClassVar[list] = [FieldPanel("code")]


class MissionsGroup(ViewSetGroup):
    """One entry of the admin's menu for the records of missions."""

    menu_label = _("Missions")
    menu_icon = "globe"
    menu_order = 310
    items = (MissionViewSet, RegionalGroupViewSet)
