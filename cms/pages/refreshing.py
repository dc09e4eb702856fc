"""What is known of a page's languages computed anew from its words, without saving the page.

For pages that were stored before it was kept, and for a database that was changed by hand.
"""

from __future__ import annotations

from django.db import transaction

from . import language_rows
from .models import Page


@transaction.atomic
def refresh_languages(page: Page) -> None:
    """Bring the fingerprints and the six `PageLanguage` rows of a stored page into line with what
    is live and with its latest draft. No revision is made and nothing is published; a second call
    changes nothing."""
    live = page.specific
    draft = _draft_of(live)
    for one in {id(live): live, id(draft): draft}.values():
        one._refresh_translations()
    Page._base_manager.filter(pk=live.pk).update(
        translations=live.translations, draft_translations=draft.translations
    )
    live.draft_translations = draft.translations
    language_rows.note_live(live)
    language_rows.keep_wordings(draft)


def _draft_of(page: Page) -> Page:
    """What somebody would go on writing: the latest revision, or the page where it has none."""
    if page.latest_revision_id and (page.has_unpublished_changes or not page.live):
        draft: Page = page.get_latest_revision_as_object()
        # What was kept of the draft, not of the moment when the revision was made.
        draft.translations = page.draft_translations or draft.translations
        return draft
    return page


def has_pages_without_languages() -> bool:
    """Whether some page was last saved before each language had a life of its own. One query."""
    pages = Page.objects.filter(depth__gt=1, page_languages=None)
    return bool(pages.exclude(source_language="").exists())
