"""Uploads that are two things at once, swell when they are opened, or carry a page inside."""

import io
import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile

from cms.media import archives, forms
from cms.media.content_check import check_content
from cms.media.models import File, SiteImage
from tests.media.conftest import PDF, collection_of


def image_bytes(image_format, **options):
    buffer = io.BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(buffer, image_format, **options)
    return buffer.getvalue()


def archive(members, comment=b""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
        target.comment = comment
    return buffer.getvalue()


WORD = {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}
HARMLESS_ZIP = archive({"a.txt": "мир"})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("مذكرة.pdf", PDF + HARMLESS_ZIP),
        ("照会.pdf", b"<script>alert(1)</script>\n" + PDF),
        ("нота.pdf", b"\x00\x00" + PDF),
        ("note.pdf", PDF + archive({"x": "y"}, comment=b"%%EOF")),
        ("note.rtf", b"<html>" + rb"{\rtf1 }"),
        ("note.txt", b"Discours\n\n<script>alert(1)</script>"),
        ("note.txt", b"\xef\xbb\xbf<!DOCTYPE html><p>"),
        ("note.txt", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("note.csv", b"code,nom\nFRA,<svg onload=alert(1)>\n"),
        ("note.txt", b"hello\n" + HARMLESS_ZIP),
        ("note.docx", b"<html></html>" + archive(WORD)),
        ("note.docx", archive(WORD | {"word/vbaProject.bin": "macro"})),
        ("note", PDF),
    ],
)
def test_what_is_two_things_or_holds_a_page_is_refused(name, content):
    with pytest.raises(ValidationError) as refusal:
        check_content(SimpleUploadedFile(name, content))
    assert refusal.value.code == "content_mismatch"
    assert name in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("مذكرة.pdf", PDF),
        ("照会.txt", "一 < 二，二 > 一。“<第三条>”".encode()),
        ("note.txt", b"if a <b and c> d: the <formula> holds"),
        ("déclaration.csv", "État;voix\nFrance;<5\n".encode()),
        ("note.rtf", rb"{\rtf1\ansi Discours}"),
        ("Нота.docx", archive(WORD | {"word/media/a.png": image_bytes("PNG")})),
        ("documents.zip", archive({"a.pdf": PDF, "папка/b.txt": "мир"})),
        # An archive attached inside a PDF is part of it: the PDF goes on behind it.
        ("attachment.pdf", PDF[:-5] + HARMLESS_ZIP + b"\nendstream\n" * 9 + b"%%EOF"),
    ],
)
def test_an_honest_neighbour_of_each_is_taken(name, content):
    check_content(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    "members",
    [
        {f"{number}.xml": b"\x00" * 3_000_000 for number in range(10)},
        {f"{number}": b"" for number in range(archives.MOST_MEMBERS + 1)},
    ],
    ids=["swells a thousandfold", "too many members"],
)
@pytest.mark.parametrize("name", ["قنبلة.zip", "bombe.docx"])
def test_an_archive_that_swells_is_refused_before_anything_is_unpacked(name, members):
    with pytest.raises(ValidationError) as refusal:
        check_content(SimpleUploadedFile(name, archive(WORD | members)))
    assert refusal.value.code == "archive_too_large"


@pytest.mark.parametrize("member", ["../../etc/cron.d/x", "/etc/passwd", "C:\\x.exe", "a\\..\\b"])
def test_an_archive_that_leads_out_of_its_folder_is_refused(member):
    with pytest.raises(ValidationError) as refusal:
        check_content(SimpleUploadedFile("a.zip", archive({member: "x"})))
    assert refusal.value.code == "archive_unsafe"


def test_a_table_of_contents_that_lies_about_sizes_is_counted_as_it_says():
    content = bytearray(archive({"a.txt": "мир"}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", archives.LARGEST + 1)
    with pytest.raises(ValidationError):
        check_content(SimpleUploadedFile("a.zip", bytes(content)))


def submitted(form_class, model, name, content, **data):
    return form_class(
        {"collection": Collection.get_first_root_node().pk, "tags": "", **data},
        {"file": SimpleUploadedFile(name, content)},
        instance=model(),
    )


def picture(name, content):
    return submitted(get_image_form(SiteImage), SiteImage, name, content, title_ar="صورة")


def flat_png(width, height):
    buffer = io.BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.django_db
def test_an_image_of_too_many_pixels_is_refused_and_a_large_one_taken():
    form = picture("قنبلة.png", flat_png(10_000, 7_000))
    assert "pixels" in str(form.errors["file"])
    assert picture("صورة.png", flat_png(6_000, 4_000)).is_valid()


@pytest.mark.django_db
def test_a_moving_image_of_too_many_frames_is_refused_and_a_short_one_taken(monkeypatch):
    frames = [Image.new("RGB", (100, 100), (20 * red, 0, 0)) for red in range(12)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    assert picture("a.gif", buffer.getvalue()).is_valid()
    monkeypatch.setattr(forms, "MOST_PIXELS", 100_000)
    assert "frames" in str(picture("a.gif", buffer.getvalue()).errors["file"])


@pytest.mark.django_db
@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_image_that_is_an_archive_too_is_refused(image_format):
    name, content = f"قصر.{image_format.lower()}", image_bytes(image_format)
    assert picture(name, content).is_valid()
    assert "file" in picture(name, content + HARMLESS_ZIP).errors


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.gif", b"GIF89a/*<svg/onload=alert(1)>*/"),
        ("a.html", b"<html>"),
        ("a.png", b""),
    ],
)
def test_what_is_no_raster_is_no_image(name, content):
    assert "file" in picture(name, content).errors


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.docm", "a.exe", "a.pdf.html"])
def test_a_kind_of_file_that_is_not_on_the_list_is_refused(name):
    form = submitted(get_document_form(File), File, name, b"<html>", title_zh="照会")
    assert "file" in form.errors
    assert submitted(get_document_form(File), File, "a.pdf", PDF, title_zh="照会").is_valid()


@pytest.mark.parametrize(
    ("view", "field"),
    [
        ("wagtaildocs:add", "file"),
        ("wagtaildocs:add_multiple", "files[]"),
        ("wagtaildocs_chooser:create", "document-chooser-upload-file"),
    ],
)
def test_every_way_into_the_admin_looks_inside(fra, visitor, view, field):
    editor, prefix = visitor("editor", fra), field.removesuffix("file").removesuffix("files[]")

    def send(name, content):
        editor.client.post(
            reverse(view),
            {
                field: SimpleUploadedFile(name, content),
                "title": name,
                f"{prefix}title_fr": "Note",
                f"{prefix}collection": collection_of(fra).pk,
                f"{prefix}tags": "",
            },
            headers={"host": "fra.localhost", "x-requested-with": "XMLHttpRequest"},
        )
        return File.objects.count()

    assert send("note.pdf", b"<html><script>alert(1)</script>") == 0
    assert UploadedFile.objects.count() == 0
    assert send("note.pdf", PDF) == 1
