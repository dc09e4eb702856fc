"""Pages as files for translators' own tools."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.languages import codes, states
from cms.languages.exchange.documents import Document, SegmentState, Unit
from cms.languages.exchange.formats import FORMATS
from cms.languages.segments import Pair, SameLanguage, pairs
from cms.pages.models import Page
from cms.pages.sites import profile_of

#: (done, of how many).
Progress = Callable[[int, int], None]

#: Of one file: what a translator can oversee, and what comes back within the bounds of reading.
MAX_PAGES = 300


@dataclass(frozen=True)
class ExportedFile:
    """A file to be sent out. `pages`: that are in it; `left_out`: those of another source language
    and those without any text."""

    name: str
    media_type: str
    content: bytes
    pages: tuple[Page, ...]
    left_out: tuple[Page, ...]


class TooManyPages(ValueError):
    """Raised for more pages than go into one file."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _("These are %(count)d pages; a file takes %(most)d: choose fewer.")
            % {"count": count, "most": MAX_PAGES}
        )


def no_progress(done: int, total: int) -> None:
    """Shows nothing."""


def export_pages(
    pages: Sequence[Page],
    *,
    source: str,
    target: str,
    format: str,
    only_open: bool = False,
    progress: Progress = no_progress,
) -> ExportedFile:
    """The latest drafts of these pages as a file. Who may see them is asked by the caller.

    `source`, `target`: our codes; `format`: a name of `FORMATS`; `only_open`: leave out what is
    translated and up to date. Raises NothingToExport, TooManyPages, UnknownLanguage, SameLanguage.
    """
    if len(pages) > MAX_PAGES:
        raise TooManyPages(len(pages))
    if source == target:
        raise SameLanguage(source)
    documents: list[Document] = []
    held: list[Page] = []
    left_out: list[Page] = []
    for number, page in enumerate(pages, start=1):
        draft = page.specific.get_latest_revision_as_object()
        document = None
        if draft.source_language == source:
            document = document_of(draft, source=source, target=target, only_open=only_open)
        if document is not None and document.units:
            documents.append(document)
            held.append(draft)
        else:
            left_out.append(draft)
        progress(number, len(pages))
    chosen = FORMATS[format]
    content = chosen.write(documents)
    return ExportedFile(
        name=f"{_stem(held)}-{source}-{target}.{chosen.extension}",
        media_type=chosen.media_type,
        content=content,
        pages=tuple(held),
        left_out=tuple(left_out),
    )


def _stem(pages: Sequence[Page]) -> str:
    site = site_code(pages[0])
    return f"{site}-{pages[0].slug[:60]}" if len(pages) == 1 else f"{site}-{len(pages)}"


def site_code(page: Page) -> str:
    """The code of a page's site; "" for the tree's root."""
    profile = getattr(page, "_site_profile", None) or profile_of(page)
    page._site_profile = profile
    return profile.code if profile is not None else ""


def name_of(page: Page) -> str:
    """How a file says which page it is of: "fra/12"."""
    return f"{site_code(page)}/{page.pk}"


def document_of(draft: Page, *, source: str, target: str, only_open: bool = False) -> Document:
    """The pieces of a draft whose source says something."""
    stale = open_blocks(draft, target)
    units = [
        _unit(pair, draft, target=target, is_stale=(pair.field, pair.block) in stale)
        for pair in pairs(draft, source, target)
        if pair.source
    ]
    if only_open:
        wanted = (SegmentState.INITIAL, SegmentState.TRANSLATED)
        units = [unit for unit in units if unit.state in wanted]
    with codes.override(source):
        address = draft.full_url or ""
    return Document(
        original=name_of(draft),
        source_language=source,
        target_language=target,
        units=tuple(units),
        title=draft.text("title", source)[0],
        address=address,
    )


def open_blocks(draft: Page, target: str) -> Collection[tuple[str, str]]:
    """(field, block) of what has changed in the source since the translation."""
    if target not in draft.translations:
        return ()
    found = states.stale_parts(draft.translations, target, draft.source_language)
    return {(part.field, part.block) for part in found if part.new is not None}


def _unit(pair: Pair, draft: Page, *, target: str, is_stale: bool) -> Unit:
    state = SegmentState.REVIEWED
    if not pair.target or is_stale:
        state = SegmentState.INITIAL
    elif states.status_of(draft.translations, target) is not None:
        state = SegmentState.TRANSLATED
    return Unit(
        key=pair.key,
        kind=pair.kind,
        source=pair.source,
        target=pair.target,
        state=state,
        note=pair.label,
        maximum=pair.max_length,
    )
