"""A checked archive into a new site: files into the storage first, then all rows or none."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File as DjangoFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, PageViewRestriction, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.access.audiences import portal_group
from cms.access.indexing import enqueue_below
from cms.access.models import RoleGroup, SiteApproval, SiteCollection
from cms.access.services import ensure_site_roles, provision_site
from cms.pages.models import Page, SiteProfile, SiteStatus
from cms.pages.sites import touch_all_sites
from cms.tenancy.scope import limited_to

from ..registry import parts_of
from ..workspace import Journal, journal
from . import media, page_rows
from .content import Unreadable
from .exporting import Progress, quietly
from .format import REDIRECTS, SITE, ArchiveRefused
from .reader import Archive
from .references import PAGE, References

#: What a database or a field says to a value that it does not take.
REFUSALS = (ValidationError, DatabaseError, Unreadable, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a site is restored. `code`: of the site; `suspended`: shown to nobody yet."""

    code: str
    hostname: str
    port: int
    suspended: bool = False


@dataclass(frozen=True)
class Restored:
    """What has been restored. `notes`: what whoever restores should know."""

    profile: SiteProfile
    counts: Mapping[str, int]
    notes: list[str]


@dataclass
class _Stored:
    """Originals that lie in the storage already: {"image:3": name} and their sizes."""

    names: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, dict[str, int]] = field(default_factory=dict)


def restore_site(archive: Archive, place: Place, *, progress: Progress = quietly) -> Restored:
    """Make a site from an archive. Raises ArchiveRefused; nothing is left behind then, not even
    where the process is killed (see `cms.lifecycle.workspace`)."""
    total = sum(archive.held.values())
    counter = itertools.count(1)
    progress(0, total)

    def tick() -> None:
        progress(next(counter), total)

    with limited_to(None), journal(secrets.token_hex(16)) as noted:
        stored = _store_originals(archive, noted, tick)
        try:
            with transaction.atomic(), disable_reference_index_auto_update():
                return _Restoration(archive, place, stored, tick).run()
        except REFUSALS as error:
            raise ArchiveRefused([str(error)]) from error


def _store_originals(archive: Archive, noted: Journal, tick: Callable[[], None]) -> _Stored:
    stored = _Stored()
    for shelf in media.shelves():
        for number, told in archive.media(shelf):
            if told["file"] is not None:
                _store(archive, shelf, f"{shelf.kind}:{number}", told, stored=stored, noted=noted)
            tick()
    return stored


def _store(
    archive: Archive,
    shelf: media.Shelf,
    reference: str,
    told: Mapping[str, Any],
    *,
    stored: _Stored,
    noted: Journal,
) -> None:
    row = shelf.model()
    wanted = media.stored_name(row, told)
    limit = row._meta.get_field("file").max_length
    name = default_storage.get_available_name(wanted, max_length=limit)
    try:
        with archive.open(told["file"]) as source:
            stored.sizes[reference] = media.check_original(source, shelf, name=told["file"])
    except Unreadable as error:
        raise ArchiveRefused([str(error)]) from error
    noted.note(name)
    with archive.open(told["file"]) as source:
        saved = default_storage.save(name, DjangoFile(source, name=name), max_length=limit)
    if saved != name:
        noted.note(saved)
    stored.names[reference] = saved


