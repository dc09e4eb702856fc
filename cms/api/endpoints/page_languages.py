"""Each language of a page: how far it is, and released, withdrawn or planned on its own.

What the admin's panel does, by the same services and for the same people. Publishing a page
(`actions/publish/`) releases all languages that are ready.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Schema
from pydantic import AwareDatetime, Field

from cms.access.releasing import require_release
from cms.languages import codes
from cms.languages.states import State
from cms.pages.models import Page, PageLanguage
from cms.pages.publication import release, schedule, withdraw
from cms.pages.sites import hold_sites

from ..auth import TOKEN
from ..schemas import LanguageCode
from ..writing import require_own_page, told_page
from .page_writes import router
from .pages import PageDetail

StateName = Literal[
    "source",
    "missing",
    "in_progress",
    "needs_review",
    "current",
    "released",
    "outdated",
    "withdrawn",
]


class PageLanguageDetail(Schema):
    """One language of a page. `state`: of its draft; `released`: whether readers see it."""

    language: LanguageCode
    state: StateName
    released: bool
    words_to_go: int
    first_released_at: datetime | None
    last_released_at: datetime | None
    withdrawn_at: datetime | None
    release_at: datetime | None
    withdraw_at: datetime | None


class Languages(Schema):
    languages: Annotated[list[LanguageCode], Field(min_length=1)]


class Plan(Schema):
    """Both empty: nothing is planned any more."""

    language: LanguageCode
    release_at: AwareDatetime | None = None
    withdraw_at: AwareDatetime | None = None


@router.get(
    "/{page_id}/languages/",
    response=list[PageLanguageDetail],
    auth=TOKEN,
    url_name="list_page_languages",
    operation_id="pages_languages_list",
    summary="List the languages of a page",
)
def list_page_languages(request: HttpRequest, page_id: int) -> Any:
    """The six languages of a page, as its people see them: where each draft stands, what is
    released, and what is planned."""
    require_own_page(request, page_id)
    rows = {row.language: row for row in PageLanguage.objects.filter(page=page_id)}
    return [_told(rows.get(code) or PageLanguage(language=code)) for code in codes.CODES]


def _told(row: PageLanguage) -> dict[str, Any]:
    names = ("words_to_go", "first_released_at", "last_released_at", "withdrawn_at")
    return {
        "language": row.language,
        "state": row.state or State.MISSING,
        "released": row.is_released,
        **{name: getattr(row, name) for name in (*names, "release_at", "withdraw_at")},
    }


@router.post(
    "/{page_id}/actions/release_languages/",
    response=PageDetail,
    auth=TOKEN,
    url_name="pages_actions_release_languages",
    operation_id="pages_actions_release_languages",
    summary="Release languages of page",
)
def release_languages(request: HttpRequest, page_id: int, data: Languages) -> Any:
    """Show readers these languages as the latest draft has them; the others stay as they are.
    422 for a language that is not written, or not ready."""
    return _changed(request, page_id, lambda page: release(page, data.languages, user=request.user))


@router.post(
    "/{page_id}/actions/withdraw_languages/",
    response=PageDetail,
    auth=TOKEN,
    url_name="pages_actions_withdraw_languages",
    operation_id="pages_actions_withdraw_languages",
    summary="Withdraw languages of page",
)
def withdraw_languages(request: HttpRequest, page_id: int, data: Languages) -> Any:
    """Take these languages back from readers; their drafts stay. The last one takes the page
    along, which is then not published any more."""
    return _changed(
        request, page_id, lambda page: withdraw(page, data.languages, user=request.user)
    )


def _changed(request: HttpRequest, page_id: int, action: Callable[[Page], object]) -> Any:
    with transaction.atomic():
        _do(request, page_id, action)
        return told_page(request, Page.objects.get(pk=page_id))


def _do(request: HttpRequest, page_id: int, action: Callable[[Page], object]) -> None:
    require_own_page(request, page_id)
    hold_sites(page_id)
    page = Page.objects.get(pk=page_id).specific
    require_release(request.user, page)
    action(page)


@router.post(
    "/{page_id}/actions/schedule_language/",
    response=PageLanguageDetail,
    auth=TOKEN,
    url_name="pages_actions_schedule_language",
    operation_id="pages_actions_schedule_language",
    summary="Plan a language of page",
)
def schedule_language(request: HttpRequest, page_id: int, data: Plan) -> Any:
    """When a language goes out, as the latest draft has it, and when it is taken back. A moment
    that has passed is done at once by the next chore."""
    with transaction.atomic():
        plan = data.dict(include={"release_at", "withdraw_at"})
        rows: list[PageLanguage] = []
        _do(
            request,
            page_id,
            lambda page: rows.append(schedule(page, data.language, **plan, user=request.user)),
        )
        return _told(rows[0])
