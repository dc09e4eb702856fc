"""A file beside the pages as they are now: what would be taken, what is only reported, and why a
file is refused."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cms.access.writing import writable_languages
from cms.languages import codes
from cms.languages.exchange import markup
from cms.languages.exchange.documents import (
    HTML,
    Document,
    Refused,
    SegmentState,
    Unit,
    as_kind,
    canonical,
    digest,
)
from cms.languages.segments import Pair, pairs
from cms.pages.models import Page

from .outgoing import name_of

REVIEWED = (SegmentState.REVIEWED, SegmentState.FINAL)
_ORIGINAL = re.compile(r"(?P<site>[a-z0-9-]{1,32})/(?P<page>\d{1,18})")


class Outcome(StrEnum):
    """What becomes of one text of a file."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    SOURCE_CHANGED = "source_changed"
    CONFLICT = "conflict"
    UNFINISHED = "unfinished"
    GONE = "gone"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS: dict[Outcome, str | Promise] = {
    Outcome.TAKEN: pgettext_lazy("text of a translation file", "Taken"),
    Outcome.UNCHANGED: pgettext_lazy("text of a translation file", "Unchanged"),
    Outcome.SOURCE_CHANGED: gettext_lazy("The source has changed since the file was made"),
    Outcome.CONFLICT: gettext_lazy("Somebody has changed the translation since the file was made"),
    Outcome.UNFINISHED: gettext_lazy("The file says that this text is not translated yet"),
    Outcome.GONE: gettext_lazy("This text is no longer on the page"),
}
#: Those that are not taken unless somebody asks for them, one by one.
ASKED = (Outcome.SOURCE_CHANGED, Outcome.CONFLICT, Outcome.UNFINISHED)


