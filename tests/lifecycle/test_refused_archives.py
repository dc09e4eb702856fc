"""An archive that is not whole, not ours or not honest is refused, and nothing is changed."""

import hashlib
import io
import json
import zipfile

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError
from PIL import Image as Picture
from wagtail.models import Collection, Site

from cms.lifecycle.archive import restoring
from cms.lifecycle.archive.format import ArchiveRefused
from cms.lifecycle.refusals import BadPlace, PlaceTaken
from cms.lifecycle.services.archives import restore_from
from cms.media.models import File, SiteImage
from cms.missions.models import Mission
from cms.pages.models import Page, SiteProfile
from search.models import OutboxEntry
from tests.missions.factories import site_of

pytestmark = pytest.mark.django_db

COUNTED = (Page, SiteProfile, Site, SiteImage, File, Collection, Group, Mission, OutboxEntry)


@pytest.fixture
def refused(elsewhere, stored):
    """`refused(change)`: spoils the archive, tries to restore it, gives what was said."""

    def state():
        return [model._base_manager.count() for model in COUNTED], stored()

    def refused(change, **place):
        rewrite(elsewhere, change)
        before = state()
        with pytest.raises((ArchiveRefused, PlaceTaken, BadPlace)) as said:
            restore_from(elsewhere, **place)
        assert state() == before
        return str(said.value)

    return refused


def rewrite(path, change):
    """Open an archive as {name: bytes}, let `change` spoil it, and write it again."""
    with zipfile.ZipFile(path) as file:
        held = {name: file.read(name) for name in file.namelist()}
    change(held)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in held.items():
            file.writestr(name, content)


def forge(name, alter):
    """A change of a member's JSON with a manifest that fits it: what a forger would do."""

    def change(held):
        value = json.loads(held[name])
        held[name] = json.dumps(alter(value) or value).encode()
        seal(held)

    return change


def seal(held):
    manifest = json.loads(held["manifest.json"])
    manifest["files"] = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in held.items()
        if name != "manifest.json"
    }
    held["manifest.json"] = json.dumps(manifest).encode()


def in_manifest(**values):
    def change(held):
        manifest = json.loads(held["manifest.json"])
        held["manifest.json"] = json.dumps(manifest | values).encode()

    return change


def page_with(held, wanted):
    """The first page whose JSON holds a text."""
    return next(
        name for name in held if name.startswith("pages/") and wanted.encode() in held[name]
    )


def test_an_archive_that_nobody_spoilt_is_restored(elsewhere):
    rewrite(elsewhere, lambda held: None)
    assert restore_from(elsewhere).profile.code == "fra"


def test_what_is_no_zip_file(elsewhere, tmp_path):
    elsewhere.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(ArchiveRefused):
        restore_from(elsewhere)


def test_an_archive_that_was_cut_off(elsewhere):
    elsewhere.write_bytes(elsewhere.read_bytes()[:-2000])
    with pytest.raises(ArchiveRefused):
        restore_from(elsewhere)


def test_an_unknown_version_of_the_format(refused):
    said = refused(in_manifest(version=2))
    assert "2" in said
    assert "version 1" in said


def test_an_archive_of_something_else(refused):
    assert "manifest" in refused(in_manifest(format="holiday-photos"))


def test_no_manifest(refused):
    assert "manifest" in refused(lambda held: held.pop("manifest.json"))


def test_a_kind_of_site_that_can_not_be_restored(refused):
    site = {"code": "c1", "kind": "committee", "hostname": "c1.localhost", "port": 80}
    assert "committee" in refused(in_manifest(site=site))


def test_a_changed_byte_is_found_by_its_checksum(refused):
    def change(held):
        held["pages/000002.json"] = held["pages/000002.json"].replace(b"true", b"null")

    assert "pages/000002.json" in refused(change)


def test_a_changed_image_is_found_by_its_checksum(refused):
    def change(held):
        held["media/images/000001.jpg"] += b"\x00"

    assert "media/images/000001.jpg" in refused(change)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/evil",
        "/etc/passwd",
        "media/images/../../../x.jpg",
        "media\\images\\000001.jpg",
        "pages/000001.json/",
        "scripts/run.py",
    ],
)
def test_names_that_lead_elsewhere(refused, name):
    assert "no part of it" in refused(lambda held: held.update({name: b"x"}))


def test_a_member_that_the_manifest_does_not_know(refused):
    said = refused(lambda held: held.update({"pages/000999.json": b"{}"}))
    assert "pages/000999.json" in said


def test_an_original_that_is_missing(refused):
    said = refused(lambda held: held.pop("media/images/000002.jpg"))
    assert "media/images/000002.jpg" in said


def test_an_original_that_even_the_manifest_has_forgotten(refused):
    def change(held):
        held.pop("media/images/000002.jpg")
        seal(held)

    assert "media/images/000002.jpg" in refused(change)


def test_a_page_that_is_missing(refused):
    def change(held):
        held.pop("pages/000003.json")
        seal(held)

    assert "pages/000003.json" in refused(change)


def test_what_would_unpack_to_far_more_than_it_is(refused):
    """A bomb: fifty megabytes of nothing."""

    def change(held):
        held["media/files/000001.txt"] = b"\x00" * 50_000_000
        seal(held)

    assert "too large" in refused(change)


def test_json_beyond_every_bound(refused):
    def change(held):
        held["people.json"] = json.dumps([str(number) for number in range(2_500_000)]).encode()
        seal(held)

    assert "too large" in refused(change)


