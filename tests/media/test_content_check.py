"""An upload that is not what its name says is refused; an honest one is taken."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from cms.media.content_check import check_content
from cms.media.models import File, SiteImage


def image_bytes(image_format):
    buffer = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(buffer, image_format)
    return buffer.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF"
PNG = image_bytes("PNG")
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def archive(*members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for member in members:
            target.writestr(member, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.pdf", PDF),
        ("ملاحظة.pdf", PDF),
        ("讲话.docx", archive("word/document.xml")),
        ("table.xlsx", archive("xl/workbook.xml")),
        ("all.zip", archive("a.txt")),
        ("речь.txt", "Мир и безопасность".encode()),
        ("données.csv", b"code,nom\nFRA,France\n"),
        ("latin.txt", "déclaration".encode("latin-1")),
    ],
)
def test_an_honest_file_is_taken_and_can_still_be_read(name, content):
    upload = SimpleUploadedFile(name, content)
    check_content(upload)
    assert upload.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.pdf", HTML),
        ("note.pdf", PNG),
        ("note.docx", archive("xl/workbook.xml")),
        ("note.docx", b"PK\x03\x04 broken"),
        ("note.txt", HTML),
        ("note.txt", b"  <svg onload=x>"),
        ("note.csv", PNG),
        ("note.pdf", b""),
    ],
)
def test_a_file_that_lies_is_refused_by_name(name, content):
    with pytest.raises(ValidationError, match=name):
        check_content(SimpleUploadedFile(name, content))


def submitted(form_class, model, name, content, **data):
    collection = Collection.get_first_root_node()
    return form_class(
        {"collection": collection.pk, "tags": "", **data},
        {"file": SimpleUploadedFile(name, content)},
        instance=model(),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["ar", "zh", "en", "fr", "ru", "es"])
def test_a_file_needs_a_title_in_any_one_language(code):
    form_class = get_document_form(File)
    assert submitted(form_class, File, "a.pdf", PDF, **{f"title_{code}": "T"}).is_valid()
    form = submitted(form_class, File, "a.pdf", PDF)
    assert not form.is_valid()
    assert "one language" in str(form.errors)


@pytest.mark.django_db
def test_the_forms_refuse_what_lies_and_take_what_does_not():
    files, images = get_document_form(File), get_image_form(SiteImage)
    assert submitted(files, File, "a.pdf", PDF, title_ru="Нота").is_valid()
    assert "file" in submitted(files, File, "a.pdf", HTML, title_ru="Нота").errors
    assert submitted(images, SiteImage, "a.png", PNG, title_zh="照片").is_valid()
    assert "file" in submitted(images, SiteImage, "a.png", HTML, title_zh="照片").errors
    assert (
        "file"
        in submitted(images, SiteImage, "a.png", PNG[: len(PNG) // 2], title_zh="照片").errors
    )
    assert "file" in submitted(images, SiteImage, "a.jpg", PNG, title_zh="照片").errors
    assert "file" in submitted(images, SiteImage, "a.svg", b"<svg/>", title_zh="照片").errors
