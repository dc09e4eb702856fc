"""Images and files are served to those who may see a page that shows them, and to nobody else."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import CollectionViewRestriction, PageViewRestriction
from wagtail.users.models import UserProfile

from cms.access.media import may_see_media, visible_media
from cms.media.models import File, SiteImage
from cms.pages.models import Page, SiteProfile, SiteStatus
from tests.committees.factories import CommitteeFactory, StatementFactory, committee_site
from tests.media.conftest import (
    PDF,
    body_of,
    collection_of,
    make_file,
    make_image,
    news_of,
    publish,
    statement_of,
)

MADE_UP = {
    SiteImage: "/media/images/nothing-0123456789ab.width-400.png",
    File: "/files/999999/nothing.pdf",
}


@pytest.fixture
def image(fra):
    return make_image(fra)


@pytest.fixture
def file(fra):
    return make_file(fra)


def addresses(media):
    """Every address of an image or a file."""
    if isinstance(media, File):
        return [media.url]
    return [media.file.url, media.get_rendition("width-40|format-webp").url]


def is_hidden(visitor, media):
    """Whether a visitor gets exactly what a made-up address gets."""
    made_up = visitor.get(MADE_UP[type(media)])
    assert made_up.status_code == 404
    answers = [visitor.get(url) for url in addresses(media)]
    return all(
        (answer.status_code, body_of(answer), answer.headers)
        == (404, made_up.content, made_up.headers)
        for answer in answers
    )


def is_served(visitor, media, *, cache):
    answers = [visitor.get(url) for url in addresses(media)]
    return all(
        answer.status_code == 200 and body_of(answer) and cache in answer["Cache-Control"]
        for answer in answers
    )


def test_what_nothing_shows_is_its_keepers_alone(fra, chn, image, file, visitor):
    for media in (image, file):
        for stranger in (visitor(), visitor("editor", chn), visitor("delegate", fra)):
            assert is_hidden(stranger, media)
            stranger.user and stranger.user.delete()
        for keeper in (visitor("editor", fra), visitor("secretariat")):
            assert is_served(keeper, media, cache="private, no-store")
            keeper.user.delete()


def test_what_a_public_page_shows_is_everybodys_and_kept_long(fra, image, file, visitor):
    news_of(fra, image=image)
    statement_of(fra, file=file)
    anybody = visitor()
    for url in addresses(image):
        answer = anybody.get(url)
        assert answer.status_code == 200
        assert "max-age=31536000" in answer["Cache-Control"]
        assert "immutable" in answer["Cache-Control"]
        assert answer["Cache-Control"].startswith("public")
        assert "Cookie" not in answer.get("Vary", "")
    assert anybody.get(file.url)["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_signed_in_reader_gets_what_is_public_under_the_same_headers(fra, chn, image, visitor):
    news_of(fra, image=image)
    assert is_served(visitor("editor", chn), image, cache="public")


def test_a_draft_shows_nothing_and_what_is_withdrawn_is_gone_at_the_next_request(
    fra, image, file, visitor
):
    anybody = visitor()
    for media, page in (
        (image, news_of(fra)),
        (file, statement_of(fra, file=make_file(fra))),
    ):
        setattr(page, "image" if media is image else "file", media)
        page.save_revision()
        assert is_hidden(anybody, media)
        publish(page)
        assert not is_hidden(anybody, media)
        page.unpublish()
        assert is_hidden(anybody, media)
        publish(page)
        assert not is_hidden(anybody, media)
        page.delete()
        assert is_hidden(anybody, media)


def test_another_image_on_the_page_takes_the_first_from_the_public(fra, image, visitor):
    page = news_of(fra, image=image)
    assert not is_hidden(visitor(), image)
    page.image = make_image(fra)
    publish(page)
    assert is_hidden(visitor(), image)


def test_portal_pages_show_to_the_portals_readers_only(fra, chn, portal, image, visitor):
    page = news_of(fra, image=image)
    assert is_served(visitor(), image, cache="public")
    page.move(portal.site.root_page, pos="last-child")
    reader, outsider = visitor("delegate", chn), visitor(name="without role")
    assert is_served(reader, image, cache="private, no-store")
    assert is_hidden(outsider, image)
    assert is_hidden(visitor(), image)
    PageViewRestriction.objects.all().delete()
    assert is_served(outsider, image, cache="public")


def test_a_restriction_above_the_page_hides_what_it_shows(fra, file, visitor):
    statement_of(fra, file=file)
    assert not is_hidden(visitor(), file)
    home = PageViewRestriction.objects.create(
        page=fra.site.root_page, restriction_type=PageViewRestriction.LOGIN
    )
    assert is_hidden(visitor(), file)
    assert is_served(visitor(name="any account"), file, cache="private")
    home.delete()
    assert not is_hidden(visitor(), file)


def test_who_has_given_a_pages_password_gets_what_the_page_shows(fra, file, visitor):
    statement_of(fra, file=file)
    restriction = PageViewRestriction.objects.create(
        page=fra.site.root_page,
        restriction_type=PageViewRestriction.PASSWORD,
        password="слово",
    )
    guest = visitor()
    assert is_hidden(guest, file)
    guest.client.post(
        reverse(
            "wagtailcore_authenticate_with_password",
            args=[restriction.pk, fra.site.root_page_id],
        ),
        {"password": "слово", "return_url": "/"},
        headers={"host": "fra.localhost"},
    )
    assert is_served(guest, file, cache="private, no-store")


def test_groups_that_a_page_names_get_what_it_shows(fra, chn, image, visitor):
    news_of(fra, image=image)
    restriction = PageViewRestriction.objects.create(
        page=fra.site.root_page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="chn: editor"))
    assert is_served(visitor("editor", chn), image, cache="private")
    assert is_hidden(visitor("delegate", chn), image)


def test_a_collections_own_restriction_is_kept(fra, image, file, visitor):
    news_of(fra, image=image)
    statement_of(fra, file=file)
    CollectionViewRestriction.objects.create(
        collection=collection_of(fra), restriction_type=CollectionViewRestriction.LOGIN
    )
    for media in (image, file):
        assert is_hidden(visitor(), media)
    account, keeper = visitor(name="any account"), visitor("editor", fra)
    for media in (image, file):
        assert is_served(account, media, cache="private")
        assert is_served(keeper, media, cache="private")


def test_a_collections_password_is_asked_for_what_a_public_page_offers(fra, file, visitor):
    CollectionViewRestriction.objects.create(
        collection=collection_of(fra),
        restriction_type=CollectionViewRestriction.PASSWORD,
        password="слово",
    )
    guest = visitor()
    assert is_hidden(guest, file)
    statement_of(fra, file=file)
    asked = guest.get(file.url)
    assert asked.status_code == 200
    assert b'name="password"' in asked.content
    assert PDF not in asked.content
    assert "no-store" in asked["Cache-Control"]
    guest.client.post(
        reverse(
            "wagtaildocs_authenticate_with_password",
            args=[CollectionViewRestriction.objects.get().pk],
        ),
        {"password": "слово", "return_url": file.url},
        headers={"host": "fra.localhost"},
    )
    assert is_served(guest, file, cache="private")


def test_a_suspended_sites_media_are_its_keepers_alone_on_every_host(fra, chn, image, visitor):
    news_of(fra, image=image)
    elsewhere = visitor(host="chn.localhost")
    assert is_served(elsewhere, image, cache="public")
    SiteProfile.objects.filter(pk=fra.pk).update(status=SiteStatus.SUSPENDED)
    assert is_hidden(elsewhere, image)


def test_the_check_agrees_with_the_list_for_every_reader(fra, chn, portal, visitor):
    shown, hidden, on_portal = (make_image(fra) for _ in range(3))
    news_of(fra, image=shown)
    news_of(fra, image=on_portal).move(portal.site.root_page, pos="last-child")
    readers = [AnonymousUser(), visitor(name="without role").user]
    readers += [visitor("editor", fra).user, visitor("delegate", chn).user]
    readers += [visitor("editor", chn).user, visitor("secretariat").user]
    seen = []
    for reader in readers:
        listed = set(visible_media(reader, SiteImage))
        assert listed == {one for one in SiteImage.objects.all() if may_see_media(reader, one)}
        seen.append(listed)
    everything = {shown, hidden, on_portal}
    theirs = {shown, on_portal}
    assert seen == [{shown}, {shown}, everything, theirs, theirs, everything]


def test_what_is_public_costs_one_query_of_ours_and_a_stranger_no_more(
    fra, image, file, visitor, django_assert_max_num_queries
):
    anybody = visitor()
    urls = [*addresses(image), *addresses(file)]
    news_of(fra, image=image)
    statement_of(fra, file=file)
    anybody.get(urls[0])
    for url in urls:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            body_of(anybody.get(url))
        assert len(asked) <= 2, [one["sql"] for one in asked]  # the host's site, and the rule
    Page.objects.filter(depth__gt=2).update(live=False)
    for url in urls:
        with CaptureQueriesContext(connection) as asked:
            assert anybody.get(url).status_code == 404
        assert len(asked) <= 10, [one["sql"] for one in asked]


def test_the_cost_does_not_grow_with_the_pages_that_show_an_image(fra, image, visitor):
    anybody, url = visitor(), image.file.url
    counts = []
    for more in (1, 8):
        for _ in range(more):
            news_of(fra, image=image)
        with CaptureQueriesContext(connection) as asked:
            assert anybody.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_admins_generator_of_image_addresses_gives_none(fra, image, visitor):
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=("x", image.pk, "original"))
    editor = visitor("editor", fra)
    page = editor.get(reverse("wagtailimages:url_generator", args=[image.pk]))
    assert page.status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/",
        "/media/documents/note.pdf",
        "/media/original_images/",
        "/media/../../../etc/passwd",
        "/media/images/%00.png",
        "/media/images/" + "é" * 400,
        "/files/99999999999999999999999999/a.pdf",
        "/files/1/%00.pdf",
    ],
)
def test_an_odd_address_is_not_found(fra, path, visitor):
    assert visitor().get(path).status_code == 404


def test_a_files_own_place_in_the_storage_is_no_address(fra, file, visitor):
    statement_of(fra, file=file)
    assert visitor().get(file.file.url).status_code == 404
    assert visitor().get(file.url.replace(".pdf", "x.pdf")).status_code == 404
    assert visitor().get(file.url).status_code == 200


# --- what a response says ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown", "content_type"),
    [
        ("note.pdf", True, "application/pdf"),
        ("statement.docx", False, None),
        ("page.html", False, "application/octet-stream"),
        ("drawing.svg", False, "application/octet-stream"),
        ("page.xhtml", False, "application/octet-stream"),
        ("script.js", False, "application/octet-stream"),
        ("table.csv", False, "text/csv"),
    ],
)
def test_nothing_that_could_run_is_opened_on_our_address(fra, visitor, name, shown, content_type):
    file = make_file(fra, name, b"<svg onload='alert(1)'>")
    answer = visitor("editor", fra).get(file.url)
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert content_type is None or answer["Content-Type"] == content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_an_image_that_is_no_safe_raster_is_downloaded(fra, visitor):
    image = make_image(fra)
    drawing = ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    stored = image.file.storage.save("original_images/rose.svg", drawing)
    SiteImage.objects.filter(pk=image.pk).update(file=stored)
    image.refresh_from_db()
    answer = visitor("editor", fra).get(image.file.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("مذكرة.docx", "%D9%85%D8%B0%D9%83%D8%B1%D8%A9.docx"),
        ("照会.docx", "%E7%85%A7%E4%BC%9A.docx"),
        ("note.docx", None),
        ("déclaration.docx", "d%C3%A9claration.docx"),
        ("нота.docx", "%D0%BD%D0%BE%D1%82%D0%B0.docx"),
        ("señal.docx", "se%C3%B1al.docx"),
    ],
)
def test_a_file_is_saved_under_its_own_name_in_every_script(fra, visitor, name, encoded):
    said = visitor("editor", fra).get(make_file(fra, name).url)["Content-Disposition"]
    if encoded is None:
        assert said == f'attachment; filename="{name}"'
    else:
        assert said == f"attachment; filename*=utf-8''{encoded}"


@pytest.mark.parametrize("name", ["a\r\nX-Evil: 1.docx", "a\u202excod.exe.docx", 'a";x=".docx'])
def test_a_name_cannot_write_headers_or_turn_its_letters_round(fra, visitor, name):
    file = make_file(fra, "a.docx")
    # As nothing of ours would store it: put into the table and the folder by hand.
    path = Path(file.file.path).with_name(name)
    path.write_bytes(b"PK")
    File.objects.filter(pk=file.pk).update(file=f"documents/{name}")
    answer = visitor("editor", fra).get(f"/files/{file.pk}/{quote(name)}")
    path.unlink()
    said = answer.get("Content-Disposition", "")
    assert answer.status_code == (404 if "\n" in name else 200)
    assert "X-Evil" not in answer
    assert not {"\u202e", "%E2%80%AE", "\n"} & {*said, *re.findall(r"(?:%..){3}", said)}


def test_an_uploaded_name_loses_what_could_deceive(fra):
    file = make_file(fra, "a\r\nb\u202excod.pdf")
    assert file.filename.isprintable()
    assert "\u202e" not in file.filename


# --- parts, and what has not changed -------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/20"),
        ("bytes=16-", 206, slice(16, 20), "bytes 16-19/20"),
        ("bytes=-5", 206, slice(15, 20), "bytes 15-19/20"),
        ("bytes=7-7", 206, slice(7, 8), "bytes 7-7/20"),
        ("bytes=30-40", 416, slice(0, 0), "bytes */20"),
        ("lines=1-2", 200, slice(0, 20), None),
    ],
)
def test_a_part_of_a_big_file_can_be_asked_for(fra, visitor, asked, status, part, said):
    content = b"0123456789abcdefghij"
    answer = visitor("editor", fra).get(make_file(fra, "a.zip", content).url, range=asked)
    assert (answer.status_code, body_of(answer)) == (status, content[part])
    assert answer.get("Content-Range") == said
    if status == 206:
        assert answer["Cache-Control"] == "private, no-store"


def test_a_part_is_not_joined_to_another_version(fra, visitor):
    file, editor = make_file(fra, "a.zip", b"0123456789"), visitor("editor", fra)
    etag = editor.get(file.url)["ETag"]
    assert editor.get(file.url, range="bytes=5-", if_range=etag).status_code == 206
    assert editor.get(file.url, range="bytes=5-", if_range='"older"').status_code == 200


def test_what_the_reader_has_already_is_not_sent_again(fra, image, file, visitor):
    news_of(fra, image=image)
    statement_of(fra, file=file)
    anybody = visitor()
    for url in [*addresses(image), *addresses(file)]:
        first = anybody.get(url)
        again = anybody.get(url, if_none_match=f'"other", W/{first["ETag"]}')
        assert (again.status_code, body_of(again)) == (304, b"")
        assert again["Cache-Control"] == first["Cache-Control"]
        since = anybody.get(url, if_modified_since=first["Last-Modified"])
        assert since.status_code == 304
        assert anybody.get(url, if_none_match='"other"').status_code == 200


def test_knowing_the_entity_tag_opens_nothing(fra, file, visitor):
    etag = visitor("editor", fra).get(file.url)["ETag"]
    assert visitor().get(file.url, if_none_match=etag).status_code == 404
    assert visitor().get(file.url, method="head").status_code == 404


def test_the_head_of_a_file_has_no_body_and_nothing_may_be_posted(fra, file, visitor):
    editor = visitor("editor", fra)
    head = editor.get(file.url, method="head")
    assert (head.status_code, body_of(head), head["Content-Length"]) == (200, b"", str(len(PDF)))
    assert editor.get(file.url, method="post").status_code in (403, 405)


def test_the_web_server_is_told_what_to_send_where_it_can(fra, settings, visitor):
    settings.MEDIA_ACCEL_PREFIX = "/kept/"
    file, image = make_file(fra, "照会.pdf"), make_image(fra)
    editor = visitor("editor", fra)
    told = editor.get(file.url)
    assert told["X-Accel-Redirect"] == f"/kept/documents/{'%E7%85%A7%E4%BC%9A'}.pdf"
    assert (told.content, told["Cache-Control"]) == (b"", "private, no-store")
    assert editor.get(image.file.url)["X-Accel-Redirect"].startswith("/kept/original_images/")
    refused = visitor().get(file.url)
    assert refused.status_code == 404
    assert "X-Accel-Redirect" not in refused


# --- what is deleted or replaced -----------------------------------------------------------------


def test_a_deleted_image_takes_its_renditions_along(
    fra, visitor, django_capture_on_commit_callbacks
):
    image = make_image(fra)
    stored = [image.file.name, image.get_rendition("width-40|format-webp").file.name]
    urls, storage = addresses(image), image.file.storage
    assert all(storage.exists(name) for name in stored)
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert not any(storage.exists(name) for name in stored)
    assert all(visitor("secretariat", name=url).get(url).status_code == 404 for url in urls)


def test_a_replaced_file_and_image_leave_no_ghost(fra, visitor, django_capture_on_commit_callbacks):
    image, file = make_image(fra, "a.png"), make_file(fra, "a.pdf")
    news_of(fra, image=image)
    old, old_url = (
        [image.file.name, *[r.file.name for r in image.renditions.all()]],
        addresses(image),
    )
    editor = visitor("editor", fra)
    new = make_image(fra, "b.png").file
    common = {"collection": collection_of(fra).pk, "tags": ""}
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.client.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            {**common, "title_ar": "قاعة", "file": new.open()},
            headers={"host": "fra.localhost"},
        )
    assert answer.status_code == 302, answer.context["form"].errors
    storage = image.file.storage
    assert not any(storage.exists(name) for name in old)
    assert all(visitor().get(url).status_code == 404 for url in old_url)
    was = file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.client.post(
            reverse("wagtaildocs:edit", args=[file.pk]),
            {**common, "title_ru": "Нота", "file": ContentFile(PDF + b"\n", name="new.pdf")},
            headers={"host": "fra.localhost"},
        )
    assert answer.status_code == 302, answer.context["form"].errors
    assert not storage.exists(was)
    assert editor.get(file.url).status_code == 404


def test_two_images_of_one_name_have_two_names_that_nobody_guesses(fra):
    names = {make_image(fra, "photo.png").file.name for _ in range(2)}
    assert len(names) == 2
    assert "original_images/photo.png" not in names


# --- people's pictures in the admin --------------------------------------------------------------


def test_a_persons_picture_is_for_people_of_the_same_site(fra, chn, visitor):
    owner = visitor("editor", fra)
    picture = get_test_image_file(filename="moi.png", size=(20, 20))
    profile = UserProfile.objects.create(user=owner.user)
    profile.avatar.save("moi.png", picture)
    for reader in (owner, visitor("delegate", fra), visitor("secretariat")):
        answer = reader.get(profile.avatar.url)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    for reader in (visitor(), visitor("editor", chn), visitor(name="without role")):
        made_up = reader.get("/media/avatar_images/nobody.png")
        refused = reader.get(profile.avatar.url)
        assert (refused.status_code, refused.content) == (404, made_up.content)


# --- records -------------------------------------------------------------------------------------


def test_a_committees_statement_shows_its_file_as_long_as_its_site_is_read(fra, visitor):
    site = committee_site(CommitteeFactory())
    page = site.site.root_page
    file = make_file(site, "بيان.pdf")
    assert is_hidden(visitor(), file)
    statement = StatementFactory(file=file)
    assert statement.session.committee.code == site.code
    assert is_served(visitor(), file, cache="public")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    assert is_hidden(visitor(), file)
    restriction.delete()
    statement.delete()
    assert is_hidden(visitor(), file)