class FileRefused(ValueError):
    """Raised for a file of which nothing is taken. `problems`: each with its line."""

    def __init__(self, problems: Sequence[Refused]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Line:
    """One text of the file. `pair`: as the page has it now, None where it is gone; `text`: the
    translation in the file, in the page's own form; `problem`: why it can't be taken even when
    asked for; `token`: what is said to ask for it, of this state of affairs and no other."""

    unit: Unit
    outcome: Outcome
    pair: Pair | None = None
    text: str = ""
    problem: str = ""
    token: str = ""

    @property
    def may_be_asked_for(self) -> bool:
        return self.outcome in ASKED and not self.problem

    @property
    def label(self) -> str:
        return self.pair.label if self.pair else self.unit.note or self.unit.key

    @property
    def shows_old_source(self) -> bool:
        return self.outcome == Outcome.SOURCE_CHANGED


@dataclass
class PagePlan:
    """What a file says about one page. `draft`: the latest revision."""

    page: Page
    draft: Page
    document: Document
    lines: list[Line] = field(default_factory=list)

    @property
    def target(self) -> str:
        return self.document.target_language

    @property
    def source(self) -> str:
        return self.document.source_language

    def of(self, *outcomes: Outcome) -> list[Line]:
        """The lines with one of these outcomes."""
        return [line for line in self.lines if line.outcome in outcomes]

    @property
    def reported(self) -> list[Line]:
        """What is not taken, and somebody ought to know."""
        return self.of(*ASKED, Outcome.GONE)


def plan(documents: Sequence[Document], *, user: User, only: Page | None = None) -> list[PagePlan]:
    """What would come of a file, page by page; nothing is changed.

    `user`: who brings it; `only`: the page that it has to be of. Raises FileRefused with everything
    that is wrong.
    """
    problems: list[Refused] = []
    plans: list[PagePlan] = []
    seen: set[str] = set()
    for document in documents:
        try:
            if document.original in seen:
                raise Refused(_("This page is there twice."), line=document.line)
            seen.add(document.original)
            plans.append(_page_plan(document, user, only))
        except Refused as refused:
            problems.append(refused)
        except FileRefused as refused_texts:
            problems += refused_texts.problems
    if problems:
        raise FileRefused(problems)
    return plans


def _page_plan(document: Document, user: User, only: Page | None) -> PagePlan:
    page = _page(document, user)
    if only is not None and page.pk != only.pk:
        raise Refused(_("It is of another page."), line=document.line)
    made = PagePlan(page, page.get_latest_revision_as_object(), document)
    _check_languages(made, user)
    now = {pair.key: pair for pair in pairs(made.draft, made.source, made.target)}
    problems = []
    for unit in document.units:
        try:
            made.lines.append(_line(unit, now.get(unit.key), page))
        except Refused as refused:
            problems.append(refused)
    if problems:
        raise FileRefused(problems)
    return made


def _page(document: Document, user: User) -> Page:
    """The page that a document names. A stranger's page is refused like one that is not there."""
    found = _ORIGINAL.fullmatch(document.original)
    page = Page.objects.filter(pk=int(found["page"])).first() if found else None
    if page is None or not page.permissions_for_user(user).can_edit():
        raise Refused(
            _("There is no page “%(name)s” that you may translate.") % {"name": document.original},
            line=document.line,
        )
    if name_of(page) != document.original:
        raise Refused(
            _("There is no page “%(name)s” that you may translate.") % {"name": document.original},
            line=document.line,
        )
    if page.permissions_for_user(user).page_locked():
        raise Refused(
            _("The page “%(title)s” is locked: ask whoever locked it.")
            % {"title": page.get_admin_display_title()},
            line=document.line,
        )
    specific: Page = page.specific
    return specific


def _check_languages(made: PagePlan, user: User) -> None:
    source, target = codes.get(made.source), codes.get(made.target)
    line = made.document.line
    if made.draft.source_language != source.code:
        raise Refused(
            _("The page is translated from %(now)s, the file from %(then)s: export it again.")
            % {"now": codes.get(made.draft.source_language).name, "then": source.name},
            line=line,
        )
    if source == target:
        raise Refused(_("The file translates a language into itself."), line=line)
    if target.code not in writable_languages(user, made.page):
        raise Refused(
            _("You may not write this page in %(language)s.") % {"language": target.name},
            line=line,
        )


def _line(unit: Unit, pair: Pair | None, page: Page) -> Line:
    """What becomes of one text. Raises Refused for broken markup, a text that is too long and one
    that can't be stored."""
    if pair is None:
        return Line(unit, Outcome.GONE)
    text = canonical(as_kind(unit.target, unit.kind, pair.kind), pair.kind)
    then = as_kind(unit.source, unit.kind, pair.kind)
    new, known = digest(text, pair.kind), digest(pair.target, pair.kind)
    if not new:
        return _emptied(unit, pair)
    if new in (known, unit.target_digest):
        # As it is, or as it was sent out: the translator has nothing to say here.
        return Line(unit, Outcome.UNCHANGED, pair, text)
    _check(text, then, pair, unit)
    outcome = _outcome(unit, pair, then)
    problem = ""
    if outcome != Outcome.TAKEN and pair.kind == HTML:
        try:
            markup.check(text, pair.source, known=pair.target)
        except markup.BrokenMarkup as broken:
            problem = str(broken)
    now = digest(pair.source, pair.kind)
    token = "|".join([str(page.pk), pair.key, now, known, new])
    return Line(unit, outcome, pair, text, problem, token)


def _emptied(unit: Unit, pair: Pair) -> Line:
    """A text without a translation: it had none, or the translator has deleted it."""
    if not unit.target_digest:
        return Line(unit, Outcome.UNCHANGED, pair)
    return Line(unit, Outcome.UNFINISHED, pair, problem=_("The file has no translation of it."))


def _outcome(unit: Unit, pair: Pair, then: str) -> Outcome:
    now = digest(pair.source, pair.kind)
    if unit.state == SegmentState.INITIAL:
        return Outcome.UNFINISHED
    if now != digest(then, pair.kind) or unit.source_digest not in (None, now):
        return Outcome.SOURCE_CHANGED
    known = digest(pair.target, pair.kind)
    sent_out = unit.target_digest if unit.target_digest is not None else ""
    return Outcome.TAKEN if known == sent_out else Outcome.CONFLICT


def _check(text: str, then: str, pair: Pair, unit: Unit) -> None:
    if "\x00" in text:
        raise Refused(_("There is a character in it that can't be stored."), line=unit.line)
    if pair.kind == HTML:
        try:
            markup.check(text, then, known=pair.target)
        except markup.BrokenMarkup as broken:
            raise Refused(f"{pair.label}: {broken}", line=unit.line) from broken
    elif not pair.lines and re.search(r"[\r\n]", text):
        raise Refused(
            _("%(label)s: this text has one line only.") % {"label": pair.label}, line=unit.line
        )
    if pair.max_length is not None and len(text) > pair.max_length:
        raise Refused(
            _("%(label)s: %(there)d characters; %(most)d are the most.")
            % {"label": pair.label, "there": len(text), "most": pair.max_length},
            line=unit.line,
        )


def chosen_lines(made: PagePlan, chosen: Collection[str]) -> list[Line]:
    """What is taken, with what somebody has asked for."""
    return [
        line
        for line in made.lines
        if line.outcome == Outcome.TAKEN or (line.may_be_asked_for and line.token in chosen)
    ]
