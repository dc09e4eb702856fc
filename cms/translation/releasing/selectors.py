"""What the panel knows of each language of a page."""

from __future__ import annotations

from dataclasses import dataclass

from cms.languages import codes
from cms.languages.states import State
from cms.pages.models import Page, PageLanguage
from cms.pages.publication import reasons_against


@dataclass(frozen=True)
class LanguageLine:
    """One language of a page.

    `row`: what is kept of it; `differs`: whether the draft says something else than readers see;
    `reason`: why it can't be released as it stands, or "".
    """

    language: codes.Language
    row: PageLanguage
    differs: bool
    reason: str

    @property
    def code(self) -> str:
        return self.language.code

    @property
    def state(self) -> State:
        return State(self.row.state)

    @property
    def is_written(self) -> bool:
        """Whether the draft has this language at all."""
        return self.state is not State.MISSING

    @property
    def can_go_out(self) -> bool:
        """Whether releasing it would show readers something else than they see."""
        return not self.reason and (self.differs or not self.row.is_released)

    @property
    def is_ready(self) -> bool:
        """Whether it goes out with all that are ready: what was withdrawn is released by name."""
        return self.can_go_out and not self.row.withdrawn_at


def language_lines(page: Page, draft: Page) -> list[LanguageLine]:
    """The six languages of a page, its source first. `draft`: its latest revision. One query."""
    rows = {row.language: row for row in PageLanguage.objects.filter(page=page.pk)}
    reasons = reasons_against(draft, codes.CODES)
    lines = []
    for language in codes.LANGUAGES:
        code = language.code
        row = rows.get(code) or PageLanguage(page=page, language=code, state=State.MISSING)
        words = draft.translations.get(code, {}).get("text", "")
        lines.append(
            LanguageLine(
                language=language,
                row=row,
                differs=row.is_released and words != row.released_digest,
                reason=reasons.get(code, ""),
            )
        )
    return sorted(lines, key=lambda line: line.code != page.source_language)
