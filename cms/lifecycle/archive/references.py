"""Objects of a site as an archive names them: "page:17", "image:3", "file:2".

Numbers count from 1 in the order of the tree (pages) and of arrival (media), so that the same
content has the same numbers in whichever database it lies.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.pages.models import Page

from .content import Json, Unreadable
from .format import SiteChanged

REFERENCE = re.compile(r"(page|image|file):([1-9][0-9]{0,8})", re.ASCII)
#: Names the ids of blocks that were stored without one.
_BLOCKS = uuid.UUID("5d0b0c5e-5f4b-4f0e-9d53-0a2b8f1f6c11")
PAGE, IMAGE, FILE = "page", "image", "file"


def kind_of(model: type[models.Model]) -> str:
    """ "page", "image", "file", or "" for what archives don't point to."""
    for kind, known in ((PAGE, Page), (IMAGE, get_image_model()), (FILE, get_document_model())):
        if issubclass(model, known):
            return kind
    return ""


@dataclass
class Numbers:
    """Database ids and numbers of one kind of object, both ways."""

    by_id: dict[int, int] = field(default_factory=dict)
    by_number: dict[int, int] = field(default_factory=dict)

    def add(self, object_id: int, number: int) -> None:
        """Note that an object has a number."""
        self.by_id[object_id] = number
        self.by_number[number] = object_id

    @classmethod
    def of(cls, ids: Iterable[int]) -> Numbers:
        """Numbers from 1 in the order given."""
        numbers = cls()
        for number, object_id in enumerate(ids, start=1):
            numbers.add(object_id, number)
        return numbers


class References:
    """The numbers of a site's pages, images and files."""

    def __init__(self) -> None:
        self.numbers = {PAGE: Numbers(), IMAGE: Numbers(), FILE: Numbers()}

    def name(self, kind: str, object_id: int) -> str | None:
        """ "page:17" of an object; None for one that is not the site's."""
        number = self.numbers[kind].by_id.get(object_id)
        return f"{kind}:{number}" if number else None

    def find(self, reference: str) -> int | None:
        """The database id behind a reference; None while it has none."""
        kind, number = split(reference)
        return self.numbers[kind].by_number.get(number)


def split(reference: Json, where: str = "") -> tuple[str, int]:
    """("page", 17) of "page:17". Raises Unreadable."""
    match = REFERENCE.fullmatch(reference) if isinstance(reference, str) else None
    if match is None:
        raise Unreadable(where, _("%(value)r is no reference") % {"value": reference})
    return match.group(1), int(match.group(2))


@dataclass(frozen=True)
class LeftOut:
    """Something that an archive does not hold. `where`: "page:17 body_fr.3.image"."""

    where: str
    what: str

    def as_json(self) -> dict[str, str]:
        return {"where": self.where, "what": self.what}


