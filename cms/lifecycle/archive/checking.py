"""What is wrong with the content of an archive, found without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import django.apps
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cms.languages import codes, states
from cms.pages.models import Page

from ..registry import parts_of
from . import languages, media, pages
from .content import Unreadable, Walk
from .format import REDIRECTS, SITE
from .references import PAGE, Checker, split

Described = Iterable[tuple[int, dict[str, Any]]]
#: What a description that is not of our making raises when it is read.
MALFORMED = (KeyError, TypeError, AttributeError, ValueError)


class ReadsMembers(Protocol):
    """An opened archive."""

    held: dict[str, int]

    @property
    def kind(self) -> str: ...

    def json(self, name: str) -> Any: ...


def page_type(label: str) -> type[Page] | None:
    """The page type called "missions.NewsPage", or None."""
    try:
        model = django.apps.apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, Page) and model is not Page else None


def faults_of_pages(described: Described, *, held: dict[str, int]) -> list[str]:
    """What is wrong with the pages, a sentence a fault."""
    faults: list[str] = []
    slugs: set[tuple[str, str]] = set()
    for number, told in described:
        try:
            _check_page(number, told, held=held, slugs=slugs)
        except MALFORMED as error:
            faults.append(f"page:{number}: {_said(error)}")
    return faults


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return _("“%(name)s” is missing") % {"name": error.args[0]}
    return str(error)


def _check_page(
    number: int, told: Any, *, held: dict[str, int], slugs: set[tuple[str, str]]
) -> None:
    if told["id"] != f"{PAGE}:{number}":
        raise Unreadable("id", _("the description of another page"))
    model = page_type(told["type"])
    if model is None:
        raise Unreadable(
            "type", _("there is no page type “%(name)s” here") % {"name": told["type"]}
        )
    _check_place(number, told, slugs)
    for fact in pages.FACTS:
        if not isinstance(told[fact], bool):
            raise Unreadable(fact, _("neither true nor false"))
    for moment in pages.MOMENTS:
        check_moment(told[moment], moment)
    if told["alias_of"] is not None and split(told["alias_of"], "alias_of")[1] > held[PAGE]:
        raise Unreadable("alias_of", _("the page is not in the archive"))
    _check_states(told["translations"])
    _check_states(told["draft_translations"])
    for code, moments in told.get("languages", {}).items():
        codes.get(code)
        for moment in languages.MOMENTS:
            check_moment(moments.get(moment), moment)
    _check_restriction(told["view_restriction"])
    _check_content(model, told["content"], held)
    if told["draft"] is not None:
        _check_states(told["draft"]["translations"])
        check_moment(told["draft"]["created_at"], "created_at", required=True)
        check_moment(told["draft"]["approved_go_live_at"], "approved_go_live_at")
        _check_content(model, told["draft"]["content"], held)


def _check_place(number: int, told: Any, slugs: set[tuple[str, str]]) -> None:
    """One home page, parents before children, no address twice."""
    if (told["parent"] is None) != (number == 1):
        raise Unreadable("parent", _("a page without a parent, or a home page with one"))
    if number == 1:
        return
    if split(told["parent"], "parent")[1] >= number:
        raise Unreadable("parent", _("the parent comes after its child"))
    place = (told["parent"], told["content"]["slug"])
    try:
        validate_unicode_slug(place[1])
    except ValidationError as error:
        raise Unreadable("slug", " ".join(error.messages)) from error
    if place in slugs:
        raise Unreadable("slug", _("another page has the same address"))
    slugs.add(place)


def check_moment(value: Any, where: str, *, required: bool = False) -> None:
    """Raise Unreadable for what is no moment."""
    if value is None and not required:
        return
    moment = parse_datetime(value)
    if moment is None or moment.tzinfo is None:
        raise Unreadable(where, _("%(value)r is no moment with its zone") % {"value": value})


def _check_states(told: Any) -> None:
    for code, state in told.items():
        codes.get(code)
        states.State(state["state"])
        if not isinstance(state.get("followed", ""), str):
            raise Unreadable("translations", _("no fingerprint"))


def _check_restriction(told: Any) -> None:
    if told is None:
        return
    if told["type"] not in ("none", "login", "password", "groups"):
        raise Unreadable("view_restriction", _("of an unknown type"))
    if told["type"] == "groups" and not all(isinstance(name, str) for name in told["groups"]):
        raise Unreadable("view_restriction", _("a group without a name"))


def _check_content(model: type[Page], content: Any, held: dict[str, int]) -> None:
    unknown = sorted(set(content) - pages.known_columns(model))
    if unknown:
        raise Unreadable("content", _("unknown fields: %(names)s") % {"names": ", ".join(unknown)})
    if content.get("source_language") not in codes.CODES:
        raise Unreadable("source_language", _("none of the six languages"))
    Walk(Checker(held)).instance(model, content, left_out=pages.HOUSEKEEPING)


def faults_of_media(
    described: Described,
    shelf: media.Shelf,
    *,
    members: Mapping[str, Any],
) -> list[str]:
    """What is wrong with the descriptions of images or files. Originals are looked into when they
    are put into the storage."""
    faults = []
    for number, told in described:
        try:
            media.check_description(told, shelf, number=number, members=members)
            check_moment(told["created_at"], "created_at", required=True)
            if not all(isinstance(name, str) for name in [*told["tags"], *told["collection"]]):
                raise Unreadable("tags", _("no names"))
        except MALFORMED as error:
            faults.append(f"{shelf.kind}:{number}: {_said(error)}")
    return faults


def faults_of_records(archive: ReadsMembers) -> list[str]:
    """What is wrong with the site's own record, its redirects and the rooms' records."""
    faults = []
    try:
        site = archive.json(SITE)
        if not isinstance(site["collection"], str) or not isinstance(site["site_name"], str):
            faults.append(_("The site's record is incomplete."))
        for redirect in archive.json(REDIRECTS):
            _check_redirect(redirect, archive.held)
        for part in parts_of(archive.kind):
            faults += part.check(archive.json(f"records/{part.name}.json"))
    except MALFORMED as error:
        faults.append(_said(error))
    return faults


def _check_redirect(told: Any, held: dict[str, int]) -> None:
    if not isinstance(told["old_path"], str) or not told["old_path"].startswith("/"):
        raise Unreadable(REDIRECTS, _("a redirect from nowhere"))
    if told["page"] is not None and split(told["page"], REDIRECTS)[1] > held[PAGE]:
        raise Unreadable(REDIRECTS, _("a redirect to a page that is not in the archive"))
    if told["link"] and not told["link"].startswith(("http://", "https://")):
        raise Unreadable(REDIRECTS, _("a redirect to %(link)r") % {"link": told["link"][:120]})
    check_moment(told["created_at"], REDIRECTS)
