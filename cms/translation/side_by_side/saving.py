"""What a translator has typed, put into the latest draft beside what others saved meanwhile.

Each piece is compared with what its writer saw when the form was opened: untouched ones stay as
they are by now, in whatever language; one that somebody else has changed to different words in
the meantime is a conflict, which is told with both wordings and never decided here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.access.writing import writable_languages
from cms.languages import codes, segments, states
from cms.languages.fields import values_in
from cms.languages.fingerprints import fingerprint, normalise_text
from cms.languages.parts import Parts, parts_of
from cms.languages.segments import Pair
from cms.pages.models import Page
from cms.pages.publication import save_draft

from . import journal
from .rich_text import canonical

_SEEN = "seen"


@dataclass(frozen=True)
class Seen:
    """What the writer saw. `revision`: the draft's, None where the page had none; `pieces`: {key:
    digests of the target, as it was stored and as the editor gives it back}."""

    revision: int | None
    pieces: Mapping[str, tuple[str, ...]]

    def dumps(self) -> str:
        """As text, for the form to bring back."""
        return json.dumps([self.revision, self.pieces], separators=(",", ":"))


class NotSeen(ValueError):
    """Raised for a form that does not say what its writer saw: open the page again."""

    def __init__(self) -> None:
        super().__init__("This form does not say what it was opened with: open it again.")


def read_seen(text: str) -> Seen:
    """What `Seen.dumps` wrote. Raises NotSeen."""
    try:
        revision, pieces = json.loads(text)
        told = {str(key): tuple(str(digest) for digest in own) for key, own in pieces.items()}
        return Seen(None if revision is None else int(revision), told)
    except (ValueError, TypeError, AttributeError) as error:
        raise NotSeen from error


def seen_in(draft: Page, found: list[Pair]) -> Seen:
    """What somebody who is shown these pieces sees."""
    return Seen(draft.latest_revision_id, {pair.key: _digests(pair) for pair in found})


class Wanted(StrEnum):
    """What a translator says of the language as they save it."""

    IN_PROGRESS = "in_progress"
    NEEDS_REVIEW = "needs_review"
    READY = "ready"
    #: Ready, and everything says what the source says.
    REVIEWED = "reviewed"
    #: Nothing; what was typed on the way is in progress.
    NOTHING = "nothing"


@dataclass(frozen=True)
class Typed:
    """What a form brings.

    `texts`: by the pieces' keys; `wanted`: what is said of the language; `structure`: make the
    blocks that are missing; `copied`: ids of source blocks to be copied with their words;
    `filled`: fields to be filled with the source's words; `reviewed`: parts (field, block) that
    still say what the source says.
    """

    texts: Mapping[str, str]
    seen: Seen
    wanted: Wanted = Wanted.IN_PROGRESS
    structure: bool = False
    copied: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    reviewed: tuple[tuple[str, str], ...] = ()


_STATUSES = {
    Wanted.IN_PROGRESS: states.Status.IN_PROGRESS,
    Wanted.NEEDS_REVIEW: states.Status.NEEDS_REVIEW,
}
_ACTIONS = {
    Wanted.IN_PROGRESS: journal.SAVED,
    Wanted.NEEDS_REVIEW: journal.SENT,
    Wanted.READY: journal.READY,
    Wanted.REVIEWED: journal.REVIEWED,
    Wanted.NOTHING: journal.REVIEWED,  # of a part
}


@dataclass(frozen=True)
class Clash:
    """A piece that two people changed. `by`: who else; "" where it is not known."""

    pair: Pair
    mine: str
    by: str = ""


@dataclass
class Outcome:
    """`draft`: as it now is; `clashes`: pieces that were not saved; `homeless`: {key: words} of
    pieces that are in neither language any more; `saved`: how many pieces were written."""

    draft: Page
    clashes: list[Clash] = field(default_factory=list)
    homeless: dict[str, str] = field(default_factory=dict)
    saved: int = 0


@transaction.atomic
def save_pieces(page: Page, *, source: str, target: str, typed: Typed, user: User) -> Outcome:
    """Save what was typed into `target` and do what was asked for.

    With a clash nothing is said of the language (it stays in progress) and the rest is saved.
    Raises PermissionDenied for a language that is not the user's, ValidationError of the page.
    """
    if target not in writable_languages(user, page):
        raise PermissionDenied
    Page._base_manager.select_for_update().get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    before = _mark(draft, target)
    outcome = Outcome(draft)
    chosen = _chosen(outcome, source, target, typed)
    segments.fill(draft, source, target, chosen)
    outcome.saved = len(chosen)
    _copy(draft, source, target, typed)
    _note_what_was_seen(draft, target, typed.seen)
    _say(outcome, target, typed)
    if _mark(draft, target) != before:
        _save(outcome, target, typed, user)
    return outcome


def _mark(draft: Page, code: str) -> tuple[Any, ...]:
    """What tells whether anything was changed."""
    stored = [
        value.get_prep_value() if hasattr(value, "get_prep_value") else value
        for value in values_in(draft, code).values()
    ]
    return json.dumps(stored), json.dumps(draft.translations, sort_keys=True)


# --- whose words -----------------------------------------------------------------------------


def _chosen(outcome: Outcome, source: str, target: str, typed: Typed) -> dict[str, str]:
    """The texts to be written; what can't be goes into the outcome."""
    now = {pair.key: pair for pair in segments.pairs(outcome.draft, source, target)}
    chosen: dict[str, str] = {}
    by = ""
    for key, mine in typed.texts.items():
        saw = typed.seen.pieces.get(key, ())
        pair = now.get(key) or now.get(_as_own(key))
        if pair is None:
            if normalise_text(mine) and _digest(mine) not in saw:
                outcome.homeless[key] = mine
            continue
        if _digest(mine) in (*saw, *_digests(pair)):
            continue
        if set(_digests(pair)) & set(saw) or not pair.target:
            chosen[pair.key] = mine
        else:
            by = by or _last_writer(outcome.draft)
            outcome.clashes.append(Clash(pair, mine, by))
    return chosen


