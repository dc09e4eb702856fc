"""The admin's views of this room's records."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.access.record_viewsets import RecordViewSet

from .forms import CandidatureActionForm, ElectionResultForm
from .models import Ballot, Body, Candidature, Election


class BodyViewSet(RecordViewSet):
    model = Body
    name = "election-bodies"
    icon = "group"
    list_display: ClassVar[list[str]] = ["name", "code", "members"]
    details: ClassVar[list] = [
        FieldPanel("code"),
        FieldPanel("parent_organ"),
        FieldRowPanel([FieldPanel("is_principal_organ"), FieldPanel("elects_persons")]),
        FieldRowPanel([FieldPanel("members"), FieldPanel("order")]),
        FieldPanel("majority"),
    ]


class ElectionViewSet(RecordViewSet):
    model = Election
    action_form = ElectionResultForm
    name = "elections"
    icon = "tick-inverse"
    list_display: ClassVar[list[str]] = ["title", "body", "date", "status"]
    list_filter: ClassVar[list[str]] = ["body", "status"]
    details: ClassVar[list] = [
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("session")]),
        FieldRowPanel([FieldPanel("term_start"), FieldPanel("term_end")]),
        FieldPanel("term_years_only"),
        FieldPanel("is_by_election"),
        FieldPanel("majority"),
        FieldPanel("status", read_only=True),
        InlinePanel(
            "seats",
            heading=_("Seats for each set of regional groups"),
            panels=[FieldPanel("groups"), FieldPanel("seats")],
        ),
        FieldPanel("sources"),
        FieldPanel("is_illustrative"),
    ]


class CandidatureViewSet(RecordViewSet):
    """Status, note verbale and endorsement are shown, and changed by the services only."""

    model = Candidature
    action_form = CandidatureActionForm
    name = "candidatures"
    icon = "user"
    list_display: ClassVar[list[str]] = ["state", "nominee", "election", "status"]
    list_filter: ClassVar[list[str]] = ["status", "regional_group", "election"]
    search_fields: ClassVar[list[str]] = ["state", "nominee"]
    details: ClassVar[list] = [
        FieldPanel("election"),
        FieldPanel("allocation"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("nominee")]),
        FieldPanel("regional_group"),
        FieldPanel("announced_on"),
        FieldPanel("status", read_only=True),
        FieldRowPanel(
            [FieldPanel("note_reference", read_only=True), FieldPanel("note_date", read_only=True)]
        ),
        FieldRowPanel(
            [FieldPanel("endorsed_by", read_only=True), FieldPanel("endorsed_on", read_only=True)]
        ),
        FieldPanel("withdrawn_on", read_only=True),
        FieldPanel("is_illustrative"),
    ]


class BallotViewSet(RecordViewSet):
    model = Ballot
    name = "ballots"
    icon = "list-ol"
    list_display: ClassVar[list[str]] = ["__str__", "date", "required"]
    details: ClassVar[list] = [
        FieldPanel("election"),
        FieldPanel("allocation"),
        FieldRowPanel([FieldPanel("round"), FieldPanel("date")]),
        FieldPanel("required"),
        InlinePanel(
            "results",
            heading=_("Results"),
            panels=[
                FieldRowPanel([FieldPanel("state"), FieldPanel("votes")]),
                FieldPanel("candidature"),
                FieldPanel("is_elected"),
            ],
        ),
    ]


class ElectionsGroup(ViewSetGroup):
    """One entry of the admin's menu for all records of CandiWeb."""

    menu_label = _("Elections")
    menu_icon = "tick-inverse"
    menu_order = 310
    items = (ElectionViewSet, CandidatureViewSet, BallotViewSet, BodyViewSet)
