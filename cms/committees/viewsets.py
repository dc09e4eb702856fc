"""The admin's views of this room's records."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.access.record_viewsets import RecordViewSet
from cms.languages import codes
from cms.languages.fields import column

from .forms import DraftActionForm
from .models import (
    AgendaItem,
    Committee,
    CommitteeSession,
    DraftProposal,
    Meeting,
    Statement,
)

#: Titles are searched in every language.
TITLES = [column("title", code) for code in codes.CODES]


class CommitteeViewSet(RecordViewSet):
    """The six committees; only their words change."""

    model = Committee
    name = "committees"
    icon = "group"
    list_display: ClassVar[list[str]] = ["short_name", "series"]
    details: ClassVar[list[FieldPanel]] = [
        FieldPanel("code", read_only=True),
        FieldPanel("ordinal", read_only=True),
        FieldPanel("series", read_only=True),
    ]


class SessionViewSet(RecordViewSet):
    model = CommitteeSession
    name = "committee-sessions"
    icon = "calendar-alt"
    list_display: ClassVar[list[str]] = ["__str__", "committee", "number", "is_current"]
    list_filter: ClassVar[list[str]] = ["number", "is_current"]
    details: ClassVar[list] = [
        FieldPanel("committee"),
        FieldPanel("number"),
        FieldRowPanel([FieldPanel("opened_on"), FieldPanel("closed_on")]),
        FieldPanel("is_current"),
        FieldPanel("sources"),
        InlinePanel(
            "officers",
            heading=_("Bureau"),
            panels=[
                FieldPanel("office"),
                FieldPanel("name"),
                FieldPanel("state"),
                FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
                FieldPanel("is_unverified"),
            ],
        ),
    ]


class AgendaItemViewSet(RecordViewSet):
    model = AgendaItem
    name = "agenda-items"
    icon = "list-ol"
    list_display: ClassVar[list[str]] = ["number", "title", "session"]
    search_fields: ClassVar[list[str]] = ["number", *TITLES]
    ordering: ClassVar[list[str]] = ["-session__number", "order", "pk"]
    details: ClassVar[list] = [
        FieldPanel("session"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("key")]),
        FieldPanel("parent"),
        FieldPanel("order"),
    ]


class MeetingViewSet(RecordViewSet):
    model = Meeting
    name = "committee-meetings"
    icon = "date"
    list_display: ClassVar[list[str]] = ["date", "number", "title", "session", "status"]
    list_filter: ClassVar[list[str]] = ["status"]
    details: ClassVar[list] = [
        FieldPanel("session"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("status")]),
        FieldPanel("date"),
        FieldRowPanel([FieldPanel("start_time"), FieldPanel("end_time")]),
        FieldPanel("zone"),
        FieldPanel("items"),
        FieldPanel("is_unverified"),
    ]


class DraftViewSet(RecordViewSet):
    """State, action and vote are shown, and changed by the services only."""

    model = DraftProposal
    action_form = DraftActionForm
    name = "draft-proposals"
    icon = "doc-full"
    list_display: ClassVar[list[str]] = ["symbol", "title", "session", "state", "acted_on"]
    list_filter: ClassVar[list[str]] = ["state", "kind"]
    ordering: ClassVar[list[str]] = ["-session__number", "order", "pk"]
    search_fields: ClassVar[list[str]] = ["symbol", *TITLES]
    details: ClassVar[list] = [
        FieldPanel("session"),
        FieldRowPanel([FieldPanel("symbol"), FieldPanel("kind")]),
        FieldPanel("item"),
        FieldPanel("amends"),
        FieldRowPanel([FieldPanel("tabled_on"), FieldPanel("order")]),
        InlinePanel(
            "sponsors",
            heading=_("Sponsors"),
            panels=[
                FieldRowPanel([FieldPanel("state"), FieldPanel("added_on")]),
                FieldPanel("is_main"),
            ],
        ),
        FieldPanel("state", read_only=True),
        FieldPanel("acted_on", read_only=True),
        FieldPanel("meeting"),
        FieldRowPanel(
            [
                FieldPanel("votes_yes", read_only=True),
                FieldPanel("votes_no", read_only=True),
                FieldPanel("votes_abstain", read_only=True),
            ]
        ),
        FieldPanel("result_symbol"),
        FieldPanel("is_unverified"),
    ]


class StatementViewSet(RecordViewSet):
    model = Statement
    name = "committee-statements"
    icon = "comment"
    list_display: ClassVar[list[str]] = ["date", "state", "speaker", "session"]
    details: ClassVar[list] = [
        FieldPanel("session"),
        FieldPanel("date"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("speaker")]),
        FieldPanel("item"),
        FieldPanel("meeting"),
        FieldPanel("language"),
        FieldPanel("file"),
        FieldPanel("is_unverified"),
    ]


class CommitteesGroup(ViewSetGroup):
    """One entry of the admin's menu for all records of the committees."""

    menu_label = _("Committees")
    menu_icon = "group"
    menu_order = 300
    items = (
        CommitteeViewSet,
        SessionViewSet,
        AgendaItemViewSet,
        MeetingViewSet,
        DraftViewSet,
        StatementViewSet,
    )