class Exporter:
    """Turns database ids into references. What points out of the site is left out and noted; a
    link in a text to a published page elsewhere becomes an ordinary link."""

    def __init__(self, references: References, *, site_path: str) -> None:
        self.references = references
        self.site_path = site_path
        self.left_out: list[LeftOut] = []
        self.at = ""
        self._children: dict[str, dict[Any, int]] = {}

    def begin(self, name: str, children: dict[str, dict[Any, int]] | None = None) -> None:
        """What follows belongs to the object called `name`. `children`: {relation: {id: number}}
        of its inline children."""
        self.at = name
        self._children = children or {}

    def reference(self, model: type[models.Model], value: Json, where: str) -> Json:
        kind = kind_of(model)
        name = self.references.name(kind, int(value)) if kind else None
        if name is None:
            self._note(where, model, value)
        return name

    def link(self, model: type[models.Model], attrs: dict[str, str], where: str) -> str | None:
        kind, raw = kind_of(model), attrs["id"]
        name = self.references.name(kind, int(raw)) if kind and raw.isdecimal() else None
        if name is None and kind == PAGE and raw.isdecimal():
            page = Page.objects.filter(pk=int(raw), live=True).first()
            if page is not None:
                self._refuse_newcomer(page)
                return page.full_url
        if name is None:
            self._note(where, model, raw)
        return name

    def rich_text(self, html: str, allowed: list[str] | None, where: str) -> str:
        return html

    def unknown_block(self, kind: str, where: str) -> None:
        what = _("a block of the unknown type “%(kind)s”") % {"kind": kind}
        self.left_out.append(LeftOut(f"{self.at} {where}", what))

    def block_id(self, where: str) -> str:
        # Not at random: the same content makes the same archive.
        return str(uuid.uuid5(_BLOCKS, f"{self.at} {where}"))

    def child(self, relation: str, value: Json, where: str) -> Json:
        return self._children.get(relation, {}).get(value)

    def _note(self, where: str, model: type[models.Model], value: Json) -> None:
        if kind_of(model) == PAGE:
            self._refuse_newcomer(Page.objects.filter(pk=value).first())
        what = _("%(kind)s %(id)s, which is not this site's") % {
            "kind": model._meta.verbose_name,
            "id": value,
        }
        self.left_out.append(LeftOut(f"{self.at} {where}", what))

    def _refuse_newcomer(self, page: Page | None) -> None:
        """A page of the site without a number has been made since the numbers were given."""
        if page is not None and page.path.startswith(self.site_path):
            raise SiteChanged(str(page))


class Checker:
    """Looks at references without a database: each must name something that the archive holds."""

    def __init__(self, held: dict[str, int]) -> None:
        self.held = held
        self.points_on = False

    def reference(self, model: type[models.Model], value: Json, where: str) -> Json:
        if value is not None:
            self._require(model, value, where)
        return value

    def link(self, model: type[models.Model], attrs: dict[str, str], where: str) -> str | None:
        self._require(model, attrs["id"], where)
        return attrs["id"]

    def rich_text(self, html: str, allowed: list[str] | None, where: str) -> str:
        return html

    def block_id(self, where: str) -> str:
        raise Unreadable(where, _("a block has no id"))

    def unknown_block(self, kind: str, where: str) -> None:
        raise Unreadable(where, _("there is no block of the type “%(kind)s”") % {"kind": kind})

    def child(self, relation: str, value: Json, where: str) -> Json:
        if value is not None and (not isinstance(value, int) or value < 1):
            raise Unreadable(where, _("%(value)r is no number of a child") % {"value": value})
        return value

    def _require(self, model: type[models.Model], value: Json, where: str) -> None:
        kind, number = split(value, where)
        if kind != kind_of(model):
            raise Unreadable(where, _("%(value)s is of the wrong kind") % {"value": value})
        if number > self.held.get(kind, 0):
            raise Unreadable(where, _("%(value)s is not in the archive") % {"value": value})
        self.points_on = True


class Restorer:
    """Turns references into database ids; those that have none yet become nothing.

    `sanitize(html, features)`: what is left of a text in which somebody has put more than the
    editor can.
    """

    def __init__(
        self, references: References, *, sanitize: Callable[[str, list[str] | None], str]
    ) -> None:
        self.references = references
        self.sanitize = sanitize
        self._children: dict[str, dict[int, Any]] = {}

    def begin(self, children: dict[str, dict[int, Any]] | None = None) -> None:
        """What follows belongs to another object. `children`: {relation: {number: id}}."""
        self._children = children or {}

    def reference(self, model: type[models.Model], value: Json, where: str) -> Json:
        return None if value is None else self.references.find(value)

    def link(self, model: type[models.Model], attrs: dict[str, str], where: str) -> str | None:
        found = self.references.find(attrs["id"])
        return str(found) if found else None

    def rich_text(self, html: str, allowed: list[str] | None, where: str) -> str:
        return self.sanitize(html, allowed)

    def block_id(self, where: str) -> str:
        raise Unreadable(where, _("a block has no id"))

    def unknown_block(self, kind: str, where: str) -> None:
        raise Unreadable(where, _("there is no block of the type “%(kind)s”") % {"kind": kind})

    def child(self, relation: str, value: Json, where: str) -> Json:
        return None if value is None else self._children.get(relation, {}).get(value)
