"""What responses hold, for the OpenAPI document. The values are made in `fields` and `telling`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

LanguageCode = Literal["ar", "zh", "en", "fr", "ru", "es"]


class LanguageForm(Schema):
    """Which language was asked for, which is served, which exist."""

    requested: LanguageCode | None = Field(
        description="From ?lang= or Accept-Language; null where neither names one of the six."
    )
    served: LanguageCode = Field(description="The language of the title and of what has it.")
    direction: Literal["ltr", "rtl"]
    available: list[LanguageCode]
    source: LanguageCode = Field(description="The language that the others were translated from.")


class RecordForm(Schema):
    """A record, by id, with what its type tells."""

    model_config = ConfigDict(extra="allow")

    id: int | str | None = None


class PageLink(Schema):
    """Another page, named."""

    id: int
    title: str
    language: LanguageCode
    html_url: str | None


class RenditionForm(Schema):
    """One size and format of an image."""

    type: str
    url: str
    width: int
    height: int


class ImageForm(Schema):
    """An image with its alternative text in the language served."""

    id: int
    title: str
    alt: str
    width: int
    height: int
    renditions: list[RenditionForm]


class FileForm(Schema):
    """A file to download."""

    id: int
    title: str
    language: LanguageCode
    url: str
    extension: str
    size: int | None


class PageItemMeta(Schema):
    """What every page tells about itself."""

    type: str
    kind: str = Field(description="news, statement, event, …: as in the search.")
    site: str = Field(description="The code of its site.")
    slug: str
    detail_url: str
    html_url: str = Field(description="Its public address in the language served.")
    html_urls: dict[str, str] = Field(description="{language: address}, where it exists.")
    first_published_at: datetime | None
    last_published_at: datetime | None
    language: LanguageForm
    field_languages: dict[str, LanguageCode] = Field(
        description="Fields that come in another language than the one served, by name."
    )


class PageItem(Schema):
    """A page in a list; with `fields`, what its type tells too."""

    model_config = ConfigDict(extra="allow")

    id: int
    title: str
    meta: PageItemMeta


class PageDetailMeta(PageItemMeta):
    seo_title: str
    search_description: str
    show_in_menus: bool
    live: bool
    has_unpublished_changes: bool
    parent: PageLink | None
    alias_of: int | None
    warnings: list[Any] | None = None


class PageDetailBase(Schema):
    id: int
    title: str
    meta: PageDetailMeta


class PageList(Schema):
    """`count`: how many there are in all."""

    count: int
    items: list[PageItem]


class SiteForm(Schema):
    """A public site."""

    id: int
    code: str
    kind: str
    hostname: str
    port: int
    html_url: str
    html_urls: dict[str, str]
    api_url: str
    root_page_id: int
    name: str
    names: dict[str, str] = Field(description="{language: name}, where it exists.")
    language: LanguageForm


class SiteList(Schema):
    count: int
    items: list[SiteForm]


class ImageList(Schema):
    count: int
    items: list[ImageForm]


class FileList(Schema):
    count: int
    items: list[FileForm]
