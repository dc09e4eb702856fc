"""The page about a document in a browser: nothing runs out of it, on paper and screen."""

import pytest
from wagtail.models import Site

from cms.languages import codes
from cms.library.models import DocumentFile
from cms.library.services import relate, replace_file
from cms.pages.sites import serve_on_port
from search.services import engine
from tests.api.conftest import make_site
from tests.library import written_files as made
from tests.library.factories import DocumentFactory, SubjectFactory

SYMBOL = "A/RES/217(III)[A]"


@pytest.fixture
def document(live_server, django_db_serialized_rollback, settings, tmp_path):
    """A resolution with files in three formats and six languages, revised and corrected."""
    settings.SEARCH_URL = f"embedded://{tmp_path}/index"
    settings.MEDIA_ROOT = tmp_path
    Site.objects.filter(profile__isnull=True).delete()
    make_site("directory", kind="directory", host="localhost")
    serve_on_port(live_server.thread.port)
    document = DocumentFactory(symbol=SYMBOL, versions=codes.CODES, subjects=[SubjectFactory()])
    for code in codes.CODES:
        for name, content in (
            ("a.pdf", made.pdf()),
            ("a.docx", made.docx("a")),
            ("a.html", made.html("a")),
        ):
            replace_file(document, language=code, upload=made.upload(name, content))
    assert DocumentFile.objects.count() == 18
    DocumentFactory(symbol=f"{SYMBOL}/Rev.1")
    correction = DocumentFactory(symbol=f"{SYMBOL}/Rev.1/Corr.1")
    relate(correction, of=document, kind="corrigendum", languages=["ar", "ru"])
    yield document
    engine().close()


@pytest.mark.parametrize("code", ["ar", "zh", "en", "ru"])
def test_a_document_fits_a_telephone_and_a_desk(
    document, new_context, site_url, accessibility_faults, code
):
    page = new_context(viewport={"width": 360, "height": 740}, locale=code).new_page()
    page.goto(site_url(document.address_in(code)))
    assert page.locator(".file-link").count() == 18
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert accessibility_faults(page) == []
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_a_files_size_stands_on_the_line_of_its_link(document, new_context, site_url):
    page = new_context(viewport={"width": 360, "height": 740}, locale="ru").new_page()
    page.goto(site_url(document.address_in("ru")))
    for link in page.locator(".file-link").all()[:3]:
        name, size = link.locator("a").bounding_box(), link.locator("> span").bounding_box()
        assert abs((name["y"] + name["height"] / 2) - (size["y"] + size["height"] / 2)) < 3
        assert size["height"] < 40, "a number is not parted from its unit"
