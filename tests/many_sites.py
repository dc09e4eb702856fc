"""Copies of a site, written in bulk: for tests that count queries while sites grow in number.

A copy has what provisioning and publishing left in the database for the first one, row by row but
for the records of what was done (`tests/access/test_many_sites.py` compares them).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import F, Model, QuerySet
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Revision,
    Site,
)

from cms.access.models import RoleGroup, SiteCollection
from cms.pages.models import Page, PageLanguage, SiteProfile, SourceWording

#: change(row, code): what a copy does not have in common with the first.
Change = Callable[[Any, str], None]


def copy_site(first: SiteProfile, codes: Sequence[str]) -> list[SiteProfile]:
    """Sites like `first` under these codes. Its pages must be plain `Page`s."""
    return _Copying(first, codes).copy()


class _Copying:
    def __init__(self, first: SiteProfile, codes: Sequence[str]) -> None:
        self.first, self.codes = first, codes
        self.home = Page.objects.get(pk=first.site.root_page_id)
        #: {(model, pk of the first): {code: pk of the copy}}
        self.known: dict[tuple[type[Model], Any], dict[str, Any]] = {}

    def copy(self) -> list[SiteProfile]:
        collection = SiteCollection.objects.get(site=self.first).collection
        pages = Page.objects.filter(path__startswith=self.home.path).order_by("path")
        assert all(page.specific_class is Page for page in pages)
        roots = Page.get_first_root_node(), Collection.get_first_root_node()
        self._rows(pages, self._page_at(self._paths(roots[0])))
        self._rows(Site.objects.filter(pk=self.first.site_id), self._host)
        profiles = self._rows(SiteProfile.objects.filter(pk=self.first.pk), self._code)
        paths = self._paths(roots[1])
        self._rows(
            Collection.objects.filter(pk=collection.pk),
            lambda row, code: setattr(row, "path", paths[code]),
        )
        self._rows(SiteCollection.objects.filter(site=self.first))
        groups = Group.objects.filter(role_group__site=self.first)
        self._rows(groups, self._named)
        for rows in self._below(groups, pages):
            self._rows(rows)
        self._revisions(pages)
        for root in roots:
            type(root).objects.filter(pk=root.pk).update(numchild=F("numchild") + len(self.codes))
        return profiles

    def _below(self, groups: QuerySet[Group], pages: QuerySet[Page]) -> Iterable[QuerySet[Any]]:
        yield RoleGroup.objects.filter(site=self.first)
        yield GroupPagePermission.objects.filter(group__in=groups)
        yield GroupCollectionPermission.objects.filter(group__in=groups)
        yield Group.permissions.through.objects.filter(group__in=groups)
        yield PageLanguage.objects.filter(page__in=pages)
        yield SourceWording.objects.filter(page__in=pages)

    def _revisions(self, pages: QuerySet[Page]) -> None:
        ids = {str(page.pk): page.pk for page in pages}
        of_pages = Revision.objects.filter(
            base_content_type__app_label="pages", object_id__in=ids
        ).order_by("pk")
        for copy in self._rows(of_pages, self._of_page(ids)):
            Page.objects.filter(pk=copy.object_id).update(
                latest_revision=copy.pk, live_revision=copy.pk
            )

    def _of_page(self, ids: dict[str, int]) -> Change:
        def change(revision: Revision, code: str) -> None:
            revision.object_id = str(self.known[Page, ids[revision.object_id]][code])

        return change

    def _rows(self, rows: QuerySet[Any], change: Change | None = None) -> list[Any]:
        made = []
        for row in rows:
            for code in self.codes:
                made.append((row.pk, code, self._copied(row, code, change)))
        rows.model._base_manager.bulk_create([copy for _pk, _code, copy in made], batch_size=200)
        for pk, code, copy in made:
            self.known.setdefault((rows.model, pk), {})[code] = copy.pk
        return [copy for _pk, _code, copy in made]

    def _copied(self, row: Any, code: str, change: Change | None) -> Any:
        values = {}
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            copies = self.known.get((field.related_model, value)) if field.is_relation else None
            if not field.primary_key:
                values[field.attname] = copies[code] if copies else value
        copy = type(row)(**values)
        if change:
            change(copy, code)
        return copy

    def _paths(self, root: Any) -> dict[str, str]:
        """{code: free path below a root}."""
        last = root.get_last_child().path[-root.steplen :]
        number = root._str2int(last)
        return {
            code: root._get_path(root.path, root.depth + 1, number + step)
            for step, code in enumerate(self.codes, start=1)
        }

    def _page_at(self, paths: dict[str, str]) -> Change:
        home = self.home

        def change(page: Page, code: str) -> None:
            page.path = paths[code] + page.path[len(home.path) :]
            page.url_path = f"/{code}/{page.url_path[len(home.url_path) :]}"
            page.slug = code if page.depth == home.depth else page.slug
            page.translation_key = uuid.uuid4()
            page.latest_revision_id = page.live_revision_id = None

        return change

    def _host(self, site: Site, code: str) -> None:
        site.hostname, site.is_default_site = f"{code}.localhost", False

    def _code(self, profile: SiteProfile, code: str) -> None:
        profile.code = code

    def _named(self, group: Group, code: str) -> None:
        group.name = group.name.replace(self.first.code, code, 1)
