"""The parameters of an address: known, sound, and in the same words everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.operation import Operation
from pydantic import Field

from cms.languages import codes

from .errors import Problem, bad_parameter

LARGEST_LIMIT = 100
LARGEST_OFFSET = 10_000
#: The largest number that the database knows.
LARGEST_ID = 2**63 - 1

_TAG = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,8}", re.ASCII)
#: No text of any script: NUL, and halves of characters.
_UNSOUND = re.compile("[\x00\ud800-\udfff]")


class LanguageParameter(Schema):
    """`?lang=`: which language is wanted."""

    lang: str | None = Field(
        None,
        description="The language wanted: ar, zh, en, fr, ru, es, or any BCP 47 tag of one of "
        "them (zh-CN, fr_CA). Default: Accept-Language, else each page's source language.",
    )


class SiteParameter(Schema):
    """`?site=`: which site is meant."""

    site: str | None = Field(
        None,
        description="A site: its id, host name (with or without port) or code (fra, c1), or “all” "
        "for every public site. Default: the site of the host that is asked.",
    )


class ReadParameters(LanguageParameter, SiteParameter):
    """What every read of content takes."""


class PageParameters(Schema):
    """Which part of a list."""

    limit: int = Field(20, ge=1, le=LARGEST_LIMIT, description="Items to give, 1 to 100.")
    offset: int = Field(
        0, ge=0, le=LARGEST_OFFSET, description="Items to pass over first, at most 10,000."
    )


@dataclass(frozen=True)
class Asked:
    """The language that a request wants.

    `language`: our code, or None where neither `?lang=` nor Accept-Language names one of the six;
    `by_parameter`: whether `?lang=` says so, and the response varies by no header.
    """

    language: str | None
    by_parameter: bool

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """Read the request. Raises Problem (400) for a language that is none of the six."""
        tag = request.GET.get("lang")
        if tag is None:
            return cls(codes.from_accept_language(request.headers.get("Accept-Language")), False)
        code = codes.normalise(tag) if _TAG.fullmatch(tag) else None
        if code is None:
            raise bad_parameter(
                "lang",
                _("“%(tag)s” is none of the official languages: use one of %(codes)s.")
                % {"tag": tag[:40], "codes": ", ".join(codes.CODES)},
            )
        return cls(code, True)


def check_request(request: HttpRequest, operation: Operation, path_values: dict[str, Any]) -> None:
    """Refuse what no operation should see: unsound text, unknown or repeated parameters.

    Raises Problem (400), naming each parameter; Http404 for unsound text in the path.
    """
    if any(_UNSOUND.search(str(value)) for value in path_values.values()):
        raise Http404
    if not getattr(operation.view_func, "takes_any_parameter", False):
        _check_query(request, *parameters_of(operation))
    if request.method in ("POST", "PUT", "PATCH") and "json" in (request.content_type or "json"):
        _check_body(request)


def parameters_of(operation: Operation) -> tuple[frozenset[str], frozenset[str]]:
    """(names of the query parameters that an operation takes, those that may be repeated)."""
    known = getattr(operation, "_parameter_names", None)
    if known is None:
        models = [m for m in operation.models if m.__ninja_param_source__ == "query"]
        names = {name for m in models for name in m.__ninja_flatten_map__}
        several = {name for m in models for name in m.__ninja_collection_fields__}
        known = operation._parameter_names = frozenset(names), frozenset(several)
    return known


def _check_query(request: HttpRequest, names: frozenset[str], several: frozenset[str]) -> None:
    raw = request.META.get("QUERY_STRING", "")
    errors = []
    for name, value in parse_qsl(raw, keep_blank_values=True, errors="surrogateescape"):
        if _UNSOUND.search(name) or _UNSOUND.search(value):
            shown = _UNSOUND.sub("\ufffd", name)
            errors.append((shown, "text", _("This is not text in UTF-8.")))
    for name, values in request.GET.lists():
        if name not in names:
            known = ", ".join(sorted(names)) or "–"
            message = _("There is no such parameter here; there is: %(names)s.") % {"names": known}
            errors.append((name.replace("\x00", "\ufffd")[:80], "unknown", message))
        elif len(values) > 1 and name not in several:
            errors.append((name, "repeated", _("Give this parameter once.")))
    if errors:
        raise Problem(
            400,
            _("These parameters can't be used: %(names)s.")
            % {"names": ", ".join(dict.fromkeys(name for name, _type, _message in errors))},
            errors=[
                {"type": kind, "loc": ["query", name], "msg": message}
                for name, kind, message in errors
            ],
        )


def _check_body(request: HttpRequest) -> None:
    """Every body here is a JSON object, of Unicode text. Raises Problem (400)."""
    if not request.body:
        return
    try:
        body = json.loads(request.body, parse_constant=_no_number)
        texts = list(_texts(body))
    except (ValueError, RecursionError):
        raise Problem(400, _("The body is not JSON (RFC 8259).")) from None
    if not isinstance(body, dict):
        raise Problem(400, _("The body must be a JSON object."))
    if any(_UNSOUND.search(text) for text in texts):
        raise Problem(400, _("The body holds text that is not Unicode."))


def _no_number(name: str) -> None:
    raise ValueError(name)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
