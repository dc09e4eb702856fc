"""A file that is not taken is refused with the line and the reason; its sound neighbour is read."""

import pytest

from cms.languages.exchange import documents, formats, po, xliff
from cms.languages.exchange.documents import Refused
from tests.languages.exchange_samples import document


@pytest.fixture
def sound():
    """XLIFF that is taken."""
    data = xliff.write([document("en", "ar")])
    assert formats.read(data)
    return data


@pytest.fixture
def sound_po():
    data = po.write([document("en", "zh")])
    assert formats.read(data)
    return data


def line_with(data, text):
    return data[: data.index(text)].count(b"\n") + 1


def test_xliff_1_is_refused_by_its_name():
    old = (
        b'<?xml version="1.0"?>\n<xliff version="1.2" '
        b'xmlns="urn:oasis:names:tc:xliff:document:1.2"><file/></xliff>'
    )
    with pytest.raises(Refused, match=r"Line 2: It is XLIFF 1\.2"):
        formats.read(old)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>No</body></html>",
        b'<xliff version="3.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>',
        b'<xliff version="2.1" xmlns="urn:example"/>',
    ],
)
def test_other_xml_is_refused(data):
    with pytest.raises(Refused, match="not XLIFF 2"):
        formats.read(data)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"title;text", b"\x00" * 50])
def test_other_files_are_refused_by_what_they_hold(data):
    with pytest.raises(Refused, match="neither XLIFF 2 nor PO"):
        formats.read(data)


