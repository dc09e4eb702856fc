"""Copies of a page, written in bulk: for tests that count queries while pages grow in number."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.db.models.base import ModelState

from cms.pages.models import Page, PageLanguage


def copy_page(first: Page, titles: Sequence[str]) -> list[Page]:
    """Pages like `first`, the last below its parent, with these titles in its source language.

    A copy has what `add_child` left in the database for the first one, but for the records of what
    was done and what searches know. `first` must be a plain `Page` with neither children nor
    revisions.
    """
    first = Page.objects.get(pk=first.pk)
    assert first.specific_class is Page
    assert (first.numchild, first.latest_revision_id) == (0, None)
    parent = first.get_parent()
    copies = [
        _beside(first, parent, title=title, step=step) for step, title in enumerate(titles, start=1)
    ]
    made = Page.objects.bulk_create(copies)
    rows: list[dict[str, Any]] = list(PageLanguage.objects.filter(page=first.pk).values())
    PageLanguage.objects.bulk_create(
        PageLanguage(**row | {"id": None, "page_id": page.pk}) for page in made for row in rows
    )
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(made))
    return made


def _beside(first: Page, parent: Page, *, title: str, step: int) -> Page:
    number = Page._str2int(first.path[-Page.steplen :])
    page = copy.copy(first)
    page.pk, page._state, page.translation_key = None, ModelState(), uuid.uuid4()
    page.path = Page._get_path(parent.path, first.depth, number + step)
    page.draft_title = title
    setattr(page, f"title_{page.source_language}", title)
    page.slug = f"{first.slug}-{step}"
    page.url_path = f"{parent.url_path}{page.slug}/"
    return page
