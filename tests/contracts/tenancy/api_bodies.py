"""What the API is sent. A source in a body is filled with the victim's object and a made-up one."""

from __future__ import annotations

from typing import Any

from wagtail.models import Collection, Revision, Site

from cms.media.models import SiteImage
from cms.pages.models import Page

from .sources import Of

_TITLE = {"title_fr": "Titre", "title_ar": "عنوان"}
_NEWS = {"type": "missions.NewsPage"}

#: {(address, method): bodies to try}
BODIES: dict[tuple[str, str], list[dict[str, Any]]] = {
    ("wagtailapi_v3:create_page", "POST"): [
        {"meta": _NEWS | {"parent_id": Of(Page, "section:news")}, **_TITLE},
        {
            "meta": _NEWS | {"parent_id": Of(Page, "section:news"), "action": "publish"},
            **_TITLE,
            "image_id": Of(SiteImage),
        },
    ],
    ("wagtailapi_v3:update_page", "PATCH"): [
        {"meta": _NEWS, **_TITLE},
        {"meta": _NEWS | {"action": "publish"}, "image_id": Of(SiteImage)},
    ],
    ("wagtailapi_v3:pages_actions_copy", "POST"): [
        {},
        {"destination_id": Of(Page, "section:news"), "slug": "copied"},
    ],
    ("wagtailapi_v3:pages_actions_move", "POST"): [{"destination_id": Of(Page, "section:news")}],
    ("wagtailapi_v3:pages_actions_create_alias", "POST"): [
        {},
        {"destination_id": Of(Page, "section:news"), "slug": "aliased"},
    ],
    ("wagtailapi_v3:pages_actions_revert", "POST"): [{"revision_id": Of(Revision)}],
    ("wagtailapi_v3:pages_actions_release_languages", "POST"): [{"languages": ["fr", "ar"]}],
    ("wagtailapi_v3:pages_actions_withdraw_languages", "POST"): [{"languages": ["fr", "ar"]}],
    ("wagtailapi_v3:pages_actions_schedule_language", "POST"): [
        {"language": "fr", "release_at": "2031-05-06T10:00:00Z"},
    ],
    ("wagtailapi_v3:create_redirect", "POST"): [
        {"old_path": "/old", "redirect_link": "https://example.org/", "site": Of(Site)},
        {"old_path": "/old", "redirect_page_id": Of(Page)},
    ],
    ("wagtailapi_v3:update_redirect", "PUT"): [
        {"old_path": "/old", "redirect_link": "https://example.org/", "site": Of(Site)},
        {"old_path": "/old", "redirect_page_id": Of(Page)},
    ],
    ("wagtailapi_v3:update_image", "PATCH"): [
        {"title_fr": "Titre"},
        {"collection_id": Of(Collection)},
    ],
    ("wagtailapi_v3:update_document", "PATCH"): [
        {"title_fr": "Titre"},
        {"collection_id": Of(Collection)},
    ],
}