class _Restoration:
    """One restoration, inside its transaction."""

    def __init__(
        self, archive: Archive, place: Place, stored: _Stored, tick: Callable[[], None]
    ) -> None:
        self.archive = archive
        self.place = place
        self.stored = stored
        self.tick = tick
        self.references = References()
        self.notes: list[str] = []
        self.site = archive.json(SITE)

    def run(self) -> Restored:
        """Everything, in the order in which one thing needs another."""
        profile = self._provision()
        collection = SiteCollection.objects.select_related("collection").get(site=profile)
        self._make_media(collection.collection)
        self._make_pages()
        self._fill_pages()
        self._restrict_pages(profile)
        self._make_redirects(profile)
        for part in parts_of(profile.kind):
            told = self.archive.json(f"records/{part.name}.json")
            self.notes += part.restore(profile, told, self.references)
        enqueue_below(profile.site.root_page.path)
        touch_all_sites()
        return Restored(profile, self.archive.manifest["counts"], self.notes)

    def _provision(self) -> SiteProfile:
        """The site with its home page, still empty and not live."""
        home = page_rows.new_home(self.archive.json("pages/000001.json"), slug=self.place.code)
        profile = provision_site(
            code=self.place.code,
            kind=self.archive.kind,
            hostname=self.place.hostname,
            port=self.place.port,
            home=home,
            collection_name=self.site["collection"],
        )
        self.references.numbers[PAGE].add(home.pk, 1)
        profile.site.site_name = self.site["site_name"]
        profile.site.save()
        if self.place.suspended:
            profile.status = SiteStatus.SUSPENDED
            profile.save(update_fields=["status"])
        if self.site.get("pages_need_approval"):
            SiteApproval.objects.create(site=profile)
            owned = SiteCollection.objects.select_related("collection").get(site=profile)
            ensure_site_roles(
                SiteProfile.objects.select_related("site__root_page").get(pk=profile.pk),
                collection=owned.collection,
            )
        return profile

    def _make_media(self, root: Collection) -> None:
        made: dict[tuple[str, ...], Collection] = {(): root}
        for shelf in media.shelves():
            for number, told in self.archive.media(shelf):
                reference = f"{shelf.kind}:{number}"
                if told["file"] is None:
                    self.notes.append(
                        _("%(name)s had lost its file before it was archived.")
                        % {"name": told["file_name"]}
                    )
                    continue
                row = media.new_row(
                    shelf, told, collection=_collection(made, tuple(told["collection"]))
                )
                media.save_row(
                    row,
                    told,
                    name=self.stored.names[reference],
                    size=self.stored.sizes[reference],
                )
                self.references.numbers[shelf.kind].add(row.pk, number)

    def _make_pages(self) -> None:
        """Every page but the home page, not live and pointing to no other page yet."""
        for number, told in self.archive.pages():
            if number > 1:
                page = page_rows.new_page(told, self.references)
                parent = self.references.find(told["parent"])
                Page.objects.get(pk=parent).add_child(instance=page)
                self.references.numbers[PAGE].add(page.pk, number)
            self.tick()

    def _fill_pages(self) -> None:
        """Pages point to one another, and are as live as they were."""
        for number, told in self.archive.pages():
            pk = self.references.numbers[PAGE].by_number[number]
            slug = self.place.code if number == 1 else ""
            page = page_rows.fill(pk, told, self.references, slug=slug)
            ReferenceIndex.create_or_update_for_object(page)

    def _restrict_pages(self, profile: SiteProfile) -> None:
        groups = {
            f"role:{held.role}:{held.language}": held.group
            for held in RoleGroup.objects.filter(site=profile).select_related("group")
        }
        for number, told in self.archive.pages():
            restriction = told["view_restriction"]
            if restriction is not None:
                self._restrict(number, restriction, groups)

    def _restrict(self, number: int, told: Mapping[str, Any], groups: Mapping[str, Any]) -> None:
        """Never open to more people than before: who is unknown here is left out."""
        made = PageViewRestriction.objects.create(
            page_id=self.references.numbers[PAGE].by_number[number],
            restriction_type=told["type"],
            # Passwords are not archived, and a page that had one must not be open now.
            password=secrets.token_urlsafe(24) if told["type"] == "password" else "",
        )
        if told["type"] == "password":
            self.notes.append(
                _("page:%(number)d had a password: give it a new one.") % {"number": number}
            )
        for name in told.get("groups", ()):
            group = portal_group() if name == "portal" else groups.get(name)
            if group is not None:
                made.groups.add(group)
            else:
                self.notes.append(
                    _("page:%(number)d was open to “%(name)s”, which is not known here.")
                    % {"number": number, "name": name}
                )

    def _make_redirects(self, profile: SiteProfile) -> None:
        for told in self.archive.json(REDIRECTS):
            page = self.references.find(told["page"]) if told["page"] else None
            redirect = Redirect.objects.create(
                site=profile.site,
                old_path=told["old_path"],
                is_permanent=told["is_permanent"],
                redirect_page_id=page,
                redirect_page_route_path=told["page_route"],
                redirect_link=told["link"],
                automatically_created=told["automatically_created"],
            )
            moment = parse_datetime(told["created_at"]) if told["created_at"] else None
            Redirect.objects.filter(pk=redirect.pk).update(created_at=moment)


def _collection(made: dict[tuple[str, ...], Collection], names: tuple[str, ...]) -> Collection:
    """The collection of these names below the site's, made on first call."""
    if names not in made:
        parent = _collection(made, names[:-1])
        parent.refresh_from_db()
        made[names] = parent.add_child(instance=Collection(name=names[-1]))
    return made[names]
