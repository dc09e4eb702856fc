"""What of a page would be sent to the service: pieces that wait, and that may leave the house."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User

from cms.access.audiences import PORTAL, PUBLIC, audience_of
from cms.access.writing import writable_languages
from cms.languages import codes, segments
from cms.languages.fingerprints import normalise_text
from cms.languages.machine import configured_provider
from cms.pages.models import Page

from ..models import Failure
from ..side_by_side.sheet import PieceState, Row, Sheet, sheet_of

#: Kinds of text in MACHINE_TRANSLATION_SENDS: what anybody can read already; what is not published
#: yet; what only permanent missions may read.
DRAFT = "draft"
SENDS = frozenset({PUBLIC, DRAFT, PORTAL})


@dataclass(frozen=True)
class Plan:
    """What a proposal for one language of a page would be.

    `draft`: as it was read; `rows`: pieces to be sent; `withheld`: how many wait as well but may
    not be sent; `refusal`: why nothing would be sent, None where something would.
    """

    draft: Page
    source: str
    target: str
    rows: tuple[Row, ...] = ()
    withheld: int = 0
    refusal: Failure | None = None

    @property
    def words(self) -> int:
        """Words (Chinese: characters) to be sent."""
        return sum(segments.words(row.pair.source, self.source) for row in self.rows)


def is_on() -> bool:
    """Whether a service is named in the settings."""
    return configured_provider() is not None


def may_propose(user: User, page: Page, target: str) -> bool:
    """Whether a user may let a machine write into a language of a page now: whoever may write it
    themselves."""
    permissions = page.permissions_for_user(user)
    return (
        target != page.source_language
        and not page.alias_of_id
        and target in writable_languages(user, page)
        and permissions.can_edit()
        and not permissions.page_locked()
    )


def plan_for(page: Page, source: str, target: str) -> Plan:
    """The plan for a page (its row as it is live). Raises UnknownLanguage, SameLanguage."""
    draft = page.get_latest_revision_as_object()
    sheet = sheet_of(draft, codes.get(source).code, codes.get(target).code)
    waiting = [row for row in sheet.rows if row.is_to_do]
    if not waiting:
        return Plan(draft, source, target, refusal=Failure.NOTHING)
    allowed = _allowed(page, waiting, source, target)
    withheld = len(waiting) - len(allowed)
    whole = _whole_parts(sheet, allowed)
    refusal = None if whole else Failure.NOT_SENT
    return Plan(draft, source, target, tuple(whole), withheld, refusal)


def _allowed(page: Page, rows: list[Row], source: str, target: str) -> list[Row]:
    """The pieces whose source may leave the house."""
    sends = set(settings.MACHINE_TRANSLATION_SENDS)
    if audience_of(page) not in sends & {PUBLIC, PORTAL}:
        return []
    if DRAFT in sends:
        return rows
    published = (
        {normalise_text(pair.source) for pair in segments.pairs(page, source, target)}
        if page.live
        else set()
    )
    return [row for row in rows if normalise_text(row.pair.source) in published]


def _whole_parts(sheet: Sheet, rows: list[Row]) -> list[Row]:
    """Those of these pieces whose part can be brought up to date as a whole.

    A block follows its source as soon as one of its pieces is written: where another one of them
    would stay outdated, nobody would be told of it any more.
    """
    chosen = {row.pair.key for row in rows}
    stuck = {
        (row.pair.field, row.pair.block)
        for row in sheet.rows
        if row.state is PieceState.OUTDATED and row.pair.key not in chosen
    }
    return [row for row in rows if (row.pair.field, row.pair.block) not in stuck]
