"""The parity gate: what of a set is ready to go out, and what it waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cms.languages import codes, states
from cms.languages.states import State
from cms.pages.models import Page, SiteProfile

from ..board.selectors import title_of
from ..models import ReleaseItem, ReleaseSet

#: States in which a language says what its source says, and nobody is still at work on it.
READY = (State.SOURCE, State.CURRENT)


@dataclass(frozen=True)
class Check:
    """One language of one page. `goes`: whether it is to go out; `required`: whether the set waits
    for it; `reason`: why it is not ready, "" where it is."""

    code: str
    state: State
    goes: bool
    required: bool
    reason: str

    @property
    def is_ready(self) -> bool:
        return not self.reason

    @property
    def blocks(self) -> bool:
        """Whether nothing goes out because of it."""
        return self.required and not self.is_ready


@dataclass(frozen=True)
class PageCheck:
    """One page of a set. `reason`: why the page itself can't go out, "" where it can; `checks`:
    its six languages."""

    item: ReleaseItem
    title: str
    language: codes.Language
    reason: str = ""
    checks: Sequence[Check] = field(default_factory=tuple)

    @property
    def going(self) -> list[str]:
        """The codes of the languages that go out when the set does."""
        return [check.code for check in self.checks if check.goes and check.is_ready]

    @property
    def is_blocked(self) -> bool:
        return bool(self.reason) or any(check.blocks for check in self.checks)


def look(release_set: ReleaseSet) -> list[PageCheck]:
    """Every page of a set, as it stands now. Three queries, and one for each page whose words are
    fixed."""
    site = SiteProfile.objects.select_related("site__root_page").get(pk=release_set.site_id)
    home = site.site.root_page.path
    items = ReleaseItem.objects.filter(release_set=release_set.pk).select_related(
        "page", "revision"
    )
    return [_look_at(item, release_set, home) for item in items]


def blocked(found: Sequence[PageCheck]) -> list[dict[str, Any]]:
    """What a set waits for, as its report keeps it: page by page, language by language."""
    lines: list[dict[str, Any]] = []
    for one in found:
        line = {"page": one.item.page_id, "title": one.title}
        if one.reason:
            lines.append(line | {"language": "", "reason": one.reason})
        lines += [
            line | {"language": check.code, "reason": check.reason}
            for check in one.checks
            if check.blocks and not one.reason
        ]
    return lines


def _look_at(item: ReleaseItem, release_set: ReleaseSet, home: str) -> PageCheck:
    page = item.page
    if page is None:
        reason = _("This page has been deleted: take it out of the set.")
        return PageCheck(item, item.title or "–", codes.get(codes.active()), reason)
    title, code = title_of(page)
    language = codes.get(code)
    if not page.path.startswith(home):
        reason = _("This page is on another site now: take it out of the set.")
        return PageCheck(item, title, language, reason)
    if item.is_fixed and item.revision is None:
        reason = _("The words that were fixed are gone: save the set again, or let the latest go.")
        return PageCheck(item, title, language, reason)
    record, source = _record_of(item, page)
    checks = _checks(item, release_set, record, source)
    nothing = not any(check.goes and check.is_ready for check in checks)
    waits = any(check.blocks for check in checks)
    reason = _("None of its languages is ready to go out.") if nothing and not waits else ""
    return PageCheck(item, title, language, reason, checks)


def _record_of(item: ReleaseItem, page: Page) -> tuple[states.Record, str]:
    """(record, source language) of the words that would go out."""
    if item.is_fixed and item.revision is not None:
        draft = item.revision.as_object()
        return draft.translations, draft.source_language
    return page.draft_translations or page.translations, page.source_language


def _checks(
    item: ReleaseItem, release_set: ReleaseSet, record: states.Record, source: str
) -> list[Check]:
    found: Mapping[str, State] = states.states(record, source)
    going, required = item.languages_of(release_set), set(release_set.required_languages)
    return [
        Check(
            code=code,
            state=found[code],
            goes=code in going,
            required=code in required,
            reason=_reason(found[code], code),
        )
        for code in codes.CODES
    ]


def _reason(state: State, code: str) -> str:
    if state in READY:
        return ""
    name = {"language": codes.get(code).name}
    if state is State.MISSING:
        return _("%(language)s is missing.") % name
    if state is State.IN_PROGRESS:
        return _("%(language)s is still being written.") % name
    if state is State.NEEDS_REVIEW:
        return _("%(language)s waits for its review.") % name
    return _("%(language)s is outdated: the source has changed since.") % name
