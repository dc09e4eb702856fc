"""A whole site into an archive, one object at a time: memory does not grow with the site."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import wagtail
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, PageViewRestriction

from cms.access.models import SiteApproval, SiteCollection
from cms.languages import codes
from cms.languages.fields import column
from cms.pages.models import Page, SiteProfile
from cms.tenancy.scope import limited_to

from ..registry import parts_of
from . import media, pages
from .format import (
    FORMAT_NAME,
    FORMAT_VERSION,
    PEOPLE,
    REDIRECTS,
    SITE,
    SOFTWARE_VERSION,
    SiteChanged,
    media_name,
    page_name,
)
from .references import FILE, IMAGE, PAGE, Exporter, LeftOut, Numbers, References
from .writer import ArchiveWriter, writing

#: Objects read at once.
BATCH = 50
#: (done, total), in pages, images and files together.
Progress = Callable[[int, int], None]


def quietly(done: int, total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class Exported:
    """What has been archived. `counts`: {"pages": …}; `left_out`: see `LeftOut`."""

    counts: dict[str, int]
    left_out: list[LeftOut]


@dataclass
class _Export:
    """The state of one export."""

    profile: SiteProfile
    writer: ArchiveWriter
    references: References
    exporter: Exporter
    tick: Callable[[], None]
    #: {"page:3": {"owner": "Anne Martin"}}: names for people who read the archive, no accounts.
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    drafts: int = 0

    @property
    def home(self) -> Page:
        return self.profile.site.root_page


def export_site(profile: SiteProfile, target: Path, *, progress: Progress = quietly) -> Exported:
    """Write the archive of a site to a file, which appears when it is whole.

    Raises SiteChanged where somebody takes away what is just being written; nothing is left behind.
    """
    # In one language, so that the archive does not depend on whoever asks for it.
    with limited_to(None), codes.override("en"), writing(target) as writer:
        return _write(profile, writer, progress)


def _write(profile: SiteProfile, writer: ArchiveWriter, progress: Progress) -> Exported:
    home, collection = profile.site.root_page, _collection_of(profile)
    references = _numbered(home, collection)
    total = sum(len(numbers.by_id) for numbers in references.numbers.values())
    counter = itertools.count(1)
    export = _Export(
        profile=profile,
        writer=writer,
        references=references,
        exporter=Exporter(references, site_path=home.path),
        tick=lambda: progress(next(counter), total),
    )
    progress(0, total)
    _write_records(export, collection)
    _write_pages(export)
    for shelf in media.shelves():
        _write_media(export, shelf, media.collection_names(collection))
    redirects = _write_redirects(export)
    writer.add_json(PEOPLE, dict(sorted(export.people.items())))
    counts = {
        "pages": len(references.numbers[PAGE].by_id),
        "drafts": export.drafts,
        "images": len(references.numbers[IMAGE].by_id),
        "files": len(references.numbers[FILE].by_id),
        "redirects": redirects,
    }
    left_out = export.exporter.left_out
    writer.close(_manifest(profile, counts, left_out))
    return Exported(counts, left_out)


def _collection_of(profile: SiteProfile) -> Collection | None:
    owned = SiteCollection.objects.filter(site=profile).select_related("collection").first()
    return owned.collection if owned else None


def _numbered(home: Page, collection: Collection | None) -> References:
    references = References()
    tree = Page._base_manager.filter(path__startswith=home.path).order_by("path")
    references.numbers[PAGE] = Numbers.of(tree.values_list("pk", flat=True))
    for shelf in media.shelves():
        found = media.media_of(shelf, collection).values_list("pk", flat=True)
        references.numbers[shelf.kind] = Numbers.of(found)
    return references


def _manifest(
    profile: SiteProfile, counts: dict[str, int], left_out: list[LeftOut]
) -> dict[str, Any]:
    home = profile.site.root_page
    return {
        "format": FORMAT_NAME,
        "version": FORMAT_VERSION,
        "software": {
            "name": "un-missions",
            "version": SOFTWARE_VERSION,
            "wagtail": wagtail.__version__,
        },
        "exported_at": timezone.now(),
        "site": {
            "code": profile.code,
            "kind": profile.kind,
            "hostname": profile.site.hostname,
            "port": profile.site.port,
            "titles": {code: getattr(home, column("title", code)) for code in home.languages},
        },
        "languages": list(codes.CODES),
        "counts": counts,
        "left_out": [one.as_json() for one in left_out],
    }


def _write_records(export: _Export, collection: Collection | None) -> None:
    profile = export.profile
    site = {
        "kind": profile.kind,
        "site_name": profile.site.site_name,
        "collection": collection.name if collection else profile.code,
        "pages_need_approval": SiteApproval.objects.filter(site=profile).exists(),
    }
    export.writer.add_json(SITE, site)
    for part in parts_of(profile.kind):
        told = part.export(profile, export.references)
        export.writer.add_json(f"records/{part.name}.json", told)


def _write_pages(export: _Export) -> None:
    numbers = export.references.numbers[PAGE].by_id
    restrictions = _restrictions(export.home)
    names: dict[str, str] = {}  # {path: reference} of what has been written, so of every parent
    for page in _in_batches(Page._base_manager.all(), numbers, _specific):
        told = pages.describe(
            page,
            exporter=export.exporter,
            parent=names.get(page.path[: -page.steplen]),
            restriction=restrictions.get(page.pk),
            home=export.home,
        )
        names[page.path] = told["id"]
        export.writer.add_json(page_name(numbers[page.pk]), told)
        export.drafts += told["draft"] is not None
        revision = page.latest_revision if told["draft"] else None
        _name_people(export, told["id"], owner=page.owner, draft_by=revision and revision.user)
        export.tick()


def _specific(ids: list[int]) -> Iterable[Page]:
    found = list(Page.objects.filter(pk__in=ids).specific())
    models.prefetch_related_objects(found, "owner", "latest_revision__user")
    return found


def _in_batches(
    queryset: models.QuerySet[Any],
    numbers: dict[int, int],
    read: Callable[[list[int]], Iterable[Any]],
) -> Iterator[Any]:
    """The numbered objects in their order. Raises SiteChanged for one that has gone."""
    ids = list(numbers)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        found = {one.pk: one for one in read(some)}
        for object_id in some:
            if object_id not in found:
                raise SiteChanged(f"{queryset.model._meta.verbose_name} {object_id}")
            yield found[object_id]


def _restrictions(home: Page) -> dict[int, PageViewRestriction]:
    found = PageViewRestriction.objects.filter(page__path__startswith=home.path)
    found = found.prefetch_related("groups__role_group")
    return {restriction.page_id: restriction for restriction in found}


def _write_media(export: _Export, shelf: media.Shelf, collections: dict[int, list[str]]) -> None:
    numbers = export.references.numbers[shelf.kind].by_id

    def read(ids: list[int]) -> Iterable[Any]:
        found = shelf.model._base_manager.filter(pk__in=ids)
        return found.select_related("uploaded_by_user").prefetch_related("tags")

    for item in _in_batches(shelf.model._base_manager.all(), numbers, read):
        number = numbers[item.pk]
        if item.collection_id not in collections:
            raise SiteChanged(str(item))
        name = str(export.references.name(shelf.kind, item.pk))
        original = media_name(shelf.folder, number, media.extension_of(item.file.name))
        member: str | None = original
        try:
            with item.file.open("rb") as source:
                export.writer.add_file(original, source)
        except FileNotFoundError:
            export.exporter.left_out.append(LeftOut(name, _("its file is lost")))
            member = None
        told = media.describe(item, name=name, member=member, collections=collections)
        export.writer.add_json(media_name(shelf.folder, number), told)
        _name_people(export, name, uploaded_by=item.uploaded_by_user)
        export.tick()


def _write_redirects(export: _Export) -> int:
    """The site's own redirects; those of every site are nobody's."""
    exporter, told = export.exporter, []
    for redirect in Redirect.objects.filter(site=export.profile.site).order_by("old_path", "pk"):
        exporter.begin(f"redirect:{redirect.old_path}")
        page = redirect.redirect_page_id
        told.append(
            {
                "old_path": redirect.old_path,
                "is_permanent": redirect.is_permanent,
                "page": exporter.reference(Page, page, "page") if page else None,
                "page_route": redirect.redirect_page_route_path,
                "link": redirect.redirect_link,
                "automatically_created": redirect.automatically_created,
                "created_at": redirect.created_at,
            }
        )
    export.writer.add_json(REDIRECTS, told)
    return len(told)


def _name_people(export: _Export, name: str, **people: User | None) -> None:
    named = {
        part: person.get_full_name() or person.get_username()
        for part, person in people.items()
        if person is not None
    }
    if named:
        export.people[name] = named