def _as_own(key: str) -> str:
    """The key of a piece whose source block was taken out: it is the target's own now."""
    name, _dot, rest = key.partition(".")
    return f"{name}.+{rest}"


def _digests(pair: Pair) -> tuple[str, ...]:
    stored = _digest(pair.target)
    if pair.kind != "html":
        return (stored,)
    again = _digest(canonical(pair.target, pair.features))
    return (stored,) if again == stored else (stored, again)


def _digest(text: str) -> str:
    return fingerprint({"": text})


def _last_writer(draft: Page) -> str:
    revision = Revision.objects.select_related("user").filter(pk=draft.latest_revision_id).first()
    if revision is None or revision.user is None:
        return ""
    return str(revision.user.get_full_name() or revision.user.get_username())


def _copy(draft: Page, source: str, target: str, typed: Typed) -> None:
    if typed.structure:
        segments.copy_structure(draft, source, target)
    if typed.copied:
        segments.copy_structure(draft, source, target, blocks=typed.copied, with_text=True)
    if typed.filled:
        empty = {
            pair.key: pair.source
            for pair in segments.pairs(draft, source, target)
            if pair.field in typed.filled and not pair.block and pair.source and not pair.target
        }
        segments.fill(draft, source, target, empty)


# --- what is known of the language -----------------------------------------------------------


def _note_what_was_seen(draft: Page, target: str, seen: Seen) -> None:
    """Let what was written follow the source as its writer saw it, not as it is by now."""
    source = draft.source_language
    if target == source or seen.revision in (None, draft.latest_revision_id):
        return
    revision = Revision.objects.for_instance(draft).filter(pk=seen.revision).first()
    if revision is None:
        return
    then = parts_of(values_in(revision.as_object(), source), source)
    if _digests_of(then) == _digests_of(parts_of(values_in(draft, source), source)):
        return
    values = values_in(draft, target)
    text = fingerprint(values)
    record: dict[str, Any] = {source: {"text": _SEEN, "source": _SEEN, "parts": then}}
    if target in draft.translations:
        record[target] = draft.translations[target]
    if text == record.get(target, {}).get("text"):
        return
    parts = {source: then, target: parts_of(values, target)}
    told = states.updated_record(record, {source: _SEEN, target: text}, source, parts=parts)
    if target in told:
        draft.translations = {**draft.translations, target: {**told[target], "source": ""}}


def _digests_of(parts: Parts) -> dict[str, list[str]]:
    return {name: states.digests(own) for name, own in parts.items()}


def _say(outcome: Outcome, target: str, typed: Typed) -> None:
    """Review and status, in the draft's record."""
    draft = outcome.draft
    source = draft.source_language
    if target == source:
        return
    record = states.refreshed_record(draft.translations, draft, source)
    if typed.wanted is Wanted.REVIEWED and not outcome.clashes:
        record = states.marked_current(record, target, source)
    elif typed.reviewed:
        record = states.marked_current(record, target, source, parts=typed.reviewed)
    if target in record and (wanted := _wanted(outcome, typed)) is not Wanted.NOTHING:
        status = _STATUSES.get(wanted)
        # A machine's words are a machine's until somebody has said that they are right.
        machine = status is not None and states.is_machine(record, target)
        record = states.with_status(record, target, status, machine=machine)
    draft.translations = record


def _wanted(outcome: Outcome, typed: Typed) -> Wanted:
    """What is said of the language after all: nothing goes out on the way to something else."""
    touched = outcome.saved or typed.structure or typed.copied or typed.filled
    if outcome.clashes or (typed.wanted is Wanted.NOTHING and touched):
        return Wanted.IN_PROGRESS
    return typed.wanted


def _save(outcome: Outcome, target: str, typed: Typed, user: User) -> None:
    draft = outcome.draft
    revision = save_draft(draft, user=user, log_action=False)
    draft.latest_revision = revision
    log(
        instance=draft,
        action=_ACTIONS[_wanted(outcome, typed)],
        user=user,
        revision=revision,
        content_changed=True,
        data={"languages": [codes.get(target).code]},
    )
