"""Files for tests, made as programs make them: sound, and hostile."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SENTENCES = {
    "ar": "لكل شخص الحق في حرية الرأي والتعبير، ويشمل هذا الحق حرية اعتناق الآراء دون أي تدخل.",
    "zh": "人人有权享有主张和发表意见的自由；此项权利包括持有主张而不受干涉的自由。",
    "en": "Everyone has the right to freedom of opinion and expression without interference.",
    "fr": "Tout individu a droit à la liberté d'opinion et d'expression sans être inquiété.",
    "ru": "Каждый человек имеет право на свободу убеждений и на свободное выражение их.",
    "es": "Todo individuo tiene derecho a la libertad de opinión y de expresión sin molestia.",
}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(*texts: str, pages: int | None = None, encrypt: bool = False, packed: bytes = b"") -> bytes:
    """A PDF with a page a text (in Latin-1); `pages`: so many of the first; `packed`: its content
    stream, compressed."""
    texts = texts or (SENTENCES["en"],)
    count = pages or len(texts)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    first_content = len(objects) + 1
    for text in texts:
        drawn = text.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")
        stream = packed or b"BT /F1 12 Tf 20 700 Td (" + drawn + b") Tj ET"
        head = b"/Filter /FlateDecode " if packed else b""
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (head, len(stream), stream))
    first_page = len(objects) + 1
    for number in range(count):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>"
            % (first_content + min(number, len(texts) - 1))
        )
    kids = b" ".join(b"%d 0 R" % (first_page + number) for number in range(count))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    lock = b""
    if encrypt:
        key = b"<%s>" % (b"5a" * 32)
        lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >> " % (key, key)
        lock += b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
    out += b"trailer << /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, lock)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def docx(*paragraphs: str, head: str = "", notes: str = "", body: bytes | None = None) -> bytes:
    """A DOCX; `head`: between the XML declaration and the document; `body`: all of it instead."""
    texts = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    document = (
        body
        or (
            f'<?xml version="1.0" encoding="UTF-8"?>{head}'
            f'<w:document xmlns:w="{WORD}"><w:body>{texts}</w:body></w:document>'
        ).encode()
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr("word/document.xml", document)
        if notes:
            archive.writestr(
                "word/footnotes.xml",
                f'<w:footnotes xmlns:w="{WORD}"><w:footnote><w:p><w:r><w:t>{notes}</w:t></w:r>'
                "</w:p></w:footnote></w:footnotes>",
            )
    return held.getvalue()


def html(text: str, language: str = "en") -> bytes:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>T</title>'
        f"<script>alert('never read')</script></head><body><h1>1</h1><p>{text}</p></body></html>"
    ).encode()


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    return docx("&a11;", head=f"<!DOCTYPE d [{entities}]>")


def outward_entity() -> bytes:
    return docx("&out;", head='<!DOCTYPE d [<!ENTITY out SYSTEM "file:///etc/passwd">]>')


def zip_bomb(megabytes: int = 200) -> bytes:
    return docx(body=f'<w:document xmlns:w="{WORD}">'.encode() + b" " * (megabytes * 1024 * 1024))


def letter_bomb(megabytes: int = 20) -> bytes:
    """So many letters in a small archive."""
    text = b"<w:p><w:r><w:t>" + b"a" * 100 + b"</w:t></w:r></w:p>"
    text *= megabytes * 1024 * 1024 // len(text)
    return docx(body=f'<w:document xmlns:w="{WORD}">'.encode() + text + b"</w:document>")


def stream_bomb(megabytes: int = 150) -> bytes:
    """A PDF whose one page is drawn by so much, once unpacked."""
    packer = zlib.compressobj(1)
    block = b"0 0 m " * 170_000
    parts = [packer.compress(block) for _megabyte in range(megabytes)]
    return pdf("bomb", packed=b"".join(parts) + packer.flush())
