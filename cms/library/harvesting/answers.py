"""The answers to the six verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr
from urllib.parse import quote, unquote

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _
from lxml import etree

from cms.access.audiences import PUBLIC
from cms.languages import codes
from cms.languages.lines import one_line

from ..exporting.portrait import read_whole
from ..models import BODIES, Document, HarvestEntry
from ..selectors import documents_for
from ..symbols import symbol_key
from .arguments import (
    GRANULARITY,
    VERBS,
    Asked,
    ProtocolError,
    Window,
    make_token,
    may_be_repeated,
    read_arguments,
    told_moment,
)
from .entries import now
from .records import METADATA_FORMATS, OAI, XSI

#: Entries of one answer.
PAGE = {"ListRecords": 100, "ListIdentifiers": 500}
_SCHEMA = f"{OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
_SET_PREFIX = "body:"


@dataclass(frozen=True)
class Repository:
    """Whose records these are. `base_url`: the address that was asked; `root_url`: before permanent
    addresses; `host`: in the identifiers, the same on every site."""

    name: str
    base_url: str
    root_url: str
    host: str

    def identifier(self, key: str) -> str:
        """ "oai:missions.example:A/RES/79/1"."""
        return f"oai:{self.host}:{quote(key)}"


def answer(query, repository: Repository) -> bytes:
    """The whole answer to a query string or form: what was asked for, or the protocol's error."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", _SCHEMA)
    _add(root, "responseDate", told_moment(now()))
    request = _add(root, "request", repository.base_url)
    try:
        asked = read_arguments(query)
        request.set("verb", asked.verb)
        for name, value in asked.arguments.items():
            if may_be_repeated(name, value):
                request.set(name, one_line(value))
        root.append(_VERBS[asked.verb](asked, repository))
    except ProtocolError as error:
        if error.code in ("badVerb", "badArgument"):
            request.attrib.clear()
        _add(root, "error", str(error)).set("code", error.code)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{OAI}}}{name}")
    if text:
        element.text = one_line(text)
    return element


def _new(verb: str) -> etree._Element:
    return etree.Element(f"{{{OAI}}}{verb}")


# --- about the repository ------------------------------------------------------------------------


def _identify(asked: Asked, repository: Repository) -> etree._Element:
    found = _new(asked.verb)
    earliest = HarvestEntry.objects.aggregate(first=Min("stamp"))["first"] or now()
    _add(found, "repositoryName", repository.name)
    _add(found, "baseURL", repository.base_url)
    _add(found, "protocolVersion", "2.0")
    _add(found, "adminEmail", _email(settings.DEFAULT_FROM_EMAIL))
    _add(found, "earliestDatestamp", told_moment(earliest))
    _add(found, "deletedRecord", "persistent")
    _add(found, "granularity", GRANULARITY)
    return found


def _email(sender: str) -> str:
    """The bare address of a sender. The protocol's schema asks for a full stop in its host, which
    a machine of one's own has not."""
    address = parseaddr(sender)[1]
    host = address.rpartition("@")[2]
    return address if "." in host else f"{address}.invalid"


def _metadata_formats(asked: Asked, repository: Repository) -> etree._Element:
    if "identifier" in asked.arguments:
        _find_entry(asked.arguments["identifier"], repository)
    found = _new(asked.verb)
    for one in METADATA_FORMATS.values():
        element = _add(found, "metadataFormat")
        _add(element, "metadataPrefix", one.prefix)
        _add(element, "schema", one.schema)
        _add(element, "metadataNamespace", one.namespace)
    return found


def _sets(asked: Asked, repository: Repository) -> etree._Element:
    if "resumptionToken" in asked.arguments:
        raise ProtocolError("badResumptionToken", "The list of sets is given whole.")
    bodies = HarvestEntry.objects.order_by("body").values_list("body", flat=True).distinct()
    found = _new(asked.verb)
    for body in filter(None, bodies):
        element = _add(found, "set")
        _add(element, "setSpec", set_spec(body))
        with codes.override("en"):
            _add(element, "setName", str(BODIES.get(body, body)))
    if not len(found):
        raise ProtocolError("noSetHierarchy", "There are no documents, and so no sets.")
    return found


def set_spec(body: str) -> str:
    """A body's set: "body:GA"; of what a set's name can't hold, "~" stands for "/"."""
    kept = "-_.!~*'()"
    return _SET_PREFIX + "".join(
        c if (c.isascii() and c.isalnum()) or c in kept else "~" for c in body
    )


# --- records -------------------------------------------------------------------------------------


def _format_of(prefix: str):
    try:
        return METADATA_FORMATS[prefix]
    except KeyError:
        known = ", ".join(METADATA_FORMATS)
        message = f"There is no such format of records: use one of {known}."
        raise ProtocolError("cannotDisseminateFormat", message) from None