def test_broken_xml_is_refused_with_its_line(sound):
    broken = sound.replace(b"</mda:metaGroup>", b"</mda:metaGruop>", 1)
    with pytest.raises(Refused, match="no XML") as refused:
        formats.read(broken)
    assert refused.value.line == line_with(broken, b"metaGruop")


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE xliff [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE xliff SYSTEM "http://169.254.169.254/x.dtd">',
        b'<!doctype xliff [<!entity % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused(sound, head, encoding):
    declaration, _break, rest = sound.partition(b"\n")
    text = (b'<?xml version="1.0"?>\n' + head + b"\n" + rest).decode()
    with pytest.raises(Refused, match="Line 2: It declares a document type"):
        formats.read(text.encode(encoding))


def test_an_entity_that_nobody_declared_is_refused(sound):
    with pytest.raises(Refused, match="no XML"):
        formats.read(sound.replace(b"Tom &amp;", b"Tom &xxe;"))


def test_too_deep_a_file_is_refused(sound):
    depth = documents.MAX_DEPTH + 1
    nested = b"<mrk id='m'>" * depth + b"</mrk>" * depth
    with pytest.raises(Refused, match="too deeply|no XML"):
        formats.read(sound.replace(b"</target>", nested + b"</target>", 1))
    fine = b"<mrk id='m'>" * 20 + b"</mrk>" * 20
    assert formats.read(sound.replace(b"</target>", fine + b"</target>", 1))


def test_too_large_a_file_is_refused(sound, sound_po, monkeypatch):
    for data, module in ((sound, xliff), (sound_po, po)):
        monkeypatch.setattr(module, "MAX_BYTES", len(data))
        assert module.read(data)
        with pytest.raises(Refused, match="too large"):
            module.read(data + b" ")
    with pytest.raises(Refused, match="too large"):
        formats.read(b"<" + b" " * documents.MAX_BYTES)


def test_too_many_texts_are_refused(sound, sound_po, monkeypatch):
    for data, module in ((sound, xliff), (sound_po, po)):
        monkeypatch.setattr(module, "MAX_UNITS", 2)
        with pytest.raises(Refused, match="too many texts"):
            module.read(data)


def test_too_many_pages_are_refused(sound, sound_po, monkeypatch):
    for data, module in ((sound, xliff), (sound_po, po)):
        monkeypatch.setattr(module, "MAX_DOCUMENTS", 0)
        with pytest.raises(Refused, match="too many pages"):
            module.read(data)


def test_a_language_that_is_none_of_the_six_is_refused(sound, sound_po):
    with pytest.raises(Refused, match="Line 2: trgLang"):
        formats.read(sound.replace(b'trgLang="ar"', b'trgLang="de"'))
    assert formats.read(sound.replace(b'trgLang="ar"', b'trgLang="ar-EG"'))
    with pytest.raises(Refused, match="Language"):
        formats.read(sound_po.replace(b"Language: zh", b"Language: de"))
    assert formats.read(sound_po.replace(b"Language: zh", b"Language: zh_CN"))
    with pytest.raises(Refused, match="X-Source-Language"):
        formats.read(sound_po.replace(b"X-Source-Language", b"X-Other"))


def test_a_code_that_the_source_does_not_have_is_refused_with_its_line(sound):
    at = sound.rindex(b"</target>")
    added = sound[:at] + b'\n<ph id="99"/>' + sound[at:]
    with pytest.raises(Refused, match="“99” is not one of the source") as refused:
        formats.read(added)
    assert refused.value.line == line_with(added, b'<ph id="99"')


@pytest.mark.parametrize("inside", [b"<b>x</b>", b"<g id='1'>x</g>", b"<unit id='x'/>"])
def test_what_has_no_place_in_a_text_is_refused(sound, inside):
    with pytest.raises(Refused, match="has no place"):
        formats.read(sound.replace(b"</target>", inside + b"</target>", 1))


def test_a_plain_text_has_no_codes(sound):
    with pytest.raises(Refused, match="has no place"):
        formats.read(sound.replace(b"</target>", b'<ph id="1" dataRef="d1"/></target>', 1))


@pytest.mark.parametrize("hex_", [b"", b"0000", b"D800", b"110000", b"xyz", b"1" * 500])
def test_what_is_no_character_is_refused(sound, hex_):
    code = b'<cp hex="' + hex_ + b'"/></target>'
    with pytest.raises(Refused, match="is no character"):
        formats.read(sound.replace(b"</target>", code, 1))
    assert formats.read(sound.replace(b"</target>", b'<cp hex="0007"/></target>', 1))


def test_an_unknown_state_is_refused(sound):
    with pytest.raises(Refused, match="“done” is no state"):
        formats.read(sound.replace(b'state="translated"', b'state="done"', 1))


def test_a_text_that_is_there_twice_is_refused(sound, sound_po):
    with pytest.raises(Refused, match="“title” is there twice"):
        formats.read(sound.replace(b'id="body.5d1c-5.text"', b'id="title"'))
    with pytest.raises(Refused, match="is there twice") as refused:
        formats.read(sound_po.replace(b"body.5d1c-5.text", b"title"))
    assert refused.value.line > 10


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(sound, sound_po):
    for data in (sound, sound_po):
        broken = data.replace("水".encode(), b"\xff").replace("الماء".encode(), b"\xff")
        with pytest.raises(Refused, match="not in UTF-8") as refused:
            formats.read(broken)
        assert refused.value.line == line_with(broken, b"\xff")


def test_a_broken_po_file_is_refused_with_its_line_and_no_path(sound_po):
    broken = sound_po.replace(b'msgstr "', b'msgstr x"', 3)
    with pytest.raises(Refused, match="no PO file") as refused:
        formats.read(broken)
    assert refused.value.line > 1
    assert "/tmp" not in str(refused.value)
    assert "upload" not in str(refused.value)


def test_a_po_file_of_something_else_is_refused():
    other = 'msgid ""\nmsgstr "Language: fr\\nX-Source-Language: en\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    with pytest.raises(Refused, match="msgctxt"):
        formats.read(other.encode())


def test_the_name_of_a_file_is_not_opened(tmp_path, sound_po):
    secret = tmp_path / "msgid"
    secret.write_bytes(sound_po)
    with pytest.raises(Refused):
        po.read(str(secret).encode())
    assert po.read(secret.read_bytes())
