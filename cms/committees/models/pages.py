"""The two page types of a committee's site: its home, and a session with its sections."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.url_routing import RouteResult

from blocks.fields import ContentField
from cms.access.record_policies import OwnRecordsFormMixin
from cms.committees import representation, selectors
from cms.committees.contexts import home_context, session_context
from cms.languages import codes
from cms.languages.fields import column
from cms.languages.names import state_names
from cms.pages.forms import PageForm
from cms.pages.models import Page

from .bureau import Committee, CommitteeSession
from .fields import at_midnight


class OwnCommitteeForm(OwnRecordsFormMixin, PageForm):
    """Offers the committees and sessions of which the editor is a secretary, and no other."""


class CommitteeHomePage(Page):
    """The home of a Main Committee's site: its mandate, the current session, earlier ones."""

    committee = models.OneToOneField(
        Committee, on_delete=models.PROTECT, related_name="home_page", verbose_name=_("committee")
    )
    intro = models.TextField(_("introduction"), blank=True)
    body = ContentField(verbose_name=_("body"))

    base_form_class = OwnCommitteeForm
    detail_panels: ClassVar[list[Any]] = [FieldPanel("committee")]
    api_fields: ClassVar[list[APIField]] = [
        APIField("committee_code"),
        APIField("series"),
        APIField("mandate"),
        APIField("intro"),
        APIField("body"),
        APIField("sessions"),
    ]
    search_kind = "committee"
    parent_page_types: ClassVar[list[str]] = ["pages.Page"]
    subpage_types: ClassVar[list[str]] = ["committees.SessionPage"]
    template = "committees/committee_home_page.html"

    class Meta:
        verbose_name = _("committee home page")
        verbose_name_plural = _("committee home pages")

    @property
    def committee_code(self) -> str:
        """For the API: "c3"."""
        return self.committee.code

    @property
    def series(self) -> str:
        """For the API: "A/C.3"."""
        return self.committee.series

    @property
    def mandate(self) -> str:
        """For the API: the mandate in the active language."""
        return self.committee.mandate

    @property
    def sessions(self) -> list[dict[str, Any]]:
        """For the API: the sessions that have a live page, the latest first."""
        home_url = self.get_full_url() or ""
        return [
            representation.session_form(page.session, codes.active())
            | {"page": page.pk, "html_url": f"{home_url}{page.slug}/"}
            for page in self.session_pages()
        ]

    def session_pages(self) -> list[SessionPage]:
        """The live pages of this committee's sessions, the latest first. One query."""
        pages = SessionPage.objects.filter(path__startswith=self.path, live=True)
        return list(
            pages.select_related("session", "session__committee").order_by("-session__number")
        )

    def extra_search_text(self, code: str) -> str:
        """What search finds besides the page's own words: the committee's names and mandate."""
        return "\n".join(
            filter(
                None,
                (getattr(self.committee, column(name, code)) for name in ("name", "mandate")),
            )
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        served = context["served_language"]
        with codes.override(served):
            return context | home_context(self, request, language=served)


class SessionPage(Page):
    """One session's page and its sections: /en/78/, /en/78/drafts/, /en/78/drafts/l-14/.

    The slug is the session's number, so that an old session keeps its address when a new one
    becomes current.
    """

    session = models.OneToOneField(
        CommitteeSession, on_delete=models.PROTECT, related_name="page", verbose_name=_("session")
    )
    intro = models.TextField(_("introduction"), blank=True)
    body = ContentField(verbose_name=_("body"))

    base_form_class = OwnCommitteeForm
    detail_panels: ClassVar[list[Any]] = [FieldPanel("session")]
    api_fields: ClassVar[list[APIField]] = [
        APIField("intro"),
        APIField("body"),
        APIField("committee_session"),
        APIField("bureau"),
        APIField("agenda"),
        APIField("meetings"),
        APIField("drafts"),
        APIField("statements"),
    ]
    search_kind = "session"
    parent_page_types: ClassVar[list[str]] = ["committees.CommitteeHomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "committees/session_page.html"
    #: Addresses below the page. The order is that of the menu.
    SECTIONS: ClassVar[tuple[str, ...]] = ("bureau", "agenda", "programme", "drafts", "statements")

    class Meta:
        verbose_name = _("session page")
        verbose_name_plural = _("session pages")

    def clean(self) -> None:
        super().clean()
        parent = getattr(self, "_cached_parent_obj", None) or (
            self.get_parent() if self.path else None
        )
        home = parent.specific if parent is not None else None
        if (
            self.session_id
            and isinstance(home, CommitteeHomePage)
            and home.committee_id != self.session.committee_id
        ):
            raise ValidationError({"session": _("Choose a session of this site's committee.")})

    def _proposed_slug(self) -> str:
        return self.session.slug if self.session_id else super()._proposed_slug()

    # --- addresses below the page --------------------------------------------------------------

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """The sections, and a draft proposal below "drafts"; everything else is Wagtail's."""
        if self.live and path_components and path_components[0] in self.SECTIONS:
            section, *rest = path_components
            if not rest:
                return RouteResult(self, kwargs={"section": section})
            if section == "drafts" and len(rest) == 1:
                return RouteResult(self, kwargs={"section": "draft", "slug": rest[0]})
        return super().route(request, path_components)

    def get_template(
        self, request: HttpRequest, *args: Any, section: str = "overview", **kwargs: Any
    ) -> str:
        """One template a section."""
        return self.template if section == "overview" else f"committees/session_{section}.html"

    def get_context(
        self,
        request: HttpRequest,
        *args: Any,
        section: str = "overview",
        slug: str = "",
        **kwargs: Any,
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        with codes.override(context["served_language"]):
            return session_context(self, request, context, section=section, slug=slug)

    def section_url(self, section: str, code: str, request: HttpRequest | None = None) -> str:
        """The address of a section ("drafts", "drafts/l-14") in a language."""
        return f"{self.url_in(code, request)}{section}/" if section else self.url_in(code, request)

    # --- API and search ------------------------------------------------------------------------

    @property
    def committee_session(self) -> dict[str, Any]:
        """For the API: the session itself."""
        return representation.session_form(self.session, codes.active())

    @property
    def bureau(self) -> list[dict[str, Any]]:
        """For the API: the officers."""
        officers = selectors.bureau_of(self.session)
        names = state_names(selectors.states_named_by(officers=officers), codes.active())
        return [representation.officer_form(officer, names) for officer in officers]

    @property
    def agenda(self) -> list[dict[str, Any]]:
        """For the API: the agenda items."""
        items = selectors.agenda_of(self.session)
        return [representation.agenda_form(item, codes.active()) for item in items]

    @property
    def meetings(self) -> list[dict[str, Any]]:
        """For the API: the programme of work."""
        meetings = selectors.meetings_of(self.session)
        return [representation.meeting_form(meeting, codes.active()) for meeting in meetings]

    @property
    def drafts(self) -> list[dict[str, Any]]:
        """For the API: the draft proposals."""
        drafts = list(selectors.drafts_of(self.session)[: selectors.MOST])
        language = codes.active()
        names = state_names(selectors.states_named_by(drafts=drafts), language)
        return [representation.draft_form(draft, language, names) for draft in drafts]

    @property
    def statements(self) -> list[dict[str, Any]]:
        """For the API: the statements."""
        statements = list(selectors.statements_of(self.session)[: selectors.MOST])
        language = codes.active()
        names = state_names(selectors.states_named_by(statements=statements), language)
        return [representation.statement_form(item, language, names) for item in statements]

    def extra_search_text(self, code: str) -> str:
        """What search finds besides the page's own words: agenda, theme, bureau."""
        session = self.session
        parts = [str(session), getattr(session, column("theme", code))]
        parts += [
            f"{item.number} {getattr(item, column('title', code)) or ''}".strip()
            for item in session.agenda_items.all()
        ]
        parts += [officer.name for officer in session.officers.all()]
        return "\n".join(part for part in parts if part)

    @property
    def search_date(self) -> Any:
        """The date by which search sorts: the session's opening, at midnight UTC."""
        return at_midnight(self.session.opened_on)
