"""Each language of a page released, withdrawn and scheduled on its own.

A revision holds the draft of all six languages; the page's row holds the words of the released
ones alone, and empty columns for the others. So whatever reads the row (pages, API, feeds, search,
sitemaps) shows what is released without asking. See docs/adr/0011-each-language-its-own-life.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision
from wagtail.signals import page_published

from cms.languages import codes, states
from cms.languages.fields import column, translated_fields
from cms.languages.fingerprints import normalise_value

from . import journal
from .conflicts import Conflict
from .language_models import PageLanguage
from .merging import merge

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .models import Page


class NotReady(ValidationError):
    """Raised when a language can't be released as it stands; the message says why."""


# --- which languages -----------------------------------------------------------------------------


def ready_languages(draft: Page) -> tuple[str, ...]:
    """The languages of a draft that publishing releases where nobody chooses: those that are
    written, that nobody is still at work on or has to review, and that were not withdrawn.
    One query."""
    held = _held_languages(draft)
    return tuple(code for code in draft.languages if code not in held)


def _held_languages(draft: Page) -> set[str]:
    """Those, written or not, that are withdrawn, or that somebody is at work on or reviews."""
    at_work = {code for code in codes.CODES if states.status_of(draft.translations, code)}
    return at_work.union(withdrawn_languages(draft))


def held_back(draft: Page) -> tuple[str, ...]:
    """The languages of a draft that ordinary publishing leaves as readers see them."""
    ready = ready_languages(draft)
    return tuple(code for code in draft.languages if code not in ready)


def withdrawn_languages(page: Page) -> set[str]:
    """The languages of a page that were taken back and not released since. One query."""
    rows = PageLanguage.objects.filter(page=page.pk, withdrawn_at__isnull=False)
    return set(rows.values_list("language", flat=True))


def reasons_against(draft: Page, languages: Iterable[str]) -> dict[str, str]:
    """{code: reason} for those of these languages that can't be released as they stand."""
    found = {}
    for code in languages:
        reason = _reason_against(draft, code)
        if reason:
            found[code] = reason
    return found


def _reason_against(draft: Page, code: str) -> str:
    name = codes.get(code).name
    if code not in draft.languages:
        return _("%(language)s has no title yet: write it first.") % {"language": name}
    status = states.status_of(draft.translations, code)
    if status is states.Status.IN_PROGRESS:
        return _("%(language)s is still being written: mark it as ready first.") % {
            "language": name
        }
    if status is states.Status.NEEDS_REVIEW:
        return _("%(language)s waits for its review: mark it as reviewed first.") % {
            "language": name
        }
    return ""


# --- what publishing writes ----------------------------------------------------------------------


def hold_back(draft: Page, stored: Page | None) -> None:
    """Turn a draft into what goes live: the languages that are released in it, and the others as
    they are live now, if the page is. `stored`: its row as it is; None for a new page.

    `draft.languages_to_release`: the choice; None for those that are ready. Raises NotReady when
    nothing would be left.
    """
    live = stored if stored is not None and stored.live else None
    if stored is not None:
        draft.draft_translations = stored.draft_translations
    chosen = draft.languages_to_release
    held = _held_languages(draft) if chosen is None else set(codes.CODES).difference(chosen)
    differs = _keep_words(draft, live, held)
    draft.has_unpublished_changes = draft.has_unpublished_changes or differs
    if not draft.languages:
        raise NotReady(_("No language of this page is ready to be released."))


def _keep_words(draft: Page, live: Page | None, kept: Collection[str]) -> bool:
    """Give these languages of a page and its children the words that are live, or none; say whether
    that changed any."""
    differs = _keep_columns(draft, live, kept)
    for relation in get_all_child_relations(type(draft)):
        differs |= _keep_children(draft, live, relation.get_accessor_name(), kept)
    return differs


def _keep_columns(draft: models.Model, live: models.Model | None, kept: Collection[str]) -> bool:
    """The same for one object alone."""
    differs = False
    for field in translated_fields(type(draft)):
        for code in kept:
            name = column(field, code)
            now = getattr(live, name) if live is not None else _nothing(draft, name)
            differs |= normalise_value(getattr(draft, name)) != normalise_value(now)
            setattr(draft, name, now)
    return differs


def _nothing(instance: models.Model, name: str) -> Any:
    field = instance._meta.get_field(name)
    return None if getattr(field, "null", False) else field.to_python("")  # type: ignore[union-attr]


