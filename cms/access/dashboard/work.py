"""What lies on a desk: drafts, approvals, languages to write, what was published last.

Each selector costs a fixed number of queries and gives at most `SHOWN` entries with the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Window
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState, get_default_page_content_type

from cms.languages import codes
from cms.languages.states import State
from cms.pages.models import Page

from .desk import Desk

SHOWN = 10
#: Pages whose languages are looked at: those changed last.
LOOKED_AT = 300


@dataclass(frozen=True)
class Entry:
    """A page in a list. `note`: what to know of it; `by`: a user's name."""

    title: str
    lang: str
    dir: str
    site: str
    edit_url: str
    when: datetime | None = None
    live_url: str = ""
    note: str = ""
    by: str = ""


@dataclass(frozen=True)
class Cell:
    """One language of a page. `mine`: whether the user writes in it."""

    code: str
    name: str
    state: State
    url: str
    mine: bool


@dataclass(frozen=True)
class LanguageRow:
    """A page with something to write, and its six languages."""

    entry: Entry
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Pile:
    """The first entries of a list, and how many more there are."""

    entries: Sequence[Entry | LanguageRow]
    total: int

    @property
    def more(self) -> int:
        return max(self.total - len(self.entries), 0)


def entry_of(page: Page, desk: Desk, **known: object) -> Entry:
    """A page named in the admin's language. No query for pages of the desk's sites."""
    title, language = page.text("title", codes.active())
    site = desk.site_of(page)
    return Entry(
        title=title or str(page.pk),
        lang=language,
        dir=codes.direction(language),
        site=site.profile.code if site and len(desk.sites) > 1 else "",
        edit_url=edit_url(page.pk),
        live_url=_live_url(page, desk) if page.live else "",
        **known,  # type: ignore[arg-type]
    )


def edit_url(page_id: int, code: str = "") -> str:
    """The editor's address, at the tab of a language if one is named."""
    url = reverse("wagtailadmin_pages:edit", args=[page_id])
    return f"{url}#tab-language_{code}" if code else url


def _live_url(page: Page, desk: Desk) -> str:
    site = desk.site_of(page)
    if site is None:
        return ""
    page._site_profile = site.profile  # saves url_parts its query
    return page.full_url or ""


def drafts(desk: Desk) -> Pile:
    """Pages with changes that the user made and nobody has published. Two queries."""
    mine = Q(latest_revision__user=desk.user) | Q(latest_revision__isnull=True, owner=desk.user)
    pages = list(
        desk.editable_pages.filter(mine, has_unpublished_changes=True)
        .annotate(total=Window(Count("pk")))
        .order_by("-latest_revision_created_at", "-pk")[:SHOWN]
    )
    waiting = _waiting_ids(pages) if pages else set()
    entries = [
        entry_of(
            page,
            desk,
            when=page.latest_revision_created_at,
            note="waiting" if page.pk in waiting else ("changed" if page.live else "new"),
        )
        for page in pages
    ]
    return Pile(entries, pages[0].total if pages else 0)


def _waiting_ids(pages: Sequence[Page]) -> set[int]:
    rows = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id__in=[str(page.pk) for page in pages],
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return {int(pk) for pk in rows.values_list("object_id", flat=True)}


def approvals(desk: Desk) -> Pile:
    """Pages that wait for the user's approval. Two queries.

    Wagtail's own `TaskState.objects.reviewable_by` asks task by task, one or more for each
    mission; every task here is a group's approval, so one query finds them all.
    """
    tasks = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task__active=True,
        task__groupapprovaltask__isnull=False,
        workflow_state__base_content_type=get_default_page_content_type(),
    )
    if not desk.user.is_superuser:
        tasks = tasks.filter(task__groupapprovaltask__groups__user=desk.user).distinct()
    states = list(
        tasks.select_related("workflow_state__requested_by").order_by("-started_at")[: SHOWN + 1]
    )
    pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in states])
    entries = []
    for state in states:
        page = pages.get(int(state.workflow_state.object_id))
        if page is not None:
            sender = state.workflow_state.requested_by
            by = (sender.get_full_name() or sender.get_username()) if sender else ""
            entries.append(entry_of(page, desk, when=state.started_at, by=by))
    total = len(entries) if len(states) <= SHOWN else tasks.count()
    return Pile(entries[:SHOWN], total)


def languages(desk: Desk) -> Pile:
    """Pages of which a language that the user writes in is outdated or missing, the outdated
    first. One query; looks at the pages that were changed last."""
    pages = desk.editable_pages.order_by("-latest_revision_created_at", "-pk")[:LOOKED_AT]
    rows: list[tuple[int, LanguageRow]] = []
    for page in pages:
        site = desk.site_of(page)
        mine = site.languages if site else frozenset()
        states = page.translation_states(draft=True)
        to_do = [code for code in mine if states[code] in (State.OUTDATED, State.MISSING)]
        if to_do and page.languages:
            outdated = sum(states[code] is State.OUTDATED for code in to_do)
            rows.append((outdated, _language_row(page, desk, states, mine)))
    rows.sort(key=lambda row: -row[0])  # stable: the last changed first among equals
    return Pile([row for _outdated, row in rows[:SHOWN]], len(rows))


def _language_row(
    page: Page, desk: Desk, states: dict[str, State], mine: frozenset[str]
) -> LanguageRow:
    cells = tuple(
        Cell(
            code=language.code,
            name=language.name,
            state=states[language.code],
            url=edit_url(page.pk, language.code),
            mine=language.code in mine,
        )
        for language in codes.LANGUAGES
    )
    return LanguageRow(entry_of(page, desk), cells)


def published(desk: Desk) -> Pile:
    """What was published last on the user's sites. One query."""
    pages = list(
        desk.pages.filter(live=True, last_published_at__isnull=False)
        .annotate(total=Window(Count("pk")))
        .order_by("-last_published_at", "-pk")[:SHOWN]
    )
    entries = [entry_of(page, desk, when=page.last_published_at) for page in pages]
    return Pile(entries, pages[0].total if pages else 0)
