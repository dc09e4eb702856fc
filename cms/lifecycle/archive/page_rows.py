"""Rows of pages from their descriptions: made first, then filled with what points elsewhere."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

import django.apps
from django.contrib.contenttypes.models import ContentType
from django.utils.dateparse import parse_datetime
from wagtail.api.rich_text import APIRichText
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Revision, get_default_page_content_type

from cms.languages.fields import column
from cms.pages.models import Page

from . import pages
from .content import Walk
from .languages import restore_languages
from .references import References, Restorer

#: Tags that do no harm anywhere, as the editor writes them. Most texts hold nothing else, and the
#: sanitiser takes a millisecond a text, of which a page may have a hundred.
_HARMLESS = re.compile(
    r"""<(?:
        /?(?:p|b|i|sup|sub|ul|ol|li) (?:\ data-block-key="[\w-]*")?
        | /a | [bh]r\ ?/?
        | a (?:\ id="\d+"|\ linktype="(?:page|document)")*
        | a\ href="(?:https?://|mailto:|tel:)[^"<>]*"
    )>""",
    re.VERBOSE | re.ASCII,
)


def _sanitized(html: str, allowed: list[str] | None) -> str:
    """What is left of a text that holds more than the editor can write, else the text itself."""
    if "<" not in _HARMLESS.sub("", html):
        return html
    cleaned, removed = APIRichText.sanitize_db_html(html, features=allowed)
    return cleaned if removed else html


def _type(told: Mapping[str, Any]) -> type[Page]:
    model: type[Page] = django.apps.apps.get_model(told["type"])
    return model


def _walked(
    told: Mapping[str, Any], content: Mapping[str, Any], restorer: Restorer, *, key: int | None
) -> dict[str, Any]:
    """Content as modelcluster takes it, its references resolved as far as they can be."""
    model = _type(told)
    walked = Walk(restorer).instance(model, dict(content), left_out=pages.HOUSEKEEPING)
    return pages.with_streams_as_text(model, {"pk": key, **walked})


def new_home(told: Mapping[str, Any], *, slug: str) -> Page:
    """The home page, unsaved: what it points to is filled in later."""
    page = new_page(told, References())
    page.slug = slug
    return page


def new_page(told: Mapping[str, Any], references: References) -> Page:
    """An unsaved page that is not live, without its streams and texts: those are what points to
    other pages, which may not be there yet, and what takes time to save."""
    model = _type(told)
    later = {
        field.name for field in model._meta.fields if isinstance(field, StreamField | RichTextField)
    }
    content = {name: value for name, value in told["content"].items() if name not in later}
    restorer = Restorer(references, sanitize=_sanitized)
    content = _walked(told, content, restorer, key=None)
    page: Page = model.from_serializable_data(content, check_fks=False)
    page.live = False
    page.has_unpublished_changes = True
    key = uuid.UUID(told["translation_key"])
    if not Page._base_manager.filter(translation_key=key).exists():
        page.translation_key = key  # else the archived site lives here too
    return page


def fill(pk: int, told: Mapping[str, Any], references: References, *, slug: str = "") -> Page:
    """Give a page that has been made all that its description says; give it as it is then.

    `slug`: the home page's, which is its site's code.
    """
    row = Page._base_manager.get(pk=pk).specific
    restorer = Restorer(references, sanitize=_sanitized)
    restorer.begin(pages.numbered_children(row))
    content = {**told["content"], **({"slug": slug} if slug else {})}
    page = row.with_content_json(_walked(told, content, restorer, key=pk))
    page.save(clean=False)
    _set_columns(page, told, references)
    if told["draft"] is not None:
        _add_draft(page, told, restorer, slug=slug)
    filled = Page._base_manager.get(pk=pk).specific
    restore_languages(filled, told.get("languages", {}))
    return filled


def _set_columns(page: Page, told: Mapping[str, Any], references: References) -> None:
    """The columns of the base page that no content carries, exactly as archived."""
    alias_of = references.find(told["alias_of"]) if told["alias_of"] else None
    record = pages.record_of(page, told["translations"])
    Page._base_manager.filter(pk=page.pk).update(
        **{fact: told[fact] for fact in pages.FACTS},
        **{name: parse_datetime(told[name]) if told[name] else None for name in pages.MOMENTS},
        alias_of_id=alias_of,
        translations=record,
        draft_translations=pages.record_of(page, told["draft_translations"]),
        draft_title=getattr(page, column("title", page.source_language)) or page.title,
    )
    page.translations = record


def _add_draft(page: Page, told: Mapping[str, Any], restorer: Restorer, *, slug: str) -> None:
    """The revision that holds what is not published yet."""
    draft = told["draft"]
    content = {**draft["content"], **({"slug": slug} if slug else {})}
    fresh = Page._base_manager.get(pk=page.pk).specific
    instance = fresh.with_content_json(_walked(told, content, restorer, key=page.pk))
    instance.translations = pages.record_of(instance, draft["translations"])
    revision = Revision.objects.create(
        content_type=ContentType.objects.get_for_model(instance, for_concrete_model=False),
        base_content_type=get_default_page_content_type(),
        object_id=str(page.pk),
        created_at=parse_datetime(draft["created_at"]),
        approved_go_live_at=(
            parse_datetime(draft["approved_go_live_at"]) if draft["approved_go_live_at"] else None
        ),
        object_str=str(instance),
        content=instance.serializable_data(),
    )
    Page._base_manager.filter(pk=page.pk).update(
        latest_revision=revision,
        draft_title=getattr(instance, column("title", instance.source_language)) or instance.title,
        draft_translations=pages.record_of(instance, told["draft_translations"]),
    )
