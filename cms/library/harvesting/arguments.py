"""What a harvester asks for, checked by the rules of the protocol (section 3.6: errors)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.http import QueryDict

_SALT = "library.harvesting"
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
#: What names of formats and sets are made of (OAI-PMH.xsd).
_NAME = re.compile(r"[A-Za-z0-9_.!~*'()-]+", re.ASCII)
_SET = re.compile(rf"{_NAME.pattern}(?::{_NAME.pattern})*", re.ASCII)
_TOLD_AS = {"metadataPrefix": _NAME, "set": _SET}
GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"

#: {verb: (required arguments, optional ones)}; a resumption token stands alone.
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
}
_RESUMED = frozenset({"ListIdentifiers", "ListRecords", "ListSets"})


class ProtocolError(ValueError):
    """Raised for what the protocol answers with an error; `code`: one of its codes."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Window:
    """Which entries, and behind which one to go on. `after`: (stamp, primary key)."""

    prefix: str
    set_spec: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, int] | None = None
    cursor: int = 0
    total: int | None = None


@dataclass(frozen=True)
class Asked:
    """A checked request. `window`: of the lists; `arguments`: as given."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)
    window: Window | None = None


def read_arguments(query: QueryDict) -> Asked:
    """The request of a query string or a form. Raises ProtocolError."""
    given = dict(query.lists())
    verbs = given.pop("verb", [])
    if len(verbs) != 1 or verbs[0] not in VERBS:
        known = ", ".join(VERBS)
        raise ProtocolError("badVerb", f"Name one verb, one of {known}.")
    verb = verbs[0]
    repeated = sorted(name for name, values in given.items() if len(values) != 1)
    if repeated:
        raise ProtocolError("badArgument", f"Given more than once: {_named(repeated)}.")
    arguments = {name: values[0] for name, values in given.items()}
    if "resumptionToken" in arguments and verb in _RESUMED:
        if len(arguments) > 1:
            raise ProtocolError("badArgument", "A resumptionToken stands alone.")
        return Asked(verb, arguments, read_token(verb, arguments["resumptionToken"]))
    required, optional = VERBS[verb]
    unknown = sorted(set(arguments) - required - optional)
    missing = sorted(required - set(arguments))
    if unknown:
        raise ProtocolError("badArgument", f"{verb} does not take {_named(unknown)}.")
    if missing:
        raise ProtocolError("badArgument", f"{verb} needs {_named(missing)}.")
    is_list = verb in ("ListIdentifiers", "ListRecords")
    return Asked(verb, arguments, _window(arguments) if is_list else None)


def may_be_repeated(name: str, value: str) -> bool:
    """Whether an answer that tells what was asked stays valid with this argument in it."""
    return name not in _TOLD_AS or _TOLD_AS[name].fullmatch(value) is not None


def _named(names: list[str]) -> str:
    return ", ".join(name[:40] for name in names[:10])


def _window(arguments: dict[str, str]) -> Window:
    since, until = arguments.get("from"), arguments.get("until")
    if since and until and len(since) != len(until):
        raise ProtocolError("badArgument", "from and until must have the same granularity.")
    begin = _moment("from", since) if since is not None else None
    end = _moment("until", until) if until is not None else None
    if end is not None and until is not None and _DAY.fullmatch(until):
        end += timedelta(days=1) - timedelta(seconds=1)
    if begin and end and begin > end:
        raise ProtocolError("badArgument", "from is later than until.")
    return Window(arguments["metadataPrefix"], arguments.get("set", ""), begin, end)


def _moment(name: str, text: str) -> datetime:
    pattern = _SECOND if "T" in text else _DAY
    try:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        raise ProtocolError(
            "badArgument", f"{name} is no date: write it as YYYY-MM-DD or {GRANULARITY}."
        ) from None


def told_moment(moment: datetime) -> str:
    """A moment as the protocol writes it: "2026-11-22T15:04:05Z"."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def make_token(verb: str, window: Window) -> str:
    """A token that says everything about where to go on: nothing is kept here, and it never
    expires. Signed, so that nobody makes the database look for something else."""
    stamp, number = window.after or (None, 0)
    facts: list[Any] = [verb, window.prefix, window.set_spec]
    facts += [_seconds(window.since), _seconds(window.until), _seconds(stamp), number]
    return signing.dumps([*facts, window.cursor, window.total], salt=_SALT, compress=True)


def read_token(verb: str, token: str) -> Window:
    """The window of a token. Raises ProtocolError."""
    try:
        facts = signing.loads(token[:2000], salt=_SALT)
        made_for, prefix, set_spec, since, until, stamp, number, cursor, total = facts
    except (signing.BadSignature, ValueError, TypeError, UnicodeError):
        made_for = None
    if made_for != verb:
        message = "This token is none of ours, or of another verb: begin the list again."
        raise ProtocolError("badResumptionToken", message)
    after = (_from_seconds(stamp), number) if stamp is not None else None
    return Window(
        prefix, set_spec, _from_seconds(since), _from_seconds(until), after, cursor, total
    )  # type: ignore[arg-type]


def _seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None


def _from_seconds(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