def _keep_children(draft: Page, live: Page | None, relation: str, kept: Collection[str]) -> bool:
    stored = {child.pk: child for child in getattr(live, relation).all()} if live else {}
    differs = False
    for child in getattr(draft, relation).all():
        differs |= _keep_columns(child, stored.get(child.pk), kept)
    return differs


def remember_children(page: Page) -> None:
    """Write the ids of children that were just made into the revision that they come from, or the
    next publication would make them anew and find nothing live to keep."""
    revision = page.live_revision
    if revision is None:
        return
    changed = False
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        told = revision.content.get(name, [])
        for row, child in zip(told, getattr(page, name).all(), strict=False):
            if row.get("pk") is None:
                row["pk"], changed = child.pk, True
    if changed:
        revision.save(update_fields=["content"])


# --- verbs ---------------------------------------------------------------------------------------


@transaction.atomic
def release(
    page: Page,
    languages: Collection[str],
    *,
    user: User | None = None,
    revision: Revision | None = None,
) -> None:
    """Show readers these languages as the revision (the latest) has them; the others stay as they
    are. Who may is asked by the caller. Raises NotReady, and then nothing has changed."""
    stored = _stored(page)
    revision = revision or _draft_revision(stored, user)
    draft = revision.as_object()
    wanted = frozenset(codes.get(code).code for code in languages)
    reasons = reasons_against(draft, wanted)
    if reasons:
        raise NotReady(list(reasons.values()))
    if stored.live and stored.live_revision_id and revision.pk < stored.live_revision_id:
        _release_older_words(stored, draft, wanted)
    else:
        stored.publish(revision, user=user, log_action=False, languages=wanted)
    journal.note(stored, journal.RELEASED, sorted(wanted), user=user, revision=revision)
    _forget_plan(stored, wanted, release_at=None, release_revision=None)


def _release_older_words(stored: Page, draft: Page, languages: Collection[str]) -> None:
    """Put a language of an older draft into the page as it is live: what all languages share has
    moved on since and stays."""
    fresh = type(stored).objects.get(pk=stored.pk)
    _keep_words(fresh, draft, languages)
    _save_live(fresh)


@transaction.atomic
def withdraw(page: Page, languages: Collection[str], *, user: User | None = None) -> None:
    """Take these languages back from readers; the drafts stay. The last one takes the page along,
    which is then not published any more."""
    stored = _stored(page)
    _draft_revision(stored, user)
    wanted = [code for code in codes.CODES if code in languages and code in stored.languages]
    if not stored.live or not wanted:
        return
    if set(wanted) == set(stored.languages):
        stored.unpublish(user=user)
    else:
        _keep_words(stored, None, wanted)
        stored.has_unpublished_changes = True
        _save_live(stored)
    rows = PageLanguage.objects.filter(page=stored.pk, language__in=wanted)
    rows.update(withdrawn_at=timezone.now(), withdraw_at=None)
    stored.note_languages()
    journal.note(stored, journal.WITHDRAWN, wanted, user=user)


@transaction.atomic
def schedule(
    page: Page,
    language: str,
    *,
    release_at: datetime | None = None,
    withdraw_at: datetime | None = None,
    user: User | None = None,
) -> PageLanguage:
    """Plan when a language goes out, as the latest draft has it, and when it is taken back; None:
    not planned. Raises NotReady, and ValidationError for an end before the beginning."""
    stored = _stored(page)
    code = codes.get(language).code
    if release_at and withdraw_at and withdraw_at <= release_at:
        raise ValidationError(_("A language can't be withdrawn before it is released."))
    revision = None
    if release_at:
        revision = _draft_revision(stored, user)
        reasons = reasons_against(revision.as_object(), [code])
        if reasons:
            raise NotReady(list(reasons.values()))
    stored.note_languages()
    row = PageLanguage.objects.get(page=stored.pk, language=code)
    row.release_at, row.withdraw_at, row.release_revision = release_at, withdraw_at, revision
    row.save(update_fields=["release_at", "withdraw_at", "release_revision"])
    plan = {"release_at": release_at, "withdraw_at": withdraw_at}
    journal.note(stored, journal.SCHEDULED, [code], user=user, revision=revision, **plan)
    return row


def publish_due(now: datetime | None = None) -> int:
    """Publish the drafts whose moment has come (Wagtail's go-live of a whole page); give how many.
    One of which no language is ready is taken off the clock, and the page's record says so."""
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now or timezone.now())
    done = 0
    for revision in due.order_by("approved_go_live_at"):
        try:
            revision.publish(log_action="wagtail.publish.scheduled")
        except NotReady as error:
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            _refuse(revision.content_object, [], error)
        else:
            done += 1
    return done


