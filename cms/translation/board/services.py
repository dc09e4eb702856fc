"""Who is on a language of a page, and that it is ready. Every change is logged."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.access.writing import writable_languages, writes_by_language
from cms.languages import codes, states
from cms.pages.models import Page, PageLanguage
from cms.pages.publication import save_draft

from .. import journal
from .selectors import name_of


class Refused(ValidationError):
    """Raised when something can't be done to a language of a page; the message says why."""


def assign(page: Page, language: str, *, to: User | None, by: User) -> bool:
    """Put somebody on a language of a page (None: nobody); say whether that changed anything.

    Whoever writes all languages may put anybody on it who may write it; a translator may take what
    nobody is on, give what they are on to a colleague, and let it go. Raises Refused.
    """
    code = codes.get(language).code
    if code not in writable_languages(by, page):
        raise Refused(_not_yours(code))
    with transaction.atomic():
        row = PageLanguage.objects.select_for_update().filter(page=page.pk, language=code).first()
        if row is None:
            raise Refused(_("Save the page once first."))
        if row.translator_id == (to.pk if to else None):
            return False
        before = row.translator
        if before is not None and before.pk != by.pk and writes_by_language(by, page):
            raise Refused(
                _("%(person)s is already on %(language)s: ask them to let it go.")
                % {"person": name_of(before), "language": codes.get(code).name}
            )
        if to is not None and (not to.is_active or code not in writable_languages(to, page)):
            raise Refused(
                _("%(person)s does not write %(language)s on this site: choose somebody else.")
                % {"person": name_of(to), "language": codes.get(code).name}
            )
        row.translator = to
        row.save(update_fields=["translator"])
        journal.note_assigned(page, code, before=before, to=to, by=by)
    return True


@transaction.atomic
def assign_all(pages: Sequence[Page], language: str, *, to: User | None, by: User) -> int:
    """`assign` for many pages: all of them, or none. Gives how many changed. Raises Refused."""
    return sum(assign(page, language, to=to, by=by) for page in pages)


@transaction.atomic
def mark_ready(pages: Sequence[Page], language: str, *, by: User) -> int:
    """Say of the drafts of a language that they are written and reviewed: all of them, or none.
    Gives how many were not so already. Raises Refused."""
    return sum(_mark_ready(page, codes.get(language).code, by) for page in pages)


def _mark_ready(page: Page, code: str, by: User) -> bool:
    if code not in writable_languages(by, page):
        raise Refused(_not_yours(code))
    draft = page.get_latest_revision_as_object()
    if code not in draft.languages:
        raise Refused(
            _("“%(page)s” has no title in %(language)s yet: write it first.")
            % {"page": page.draft_title, "language": codes.get(code).name}
        )
    if states.status_of(draft.translations, code) is None:
        return False
    draft.translations = states.with_status(draft.translations, code, None)
    save_draft(draft, user=by)
    journal.note_ready(page, code, by=by)
    return True


def _not_yours(code: str) -> str:
    return _("You don't write %(language)s on this site.") % {"language": codes.get(code).name}
