"""The admin's pages on which files go out and come in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from cms.languages import codes
from cms.languages.exchange import xliff
from cms.languages.exchange.documents import MAX_BYTES
from cms.pages.models import Page, SiteProfile
from cms.translation.exchange.forms import packed, unpacked
from tests.missions.factories import WATER, NewsPageFactory, site_of

from .exchange_world import (
    HEADING,
    blocks,
    draft_of,
    exported,
    page_in,
    somebody,
    translated,
)

pytestmark = pytest.mark.django_db

EXPORT = "translation:export"
IMPORT = "translation:import"


def signed_in(user, language="en"):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = codes.get(language).django_code
    profile.save()
    client = Client(headers={"host": "fra.localhost"})
    client.force_login(user)
    return client


def address(name, *pages):
    return reverse(name) + "".join(
        f"{'&' if number else '?'}page={page.pk}" for number, page in enumerate(pages)
    )


def upload(client, data, *pages, name="back.xlf"):
    file = SimpleUploadedFile(name, data, content_type="application/octet-stream")
    return client.post(address(IMPORT, *pages), {"file": file})


@pytest.fixture
def stranger(db):
    site_of("SEN")
    parent = SiteProfile.objects.get(code="sen").site.root_page
    return page_in("en", slug="x", parent=parent)


@pytest.mark.parametrize("format_", ["xliff", "po"])
def test_a_page_is_downloaded_from_its_menu(editor, format_, french):
    client = signed_in(editor)
    assert (
        address(EXPORT, french)
        in client.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content.decode()
    )
    form = client.get(address(EXPORT, french))
    assert form.status_code == 200
    assert WATER["fr"] in form.content.decode()
    data = {"source": "fr", "language": "ar", "format": format_}
    answer = client.post(address(EXPORT, french), data)
    assert answer["Content-Disposition"].startswith('attachment; filename="fra-eau-fr-ar.')
    assert "no-store" in answer["Cache-Control"]
    assert HEADING["fr"] in answer.content.decode()
    assert PageLogEntry.objects.get(action="translation.export").data == {"language": "ar"}


def test_pages_below_come_along_when_asked(editor, french):
    parent = french.get_parent()
    client = signed_in(editor)
    data = {"source": "fr", "language": "ru", "format": "xliff"}
    alone = client.post(address(EXPORT, parent), data)
    assert [one.original for one in xliff.read(alone.content)] == [f"fra/{parent.pk}"]
    whole = client.post(address(EXPORT, parent), data | {"below": "on"})
    assert [one.original for one in xliff.read(whole.content)] == [
        f"fra/{parent.pk}",
        f"fra/{french.pk}",
    ]


def test_a_translator_is_offered_their_own_languages(arabic, editor, french):
    data = {"source": "fr", "language": "es", "format": "xliff"}
    refused = signed_in(arabic).post(address(EXPORT, french), data)
    assert refused.status_code == 200
    assert "Español" not in refused.content.decode()
    allowed = signed_in(arabic).post(address(EXPORT, french), data | {"language": "ar"})
    assert allowed["Content-Type"] == "application/xliff+xml"
    assert signed_in(editor).post(address(EXPORT, french), data)["Content-Disposition"]


def test_a_language_is_not_exported_into_itself(editor):
    page, other = page_in("fr"), page_in("en", slug="other")
    data = {"source": "fr", "language": "fr", "format": "xliff"}
    client = signed_in(editor)
    assert (
        "Choose another language"
        in client.post(address(EXPORT, page, other), data).content.decode()
    )
    answer = client.post(address(EXPORT, page, other), data | {"language": "en"})
    assert [one.original for one in xliff.read(answer.content)] == [f"fra/{page.pk}"]


@pytest.mark.parametrize("name", [EXPORT, IMPORT])
def test_a_strangers_page_answers_like_none_at_all(editor, stranger, name):
    own = page_in("fr")
    client = signed_in(editor)
    assert client.get(address(name, own)).status_code == 200
    there = client.get(address(name, stranger))
    nowhere = client.get(reverse(name) + "?page=987654")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    for forged in ("x", "-1", "1e3", "٣", "9" * 40, "\x00"):
        assert client.get(reverse(name), {"page": forged}).status_code == 404
    data = {"source": "en", "language": "fr", "format": "xliff"}
    assert client.post(address(name, own, stranger), data).status_code == 404


@pytest.mark.parametrize("name", [EXPORT, IMPORT])
def test_who_writes_no_pages_finds_nothing(editor, name, fra):
    assert signed_in(editor).get(reverse(name)).status_code == 200
    reader = somebody("fra.reader", "delegate", fra)
    assert signed_in(reader).get(reverse(name)).status_code in (302, 404)
    assert Client(headers={"host": "fra.localhost"}).get(reverse(name)).status_code == 302


# --- in ------------------------------------------------------------------------------------------


def test_a_file_is_looked_at_first_and_taken_in_then(editor, french):
    client = signed_in(editor)
    preview = upload(client, translated(exported(french, "ar"), "ar"), french)
    text = preview.content.decode()
    assert "3 texts will be taken" in text
    assert HEADING["ar"] in text
    assert draft_of(french).title_ar == ""
    content = preview.context["form"].initial["content"]
    answer = client.post(address(IMPORT, french), {"content": content}, follow=True)
    assert "3 texts were taken in" in answer.content.decode()
    assert draft_of(french).title_ar == WATER["ar"]
    again = client.post(address(IMPORT, french), {"content": content}, follow=True)
    assert "Nothing was changed" in again.content.decode()


def test_what_has_changed_is_shown_old_beside_new_and_taken_when_ticked(editor, french):
    data = translated(exported(french, "zh"), "zh")
    draft = draft_of(french)
    draft.body_fr = blocks("fr", mark=" potable")
    draft.save_revision(user=editor)
    client = signed_in(editor)
    preview = upload(client, data)
    text = preview.content.decode()
    assert "The source has changed since the file was made" in text
    assert HEADING["fr"] + " potable" in text
    (line,) = preview.context["shown"][0].asked
    assert (line.source_then, line.source_now) == (HEADING["fr"], HEADING["fr"] + " potable")
    content = preview.context["form"].initial["content"]
    left = client.post(reverse(IMPORT), {"content": content}, follow=True)
    assert "1 text of the file was left out" in left.content.decode()
    client.post(reverse(IMPORT), {"content": content, "take": line.token})
    assert draft_of(french).body_zh[0].value["text"] == HEADING["zh"]


@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr", "ru", "es"])
def test_a_refused_file_says_line_and_reason(editor, language, english):
    data = translated(exported(english, "fr"), "fr").replace(b"</mda:metaGroup>", b"</x>", 1)
    refused = upload(signed_in(editor, language), data)
    assert refused.status_code == 422
    (problem,) = refused.context["problems"]
    assert problem.line == data[: data.index(b"</x>")].count(b"\n") + 1
    assert draft_of(english).title_fr == ""


def test_a_strangers_page_is_not_written_by_a_file(editor, stranger):
    data = translated(exported(stranger, "fr"), "fr")
    refused = upload(signed_in(editor), data)
    assert refused.status_code == 422
    assert WATER["en"] not in refused.content.decode()
    answer = signed_in(editor).post(reverse(IMPORT), {"content": packed(data)})
    assert answer.status_code == 422
    assert Page.objects.get(pk=stranger.pk).latest_revision_id is None
    own = translated(exported(page_in("en"), "fr"), "fr")
    assert upload(signed_in(editor), own).status_code == 200


def test_a_file_that_is_too_large_or_empty_is_not_read(editor):
    client = signed_in(editor)
    assert "too large" in upload(client, b"<" + b" " * MAX_BYTES).content.decode()
    assert upload(client, b"").status_code == 200
    assert upload(client, b"PK\x03\x04").status_code == 422


def test_a_packed_file_that_is_none_is_asked_for_again(editor):
    client = signed_in(editor)
    page = page_in("en")
    data = translated(exported(page, "fr"), "fr")
    for forged in ("", "x", "é", packed(data)[:-8], packed(b" " * (MAX_BYTES + 1))):
        answer = client.post(reverse(IMPORT), {"content": forged}, follow=True)
        assert answer.status_code == 200
        assert draft_of(page).title_fr == ""
    client.post(reverse(IMPORT), {"content": packed(data)})
    assert draft_of(page).title_fr == WATER["fr"]


def test_what_is_packed_is_unpacked_within_bounds():
    assert unpacked(packed(b"x" * MAX_BYTES)) == b"x" * MAX_BYTES
    with pytest.raises(ValueError, match="more"):
        unpacked(packed(b"x" * (MAX_BYTES + 1)))


def test_choosing_pages_costs_the_same_however_many_missions_there_are(editor):
    pages = [page_in("fr", slug=f"page-{number}") for number in range(3)]
    client = signed_in(editor)
    client.get(address(EXPORT, *pages))

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(EXPORT, *pages)).status_code == 200
        return len(queries)

    before = count()
    for code in ("SEN", "KEN"):
        NewsPageFactory(parent=site_of(code))
    assert count() == before