def apply_due(now: datetime | None = None) -> int:
    """Release and withdraw what is due; give how many languages. Safe to call at any time and
    twice: each page is done in a transaction of its own, and what is done is no longer planned."""
    now = now or timezone.now()
    due = models.Q(release_at__lte=now) | models.Q(withdraw_at__lte=now)
    pages = PageLanguage.objects.filter(due).order_by("page").values_list("page", flat=True)
    return sum(_apply_due(pk, due, now) for pk in list(pages.distinct()))


@transaction.atomic
def _apply_due(pk: int, due: models.Q, now: datetime) -> int:
    from .models import Page

    page, done = Page.objects.get(pk=pk), 0
    _stored(page)
    rows = PageLanguage.objects.filter(due, page=pk).select_related("release_revision")
    for row in rows:
        if row.release_at and row.release_at <= now:
            done += _release_due(page, row)
        if row.withdraw_at and row.withdraw_at <= now:
            withdraw(page, [row.language])
            _forget_plan(page, [row.language], withdraw_at=None)
            done += 1
    return done


def _release_due(page: Page, row: PageLanguage) -> int:
    try:
        release(page, [row.language], revision=row.release_revision)
    except NotReady as error:
        # The plan is given up: nobody is there to be asked.
        _refuse(page.specific, [row.language], error)
        _forget_plan(page, [row.language], release_at=None, release_revision=None)
        return 0
    return 1


def _refuse(page: Page, languages: list[str], error: NotReady) -> None:
    journal.note(page, journal.REFUSED, languages, user=None, reason=" ".join(error.messages))


class ChangedMeanwhile(ValidationError):
    """Raised when somebody else has saved other words of the same part since a draft was opened.
    `conflicts`: which, with both wordings; nothing has been saved."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        self.conflicts = conflicts
        super().__init__(
            _("Somebody else has changed the same words meanwhile: look at theirs, and save again.")
        )


@transaction.atomic
def save_draft(draft: Page, *, user: User | None = None, log_action: bool | str = True) -> Revision:
    """Save a draft that a tool of ours has made (side by side, a file, a machine).

    `draft`: what `page.get_latest_revision_as_object()` gave, changed. What others have saved
    since is kept, language by language. Raises ChangedMeanwhile, and ForeignLanguage for what is
    not the user's to write.
    """
    stored = _stored(draft)
    if stored.latest_revision_id != draft.latest_revision_id:
        draft = _merged(draft, stored)
    revision: Revision = draft.save_revision(user=user, log_action=log_action)
    return revision


def _merged(draft: Page, stored: Page) -> Page:
    """A draft that was opened before the latest one, put on top of it."""
    opened = Revision.objects.filter(pk=draft.latest_revision_id).first()
    theirs = stored.get_latest_revision_as_object().serializable_data()
    base = opened.content if opened else stored.serializable_data()
    merged = merge(type(stored), base=base, theirs=theirs, mine=draft.serializable_data())
    if merged.conflicts:
        raise ChangedMeanwhile(merged.conflicts)
    return stored.with_content_json(merged.content)


# --- pieces --------------------------------------------------------------------------------------


def _stored(page: Page) -> Page:
    """The page as it is stored, held until the end of the transaction."""
    from .models import Page as BasePage

    held = BasePage._base_manager.select_for_update().get(pk=page.pk)
    specific: Page = held.specific
    return specific


def _draft_revision(page: Page, user: User | None) -> Revision:
    """The latest revision; one of the page as it is where it has none. Raises NotReady for an
    alias, which shows what its original shows."""
    if page.alias_of_id:
        raise NotReady(_("This page mirrors another one: release or withdraw the languages there."))
    revision = page.latest_revision
    is_draft = page.has_unpublished_changes or not page.live
    if revision is None or not (is_draft or revision.pk == page.live_revision_id):
        # What was imported as live has no draft of its own yet.
        revision = page.save_revision(user=user, clean=False, changed=False)
        type(page)._base_manager.filter(pk=page.pk).update(live_revision=revision)
        page.refresh_from_db(fields=["latest_revision", "live_revision"])
    return revision


def _save_live(page: Page) -> None:
    """Store what readers see, and let everybody know who follows publications."""
    page.save()
    page_published.send(sender=type(page), instance=page, revision=page.live_revision)
    page.update_aliases(revision=page.live_revision)


def _forget_plan(page: Page, languages: Collection[str], **plan: None) -> None:
    PageLanguage.objects.filter(page=page.pk, language__in=languages).update(**plan)
