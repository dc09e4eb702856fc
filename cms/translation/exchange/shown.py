"""Reports as people read them."""

from __future__ import annotations

from dataclasses import dataclass

from cms.languages import codes
from cms.languages.codes import Language
from cms.languages.exchange import markup
from cms.languages.exchange.documents import HTML, as_kind

from .incoming import Report
from .planning import Line, Outcome, PagePlan

#: Texts that a page of ours lists as taken; more are counted.
LISTED = 300


@dataclass(frozen=True)
class ShownLine:
    """One text: what was, what is, what the file brings; "" where there is nothing to say."""

    label: str
    outcome: str
    file_line: int
    source_then: str
    source_now: str
    target_now: str
    target_new: str
    problem: str
    token: str


@dataclass(frozen=True)
class ShownPage:
    """One page of a file. `unchanged`: how many texts are as they were."""

    pk: int
    title: str
    title_language: Language
    source: Language
    target: Language
    asked: list[ShownLine]
    taken: list[ShownLine]
    taken_count: int
    unchanged: int


def shown_pages(report: Report) -> list[ShownPage]:
    """The report, page by page."""
    left = LISTED
    pages = []
    for one in report.pages:
        taken = [_line(line) for line in one.plan.of(Outcome.TAKEN)]
        pages.append(_page(one.plan, taken[:left], len(taken)))
        left = max(0, left - len(taken))
    return pages


def _page(plan: PagePlan, taken: list[ShownLine], taken_count: int) -> ShownPage:
    title, language = plan.draft.text("title", codes.active())
    return ShownPage(
        pk=plan.page.pk,
        title=title,
        title_language=codes.get(language),
        source=codes.get(plan.source),
        target=codes.get(plan.target),
        asked=[_line(line) for line in plan.reported],
        taken=taken,
        taken_count=taken_count,
        unchanged=len(plan.of(Outcome.UNCHANGED)),
    )


def _line(line: Line) -> ShownLine:
    pair, unit = line.pair, line.unit
    then = as_kind(unit.source, unit.kind, pair.kind if pair else unit.kind)
    is_moved = line.outcome in (Outcome.SOURCE_CHANGED, Outcome.GONE)
    kind = pair.kind if pair else unit.kind
    return ShownLine(
        label=line.label,
        outcome=line.outcome.label,
        file_line=unit.line,
        source_then=words_of(then, kind) if is_moved else "",
        source_now=words_of(pair.source, kind) if pair else "",
        target_now=words_of(pair.target, kind) if pair else "",
        target_new=words_of(line.text or unit.target, kind),
        problem=line.problem,
        token=line.token if line.may_be_asked_for else "",
    )


def words_of(text: str, kind: str) -> str:
    """What a reader reads of a text: no markup, a line a paragraph."""
    if kind != HTML:
        return text
    parts = [part if isinstance(part, str) else _break(part.name) for part in markup.tokens(text)]
    lines = [line.strip() for line in "".join(parts).split("\n")]
    return "\n".join(line for line in lines if line)


def _break(name: str) -> str:
    return "\n" if name in markup.STRUCTURE or name == "br" else ""
