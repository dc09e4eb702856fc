"""The three page types of CandiWeb: home, an election, the chart of candidatures."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField

from blocks.fields import ContentField
from cms.access.record_policies import OwnRecordsFormMixin
from cms.candiweb import contexts, representation, selectors
from cms.languages import codes
from cms.languages.fields import column
from cms.languages.names import state_names
from cms.pages.forms import PageForm
from cms.pages.models import Page

from .elections import Election, at_midnight


class OwnElectionForm(OwnRecordsFormMixin, PageForm):
    """Offers elections to those who may change them."""


class CandiWebHomePage(Page):
    """Elections to come and elections held."""

    intro = models.TextField(_("introduction"), blank=True)
    body = ContentField(verbose_name=_("body"))

    api_fields: ClassVar[list[APIField]] = [
        APIField("intro"),
        APIField("body"),
        APIField("upcoming"),
        APIField("recent"),
    ]
    search_kind = "page"
    parent_page_types: ClassVar[list[str]] = ["pages.Page"]
    subpage_types: ClassVar[list[str]] = ["candiweb.ElectionPage", "candiweb.ChartPage"]
    max_count = 1
    template = "candiweb/candiweb_home_page.html"

    class Meta:
        verbose_name = _("CandiWeb home page")
        verbose_name_plural = _("CandiWeb home pages")

    @property
    def upcoming(self) -> list[dict[str, Any]]:
        """For the API: elections to come, the next first."""
        return self._briefs(selectors.upcoming_elections(self))

    @property
    def recent(self) -> list[dict[str, Any]]:
        """For the API: the last elections held."""
        return self._briefs(selectors.recent_elections(self))

    def _briefs(self, elections: list[Election]) -> list[dict[str, Any]]:
        home_url = self.get_full_url() or ""
        return representation.brief_forms(elections, codes.active(), home_url=home_url)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        served = context["served_language"]
        with codes.override(served):
            return context | contexts.home_context(self, request, served)


class ElectionPage(Page):
    """One election: its seats, candidates and ballots."""

    election = models.OneToOneField(
        Election, on_delete=models.PROTECT, related_name="page", verbose_name=_("election")
    )
    intro = models.TextField(_("introduction"), blank=True)
    body = ContentField(verbose_name=_("body"))

    base_form_class = OwnElectionForm
    detail_panels: ClassVar[list[Any]] = [FieldPanel("election")]
    api_fields: ClassVar[list[APIField]] = [
        APIField("intro"),
        APIField("body"),
        APIField("election_record"),
        APIField("seats"),
        APIField("candidatures"),
        APIField("ballots"),
    ]
    search_kind = "election"
    parent_page_types: ClassVar[list[str]] = ["candiweb.CandiWebHomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "candiweb/election_page.html"

    class Meta:
        verbose_name = _("election page")
        verbose_name_plural = _("election pages")

    def _proposed_slug(self) -> str:
        return self.election.slug if self.election_id else super()._proposed_slug()

    @property
    def election_record(self) -> dict[str, Any]:
        """For the API: body, date, session, term, majority."""
        return representation.election_form(self.election, codes.active())

    @property
    def seats(self) -> list[dict[str, Any]]:
        """For the API: seats for each set of regional groups."""
        return [representation.seats_form(seats) for seats in self.election.seats.all()]

    @property
    def candidatures(self) -> list[dict[str, Any]]:
        """For the API: the candidates."""
        found = selectors.candidatures_of(self.election)
        names = state_names([item.state for item in found], codes.active())
        return [representation.candidature_form(item, names) for item in found]

    @property
    def ballots(self) -> list[dict[str, Any]]:
        """For the API: the rounds with their votes."""
        return [representation.ballot_form(item) for item in selectors.ballots_of(self.election)]

    def extra_search_text(self, code: str) -> str:
        """What search finds besides the page's own words: body, States, nominees."""
        election = self.election
        found = list(election.candidatures.all())
        names = state_names([item.state for item in found], code)
        parts = [getattr(election.body, column("name", code)), getattr(election, f"note_{code}")]
        parts += [f"{item.nominee} {names[item.state]}".strip() for item in found]
        return "\n".join(part for part in parts if part)

    @property
    def search_date(self) -> Any:
        """The date by which search sorts: the day of the election, at midnight UTC."""
        return at_midnight(self.election.date)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        served = context["served_language"]
        with codes.override(served):
            return context | contexts.election_context(self, request, served)


class ChartPage(Page):
    """The printable chart of candidatures by body and regional group."""

    intro = models.TextField(_("introduction"), blank=True)

    api_fields: ClassVar[list[APIField]] = [APIField("intro"), APIField("rows")]
    parent_page_types: ClassVar[list[str]] = ["candiweb.CandiWebHomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    template = "candiweb/chart_page.html"

    class Meta:
        verbose_name = _("chart of candidatures")
        verbose_name_plural = _("charts of candidatures")

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For the API: the elections to come with their candidatures."""
        elections = selectors.charted_elections()
        states = [item.state for election in elections for item in election.candidatures.all()]
        names = state_names(states, codes.active())
        return [
            representation.election_form(election, codes.active())
            | {
                "seats": [representation.seats_form(seats) for seats in election.seats.all()],
                "candidatures": [
                    representation.candidature_form(item, names)
                    for item in election.candidatures.all()
                ],
            }
            for election in elections
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        served = context["served_language"]
        with codes.override(served):
            return context | contexts.chart_context(self, request, served)
