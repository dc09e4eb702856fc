"""MARC records for tests, and files of them."""

import pymarc
from pymarc import Field, Indicators, Subfield


def field(tag, indicators, **subfields):
    """A field; a list gives a subfield several times, `_0` and `_1` stand for digits."""
    parts = [
        Subfield(code=name.strip("_"), value=value)
        for name, values in subfields.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return Field(tag=tag, indicators=Indicators(*indicators), subfields=parts)


def record(symbol="A/C.3/78/L.10", *more, title="Persons with albinism :", **without):
    """A record as the libraries make it: draft of the Third Committee, issued in six languages."""
    made = pymarc.Record(force_utf8=True)
    made.add_field(
        Field(tag="001", data="4023973"),
        Field(tag="008", data="231009s2023    xx |||||||||||||||||eng||"),
        field("041", "1 ", a=["ara", "chi", "eng", "fre", "rus", "spa"]),
        field("089", "  ", b="B02"),
        field("091", "  ", a="LTD"),
        field("191", "  ", a=symbol, b="A/C.3/", c="78"),
        field("245", "10", a=title, b="draft resolution /", c="Malawi"),
        field("269", "  ", a="2023-10-09"),
        *more,
    )
    return made


def marc_file(path, *records):
    path.write_bytes(b"".join(r if isinstance(r, bytes) else r.as_marc() for r in records))
    return path


def xml_file(path, *records, head=b"", encoding="utf-8"):
    bodies = [r if isinstance(r, bytes) else pymarc.record_to_xml(r) for r in records]
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'.encode()
        + head
        + b'<collection xmlns="http://www.loc.gov/MARC21/slim">\n'
        + b"\n".join(bodies)
        + b"\n</collection>\n"
    )
    path.write_bytes(text.decode("utf-8", "surrogateescape").encode(encoding, "surrogateescape"))
    return path
