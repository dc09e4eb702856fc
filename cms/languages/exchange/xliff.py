"""XLIFF 2.1 (OASIS Standard, 13 February 2018): a `<file>` a page, a `<unit>` a piece of text.

What is ours travels in the metadata module: the digests of source and target as they were when the
file was written. The file is valid against the standard's schema of the core.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from lxml import etree

from .. import codes
from .documents import (
    HTML,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DOCUMENTS,
    MAX_UNITS,
    ORDER,
    TEXT,
    Document,
    NothingToExport,
    Refused,
    SegmentState,
    Unit,
    digest,
    same_languages,
)
from .xliff_inline import (
    NAMESPACE,
    Codes,
    Reader,
    line_of,
    printable,
    q,
    write_html,
    write_text,
)

VERSION = "2.1"
MEDIA_TYPE = "application/xliff+xml"
EXTENSION = "xlf"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_CATEGORY = "cms"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MIXED = (q("source"), q("target"), q("data"), q("note"))
#: A unit's id is an NMTOKEN; what a key may not hold there is written as _x0041_.
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9.:_-]|_(?=x[0-9A-F]{4,6}_)")
_IN_ID = re.compile(r"_x([0-9A-F]{4,6})_")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


# --- writing -------------------------------------------------------------------------------------


def write(documents: Iterable[Document]) -> bytes:
    """One file of all documents; those without any unit are left out. Raises NothingToExport."""
    held = [document for document in documents if document.units]
    if not held:
        raise NothingToExport
    source, target = same_languages(held)
    root = etree.Element(
        q("xliff"),
        {"version": VERSION, "srcLang": source, "trgLang": target},
        nsmap={None: NAMESPACE, "mda": METADATA},
    )
    for number, document in enumerate(held, start=1):
        _write_document(root, document, number)
    _indent(root, 0)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _write_document(root: etree._Element, document: Document, number: int) -> None:
    file = etree.SubElement(
        root,
        q("file"),
        {
            "id": f"f{number}",
            "original": document.original,
            "srcDir": codes.direction(document.source_language),
            "trgDir": codes.direction(document.target_language),
            _SPACE: "preserve",
        },
    )
    notes = [("title", document.title), ("address", document.address)]
    _write_notes(file, [(category, text) for category, text in notes if text])
    for unit in document.units:
        _write_unit(file, unit)


def _write_unit(file: etree._Element, unit: Unit) -> None:
    element = etree.SubElement(
        file, q("unit"), {"id": _id_of(unit.key), "name": unit.key, "type": f"cms:{unit.kind}"}
    )
    _write_digests(element, unit)
    notes = [("place", unit.note)] if unit.note else []
    if unit.maximum is not None:
        limit = _("At most %(count)d characters.") % {"count": unit.maximum}
        notes.append(("limit", limit))
    _write_notes(element, notes)
    inline = Codes()
    segment = etree.Element(q("segment"), state=unit.state.value)
    source = etree.SubElement(segment, q("source"))
    target = etree.SubElement(segment, q("target")) if unit.target else None
    if unit.kind == HTML:
        write_html(source, unit.source, inline, is_source=True)
        if target is not None:
            write_html(target, unit.target, inline, is_source=False)
    else:
        write_text(source, unit.source)
        if target is not None:
            write_text(target, unit.target)
    inline.write_data(element)
    element.append(segment)


def _write_digests(element: etree._Element, unit: Unit) -> None:
    metadata = etree.SubElement(element, f"{{{METADATA}}}metadata")
    group = etree.SubElement(metadata, f"{{{METADATA}}}metaGroup", category=_CATEGORY)
    for name, text in (("source", unit.source), ("target", unit.target)):
        meta = etree.SubElement(group, f"{{{METADATA}}}meta", type=f"{name}-digest")
        meta.text = digest(text, unit.kind)


def _write_notes(element: etree._Element, notes: list[tuple[str, str]]) -> None:
    if notes:
        held = etree.SubElement(element, q("notes"))
        for category, text in notes:
            etree.SubElement(held, q("note"), category=category).text = printable(text)


def _indent(element: etree._Element, level: int) -> None:
    """Lay the structure out in lines; never inside texts, where white space counts."""
    if element.tag in _MIXED or not len(element):
        return
    element.text = "\n" + "  " * (level + 1)
    for child in element:
        _indent(child, level + 1)
        child.tail = element.text
    element[-1].tail = "\n" + "  " * level


def _id_of(key: str) -> str:
    return _NOT_IN_ID.sub(lambda found: f"_x{ord(found[0]):04X}_", key)


def _key_of(unit_id: str) -> str:
    return _IN_ID.sub(lambda found: chr(int(found[1], 16)), unit_id)


# --- reading -------------------------------------------------------------------------------------


def read(data: bytes) -> list[Document]:
    """The documents of a file. Raises Refused for anything but XLIFF 2.x within the bounds."""
    root = _parsed(data)
    _check_root(root)
    source = _language(root, "srcLang")
    target = _language(root, "trgLang")
    files = [child for child in root if child.tag == q("file")]
    if not files:
        raise Refused(_("There is no <file> in it."), line=line_of(root))
    if len(files) > MAX_DOCUMENTS:
        raise Refused(_("It holds too many pages: send them in several files."))
    return [_document(file, source, target) for file in files]


def _parsed(data: bytes) -> etree._Element:
    if len(data) > MAX_BYTES:
        raise Refused(_("It is too large: send the pages in several files."))
    text = _DECLARATION.sub(_only_newlines, _decoded(data), count=1)
    if found := _DOCTYPE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Refused(_("It declares a document type or entities; XLIFF 2 has none."), line=line)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise Refused(_("It is no XML: %(error)s.") % {"error": error.msg}, line=line) from error
    _check_bounds(root)
    return root


def _only_newlines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(_("It is not in UTF-8."), line=line) from error


def _check_bounds(root: etree._Element) -> None:
    depth = units = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        units += event == "start" and element.tag == q("unit")
        if depth > MAX_DEPTH:
            raise Refused(_("It is nested too deeply."), line=line_of(element))
        if units > MAX_UNITS:
            raise Refused(_("It holds too many texts: send them in several files."))


def _check_root(root: etree._Element) -> None:
    name = etree.QName(root)
    version = root.get("version", "")
    if name.localname == "xliff" and (version.startswith("1.") or ":1." in (name.namespace or "")):
        raise Refused(
            _("It is XLIFF %(version)s: this needs 2.0 or 2.1, as it was sent out.")
            % {"version": version or "1"},
            line=line_of(root),
        )
    if root.tag != q("xliff") or version not in ("2.0", VERSION):
        raise Refused(_("It is not XLIFF 2."), line=line_of(root))


def _language(root: etree._Element, attribute: str) -> str:
    code = codes.normalise(root.get(attribute))
    if code is None:
        raise Refused(
            _("%(attribute)s names none of the six languages.") % {"attribute": attribute},
            line=line_of(root),
        )
    return code


def _document(file: etree._Element, source: str, target: str) -> Document:
    notes = {
        note.get("category"): "".join(note.itertext())
        for note in file.iterfind(f"{q('notes')}/{q('note')}")
    }
    units = tuple(_unit(unit) for unit in file.iter(q("unit")))
    _refuse_twice(units)
    return Document(
        original=file.get("original", ""),
        source_language=source,
        target_language=target,
        units=units,
        title=notes.get("title", ""),
        address=notes.get("address", ""),
        line=line_of(file),
    )


def _refuse_twice(units: tuple[Unit, ...]) -> None:
    seen: set[str] = set()
    for unit in units:
        if unit.key in seen:
            raise Refused(
                _("The text “%(key)s” is there twice.") % {"key": unit.key}, line=unit.line
            )
        seen.add(unit.key)


def _unit(unit: etree._Element) -> Unit:
    line = line_of(unit)
    key = _key_of(unit.get("id", ""))
    if not key:
        raise Refused(_("A <unit> has no id."), line=line)
    kind = HTML if unit.get("type") != f"cms:{TEXT}" else TEXT
    reader = Reader(unit)
    read_inline = reader.html if kind == HTML else reader.text
    parts = [child for child in unit if child.tag in (q("segment"), q("ignorable"))]
    sources = [child for part in parts for child in part if child.tag == q("source")]
    if not sources:
        raise Refused(_("A <unit> has no <source>."), line=line)
    source = "".join(read_inline(element) for element in sources)
    targets = [_target(part) for part in parts]
    segments = [part for part in parts if part.tag == q("segment")]
    return Unit(
        key=key,
        kind=kind,
        source=source,
        target="".join(read_inline(element) for element in _in_order(targets)),
        state=_state(segments),
        source_digest=_meta(unit, "source-digest"),
        target_digest=_meta(unit, "target-digest"),
        line=line,
    )


def _target(part: etree._Element) -> etree._Element | None:
    """The target of a segment; what is between segments is, without one, as in the source."""
    target = part.find(q("target"))
    if target is None and part.tag == q("ignorable"):
        return part.find(q("source"))
    return target


def _in_order(targets: list[etree._Element | None]) -> list[etree._Element]:
    """Targets as a reader of the translation meets them (XLIFF 2.1, 4.3.1.22, `order`)."""
    if any(target is None for target in targets):
        return []  # a part of the text is not translated: none of it is taken
    present = [target for target in targets if target is not None]
    ranks = [
        int(target.get("order", "")) if (target.get("order") or "").isdecimal() else place
        for place, target in enumerate(present, start=1)
    ]
    return [target for _rank, target in sorted(zip(ranks, present, strict=True), key=_first)]


def _first(pair: tuple[int, etree._Element]) -> int:
    return pair[0]


def _state(segments: list[etree._Element]) -> SegmentState:
    """The state of the least finished segment."""
    least = len(ORDER) - 1
    for segment in segments:
        raw = segment.get("state", SegmentState.INITIAL)
        if raw not in {state.value for state in ORDER}:
            raise Refused(
                _("“%(state)s” is no state of a segment.") % {"state": raw},
                line=line_of(segment),
            )
        least = min(least, ORDER.index(SegmentState(raw)))
    return ORDER[least]


def _meta(unit: etree._Element, name: str) -> str | None:
    for meta in unit.iter(f"{{{METADATA}}}meta"):
        if meta.get("type") == name:
            return (meta.text or "").strip()
    return None
