"""Text read from files: sound ones in six languages, and those that mean harm."""

import contextlib
import re
import time
import unicodedata
from pathlib import Path

import pytest

from cms.library.extraction import contained, reader
from cms.library.extraction.bidi import Letter, in_reading_order
from cms.library.extraction.contained import read_contained
from cms.library.extraction.faults import Unreadable
from cms.library.extraction.tidy import tidied

from . import written_files as made

DATA = Path(__file__).parent / "data"
REAL = Path(__file__).parents[3] / "shared/data/pdf"
CODES = ("ar", "zh", "en", "fr", "ru", "es")


@pytest.fixture
def read(tmp_path):
    def read(content, file_format, **options):
        path = tmp_path / f"file.{file_format}"
        path.write_bytes(content)
        return read_contained(path, file_format, **options)

    return read


@pytest.fixture
def fault_of(read):
    def fault_of(content, file_format, **options):
        started = time.monotonic()
        with pytest.raises(Unreadable) as unreadable:
            read(content, file_format, **options)
        assert time.monotonic() - started < contained.PATIENCE + 5
        return unreadable.value.fault

    return fault_of


@pytest.mark.parametrize("code", CODES)
def test_a_docx_is_read_and_its_language_known(read, code):
    reading = read(made.docx(made.SENTENCES[code], "A/RES/79/1", notes="note ١"), "docx")
    assert made.SENTENCES[code] in reading.text
    assert "A/RES/79/1" in reading.text
    assert "note ١" in reading.text
    assert (reading.language, reading.pages) == (code, None)


@pytest.mark.parametrize("code", CODES)
def test_a_page_of_the_web_is_read_without_its_scripts(read, code):
    reading = read(made.html(made.SENTENCES[code], code), "html")
    assert made.SENTENCES[code] in reading.text
    assert "never read" not in reading.text
    assert reading.language == code


@pytest.mark.parametrize("code", ["en", "fr", "es"])
def test_a_pdf_is_read_page_by_page(read, code):
    reading = read(made.pdf(made.SENTENCES[code], "S/RES/1325 (2000)"), "pdf")
    assert made.SENTENCES[code] in reading.text
    assert "S/RES/1325 (2000)" in reading.text
    assert (reading.language, reading.pages) == (code, 2)


def _words(text):
    plain = re.sub("[\u064b-\u0652]", "", unicodedata.normalize("NFKC", text))
    return re.findall(r"\w+", plain)


@pytest.mark.parametrize("producer", ["cairo", "chromium"])
def test_arabic_lines_are_read_in_order_whoever_made_the_pdf(producer):
    reading = read_contained(DATA / f"declaration-ar-{producer}.pdf", "pdf")
    words = _words(reading.text)
    assert reading.language == "ar"
    assert re.search(r"لكل إنسان حق التمتع بكافة الحقوق والحريات", " ".join(words))
    assert "A/RES/217(III)" in reading.text


def test_chinese_lines_are_joined_again():
    reading = read_contained(DATA / "declaration-zh-chromium.pdf", "pdf")
    assert reading.language == "zh"
    assert "他们赋有理性和良心" in reading.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("A_RES_73_3-EN.pdf", "United to end tuberculosis: an urgent global response"),
        ("A_64_L.63_Rev.1-EN.pdf", "The human right to water and sanitation"),
    ],
)
def test_real_documents_are_read(name, words):
    if not REAL.exists():
        pytest.skip("the real documents (shared/data/pdf) are not here")
    reading = read_contained(REAL / name, "pdf")
    assert words in reading.text
    assert reading.language == "en"
    assert "�" not in reading.text


def test_numbers_and_symbols_keep_their_direction_inside_an_arabic_line():
    drawn = "القرار A/79/1 لسنة 2024"
    # As drawn from the left: the words in reverse, the letters of Arabic words too.
    shown = " ".join(
        word[::-1] if "\u0600" <= word[0] <= "\u06ff" else word for word in reversed(drawn.split())
    )
    line = [Letter(letter, place * 10, place * 10 + 9) for place, letter in enumerate(shown)]
    assert in_reading_order(line) == drawn
    latin = [Letter(letter, place, place + 1) for place, letter in enumerate("draft (عام) 12")]
    assert in_reading_order(latin).startswith("draft")


def test_text_is_tidied():
    assert tidied("e\ufb03cient\r\n\r\n\r\n co\u00ad\noperation\x00 a\ud800b") == (
        "efficient\n\ncooperation ab"
    )
    assert tidied("第一\n条 人", broken_lines=True) == "第一条 人"


@pytest.mark.parametrize(
    ("content", "file_format", "fault"),
    [
        (made.pdf(encrypt=True), "pdf", "encrypted"),
        (made.pdf()[:400], "pdf", "damaged"),
        (b"%PDF-1.7 nothing %%EOF", "pdf", "damaged"),
        (made.pdf(pages=10_000), "pdf", "too_many_pages"),
        (made.pdf(" "), "pdf", "no_text"),
        (made.docx("words")[:-30], "docx", "damaged"),
        (made.docx(body=b"<w:document"), "docx", "damaged"),
        (made.docx(), "docx", "no_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900, "docx", "encrypted"),
        (made.billion_laughs(), "docx", "hostile"),
        (made.outward_entity(), "docx", "hostile"),
        (made.zip_bomb(), "docx", "too_large"),
        (b"<!doctype html><html></html>", "html", "no_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_gives_no_text_is_refused_with_the_reason(fault_of, content, file_format, fault):
    assert fault_of(content, file_format) == fault


def test_a_text_of_any_length_is_kept_to_its_bound(read):
    reading = read(made.letter_bomb(), "docx")
    assert len(reading.text) <= 1_000_000


def test_a_page_that_unpacks_to_far_more_ends_within_the_bounds(read):
    started = time.monotonic()
    with contextlib.suppress(Unreadable):
        assert len(read(made.stream_bomb(), "pdf").text) <= 1_000_000
    assert time.monotonic() - started < contained.PATIENCE + 5


def test_a_reader_that_takes_too_long_is_ended(fault_of):
    assert fault_of(made.pdf(), "pdf", patience=0.01) == "too_slow"


def test_memory_and_time_are_bounded_and_nothing_of_ours_is_told(tmp_path, monkeypatch):
    probe = tmp_path / "probe.py"
    probe.write_text(
        "import json, os, sys, resource\n"
        "from cms.library.extraction import reader\n"
        "reader.bind()\n"
        "try:\n"
        "    b'x' * (3 * 1024 ** 3)\n"
        "    held = 'all'\n"
        "except MemoryError:\n"
        "    held = 'none'\n"
        "told = sorted(set(os.environ) - {'LC_CTYPE'})\n"
        "json.dump({'text': f'{held} {told}', 'pages': None, 'language': ''}, sys.stdout)\n"
    )
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    monkeypatch.setattr(contained, "_READER", "probe")
    monkeypatch.setattr(contained, "_ROOT", f"{tmp_path}:{contained._ROOT}")
    reading = read_contained(tmp_path / "none", "pdf")
    assert reading.text == "none ['LANG', 'PYTHONIOENCODING', 'PYTHONPATH']"
    assert reader.TIME < contained.PATIENCE