def _find_entry(identifier: str, repository: Repository) -> HarvestEntry:
    start = f"oai:{repository.host}:"
    key = symbol_key(unquote(identifier.removeprefix(start))[:200])
    entry = HarvestEntry.objects.filter(key=key.replace("\x00", "")).first()
    if entry is None or not identifier.startswith(start):
        raise ProtocolError("idDoesNotExist", "There is no record of this identifier.")
    return entry


def _get_record(asked: Asked, repository: Repository) -> etree._Element:
    entry = _find_entry(asked.arguments["identifier"], repository)
    chosen = _format_of(asked.arguments["metadataPrefix"])
    found = _new(asked.verb)
    shown = _shown([entry])
    _record(found, entry, shown.get(entry.key), repository, chosen.write)
    return found


def _list(asked: Asked, repository: Repository) -> etree._Element:
    assert asked.window is not None
    window, size = asked.window, PAGE[asked.verb]
    chosen = _format_of(window.prefix)
    entries = _entries(window)
    total = entries.count() if window.total is None else window.total
    page = list(_behind(entries, window)[: size + 1])
    if not page:
        raise ProtocolError("noRecordsMatch", "No record was changed then, or none is in the set.")
    more, page = len(page) > size, page[:size]
    found = _new(asked.verb)
    shown = _shown(page, whole=asked.verb == "ListRecords")
    for entry in page:
        document = shown.get(entry.key)
        if asked.verb == "ListRecords":
            _record(found, entry, document, repository, chosen.write)
        else:
            _header(found, entry, repository, is_shown=document is not None)
    if more or window.after:
        after = replace(
            window,
            after=(page[-1].stamp, page[-1].pk),
            cursor=window.cursor + len(page),
            total=total,
        )
        token = _add(found, "resumptionToken", make_token(asked.verb, after) if more else "")
        token.set("cursor", str(window.cursor))
        token.set("completeListSize", str(max(total, window.cursor + len(page))))
    return found


def _entries(window: Window) -> QuerySet[HarvestEntry]:
    entries = HarvestEntry.objects.order_by("stamp", "pk")
    if window.since:
        entries = entries.filter(stamp__gte=window.since)
    if window.until:
        entries = entries.filter(stamp__lte=window.until)
    if window.set_spec:
        bodies = HarvestEntry.objects.order_by().values_list("body", flat=True).distinct()
        entries = entries.filter(body__in=[b for b in bodies if set_spec(b) == window.set_spec])
    return entries


def _behind(entries: QuerySet[HarvestEntry], window: Window) -> QuerySet[HarvestEntry]:
    """What is to come: what changes meanwhile moves to the end, so that nothing is left out."""
    if window.after is None:
        return entries
    stamp, number = window.after
    # The first condition says nothing new, and lets the database begin in the right place.
    return entries.filter(stamp__gte=stamp).filter(Q(stamp__gt=stamp) | Q(pk__gt=number))


def _shown(entries: Sequence[HarvestEntry], *, whole: bool = True) -> dict[str, Document]:
    """{key: document} of the entries that anybody may read at this moment."""
    keys = [entry.key for entry in entries if not entry.is_deleted]
    documents = documents_for({PUBLIC}).filter(key__in=keys).order_by()
    return {one.key: one for one in (read_whole(documents) if whole else documents)}


def _header(
    parent: etree._Element, entry: HarvestEntry, repository: Repository, *, is_shown: bool
) -> None:
    header = _add(parent, "header")
    if not is_shown:
        header.set("status", "deleted")
    _add(header, "identifier", repository.identifier(entry.key))
    _add(header, "datestamp", told_moment(entry.stamp))
    if entry.body:
        _add(header, "setSpec", set_spec(entry.body))


def _record(
    parent: etree._Element,
    entry: HarvestEntry,
    document: Document | None,
    repository: Repository,
    write: Callable[[Document, str], etree._Element],
) -> None:
    record = _add(parent, "record")
    _header(record, entry, repository, is_shown=document is not None)
    if document is not None:
        _add(record, "metadata").append(write(document, repository.root_url))


_VERBS: dict[str, Callable[[Asked, Repository], etree._Element]] = {
    "Identify": _identify,
    "ListMetadataFormats": _metadata_formats,
    "ListSets": _sets,
    "ListIdentifiers": _list,
    "ListRecords": _list,
    "GetRecord": _get_record,
}
assert _VERBS.keys() == VERBS.keys()


def repository_name() -> str:
    """What the repository calls itself, in English as all of the protocol."""
    with codes.override("en"):
        return _("Documents of the United Nations")
