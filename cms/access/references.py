"""What a page may point to: its own site's pages, images, files and records, and what is nobody's.

A reference would otherwise carry another site's draft title or private image into this one's pages,
and this one's titles into the other's "usage".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import ngettext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from cms.pages.models import Page, SiteProfile
from cms.pages.saving import register_rule
from cms.pages.sites import SITE_PATH_LENGTH

from .models import SiteCollection
from .record_policies import SiteRecordPolicy

#: Gives those of some ids that belong to another site than the one whose home has this path.
Finder = Callable[[type[Model], set[str], str], set[str]]


class ForeignReference(ValidationError):
    """Raised where a page points to something of another site. Names nothing of it."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "This page points to something that is not on your site: take the link, image or "
                "file out, or link to its public address instead.",
                "This page points to %(count)d things that are not on your site: take these links, "
                "images or files out, or link to their public addresses instead.",
                count,
            )
            % {"count": count},
            code="foreign_reference",
        )


def refuse_foreign_references(page: Page, home: str) -> None:
    """Raise ForeignReference unless everything that a page points to is its own site's or nobody's.

    `home`: the path of the site's home page. An id that nobody has is refused alike, so that trying
    ids tells nothing. A query for each kind of thing pointed to.
    """
    foreign = 0
    for model, ids in _pointed_to(page).items():
        find = _finder(model)
        if find is not None:
            foreign += len(find(model, ids, home))
    if foreign:
        raise ForeignReference(foreign)


def _pointed_to(page: Page) -> dict[type[Model], set[str]]:
    """{model: ids as text} of what a page's fields, blocks and children point to.

    Through what Wagtail 8.0 fills its reference index with; `tests/access/test_references.py`
    watches that it stays.
    """
    found: dict[type[Model], set[str]] = defaultdict(set)
    for (
        type_id,
        object_id,
        _model_path,
        _content_path,
    ) in ReferenceIndex._extract_references_from_object(page):
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None:
            found[model].add(str(object_id))
    return found


def _finder(model: type[Model]) -> Finder | None:
    if issubclass(model, Page):
        return _foreign_pages
    if model in (get_image_model(), get_document_model()):
        return _foreign_media
    policy = policy_registry.get_by_type(model, fallback=False)
    if isinstance(policy, SiteRecordPolicy) and policy.site_code:
        return _foreign_records
    return None


def _foreign_pages(model: type[Model], ids: set[str], home: str) -> set[str]:
    rows = Page._base_manager.filter(pk__in=ids).values_list("pk", "path")
    return ids - {str(pk) for pk, path in rows if path[:SITE_PATH_LENGTH] == home}


def _foreign_media(model: type[Model], ids: set[str], home: str) -> set[str]:
    own = SiteCollection.objects.filter(site__site__root_page__path=home).values("collection")
    rows = model._base_manager.filter(pk__in=ids, collection__in=own).values_list("pk", flat=True)
    return ids - {str(pk) for pk in rows}


def _foreign_records(model: type[Model], ids: set[str], home: str) -> set[str]:
    policy = policy_registry.get_by_type(model, fallback=False)
    code = SiteProfile.objects.filter(site__root_page__path=home).values("code")
    own = model._base_manager.filter(pk__in=ids, **{f"{policy.site_code}__in": code})
    return ids - {str(pk) for pk in own.values_list("pk", flat=True)}


def register() -> None:
    """Fill the registry (from AppConfig.ready)."""
    register_rule(refuse_foreign_references)