def test_a_page_type_that_is_not_here(refused):
    said = refused(forge("pages/000002.json", lambda page: page.update(type="shop.ProductPage")))
    assert "shop.ProductPage" in said


@pytest.mark.parametrize("label", ["auth.User", "pages.Page", "wagtailcore.Site", "", 7])
def test_a_type_that_is_no_page_type(refused, label):
    assert "page:2" in refused(forge("pages/000002.json", lambda page: page.update(type=label)))


@pytest.mark.parametrize(
    "alter",
    [
        lambda page: page.update(parent="page:99"),
        lambda page: page.update(parent=None),
        lambda page: page.update(parent="page:2"),
        lambda page: page.update(id="page:3"),
        lambda page: page.update(live="yes"),
        lambda page: page.update(first_published_at="yesterday"),
        lambda page: page.update(alias_of="page:4000"),
        lambda page: page.pop("content"),
        lambda page: page["content"].update(slug="../up"),
        lambda page: page["content"].update(path="0001"),
        lambda page: page["content"].update(owner=1),
        lambda page: page["content"].update(source_language="de"),
        lambda page: page.update(translations={"fr": {"state": "perfect"}}),
        lambda page: page.update(view_restriction={"type": "magic"}),
    ],
)
def test_a_forged_page(refused, alter):
    def forged(page):
        alter(page)

    assert "page:2" in refused(forge("pages/000002.json", forged))


def test_a_forged_reference_to_what_the_archive_does_not_hold(refused):
    def change(held):
        name = page_with(held, '"image:1"')
        held[name] = held[name].replace(b'"image:1"', b'"image:77"')
        seal(held)

    assert "image:77" in refused(change)


@pytest.mark.parametrize("value", ["1", "page:1", "image:0", "image:-1", "user:1"])
def test_a_forged_reference_of_another_kind(refused, value):
    def change(held):
        name = page_with(held, '"image:1"')
        held[name] = held[name].replace(b'"image:1"', f'"{value}"'.encode())
        seal(held)

    assert value in refused(change)


def test_a_block_that_nobody_defines(refused):
    def change(held):
        name = page_with(held, '"call_to_action"')
        held[name] = held[name].replace(b'"call_to_action"', b'"raw_html"')
        seal(held)

    assert "raw_html" in refused(change)


def test_scripts_in_a_text_are_not_restored(elsewhere):
    def change(held):
        name = page_with(held, "https://www.un.org/ar/")
        text = held[name].decode()
        held[name] = text.replace(
            '<a href=\\"https://www.un.org/ar/\\">',
            '<script>alert(1)</script><a href=\\"javascript:alert(1)\\" onclick=\\"x()\\">',
        ).encode()
        seal(held)

    rewrite(elsewhere, change)
    home = restore_from(elsewhere).profile.site.root_page
    for page in Page.objects.filter(path__startswith=home.path).specific():
        text = json.dumps(page.serializable_data(), default=str)
        assert "<script" not in text
        assert "javascript:" not in text
        assert "onclick" not in text


def test_an_image_that_is_a_program(refused):
    def change(held):
        held["media/images/000001.jpg"] = b"<html><script>alert(1)</script></html>"
        seal(held)

    assert "media/images/000001.jpg" in refused(change)


def test_a_file_of_a_kind_that_is_not_taken(refused):
    def change(held):
        held["media/files/000001.html"] = held.pop("media/files/000001.txt")
        told = json.loads(held["media/files/000001.json"])
        told["file"] = "media/files/000001.html"
        held["media/files/000001.json"] = json.dumps(told).encode()
        seal(held)

    assert "media/files/000001.html" in refused(change)


def test_a_picture_of_more_pixels_than_may_be_opened(refused, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000_000

    def change(held):
        buffer = io.BytesIO()
        Picture.new("1", (1_001, 1_000)).save(buffer, "JPEG")
        held["media/images/000001.jpg"] = buffer.getvalue()
        seal(held)

    assert "media/images/000001.jpg" in refused(change)


def test_a_redirect_to_a_script(refused):
    def forged(redirects):
        redirects[0].update(page=None, link="javascript:alert(1)")

    assert "javascript" in refused(forge("records/redirects.json", forged))


def test_a_record_of_a_mission_that_is_none(refused):
    assert refused(forge("records/mission.json", lambda told: told.pop("names") and None))


def test_a_code_that_is_taken(refused):
    site_of("FRA")
    assert "fra" in refused(lambda held: None)


def test_a_host_name_that_is_taken(refused):
    site_of("SEN")
    said = refused(lambda held: None, code="fr2", hostname="sen.localhost")
    assert "sen.localhost" in said


@pytest.mark.parametrize("code", ["fr 2", "../x", "FR_2/", "a" * 40, "-fr"])
def test_a_code_that_no_site_can_have(refused, code):
    assert refused(lambda held: None, code=code)


def test_a_database_that_gives_up_half_way(elsewhere, stored, monkeypatch):
    before = [model._base_manager.count() for model in COUNTED], stored()

    def fails(self, profile):
        raise DatabaseError("disk full")

    monkeypatch.setattr(restoring._Restoration, "_make_redirects", fails)
    with pytest.raises(ArchiveRefused, match="disk full"):
        restore_from(elsewhere)
    assert ([model._base_manager.count() for model in COUNTED], stored()) == before
    monkeypatch.undo()
    assert restore_from(elsewhere).profile.code == "fra"
