"""An archive holds a whole site: exported, restored and exported again it is the same."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction, ReferenceIndex

from cms.access.audiences import audience_of
from cms.access.models import RoleGroup, SiteApproval, SiteCollection
from cms.languages.states import State, with_status
from cms.lifecycle.archive import media
from cms.lifecycle.archive.exporting import export_site
from cms.lifecycle.archive.reader import opened
from cms.lifecycle.archive.restoring import Place, restore_site
from cms.missions.models import ContactPage, Mission, StandardPage
from cms.pages.models import Page, SiteProfile
from cms.pages.publication import save_draft, schedule, withdraw
from search.models import OutboxEntry
from tests.lifecycle.factories import LANGUAGES, manifest, members, restored
from tests.missions.factories import WATER

pytestmark = pytest.mark.django_db


def differences(one, other):
    before, after = members(one), members(other)
    assert sorted(before) == sorted(after)
    return [name for name in before if before[name] != after[name]]


def test_the_same_site_makes_the_same_archive_but_for_the_time(archived, tmp_path):
    profile, path = archived
    again = tmp_path / "again.zip"
    export_site(profile, again)
    assert differences(path, again) == []
    first, second = manifest(path), manifest(again)
    first.pop("exported_at")
    second.pop("exported_at")
    assert first == second


def test_an_archive_holds_what_it_says(archived):
    profile, path = archived
    told = manifest(path)
    pages = Page.objects.filter(path__startswith=profile.site.root_page.path)
    assert told["counts"]["pages"] == pages.count()
    assert told["counts"]["drafts"] == 2
    assert told["counts"]["images"] == 3
    assert told["counts"]["files"] == 1
    assert told["counts"]["redirects"] == 2
    assert told["left_out"] == []
    assert told["site"]["titles"].keys() == set(LANGUAGES)


def test_an_archive_names_people_and_holds_no_account_and_no_secret(archived):
    _profile, path = archived
    everything = b"".join(members(path, without=()).values())
    for secret in (b"demo-missions-2008", b"sesame-ouvre-toi", b"md5$"):
        assert secret not in everything
    people = json.loads(members(path, without=())["people.json"])
    assert {"owner": "Anne fra.editor"} in people.values()
    assert b"Anne fra.editor" not in b"".join(members(path).values())


def test_no_database_id_is_left_in_an_archive(archived):
    """Every pointer is a reference: "page:3", "image:1", "file:1"."""
    _profile, path = archived
    text = b"".join(
        content for name, content in members(path).items() if name.startswith("pages/")
    ).decode()
    assert text.count('linktype=\\"page\\"') > 6
    assert 'id=\\"page:' in text
    assert 'id=\\"file:1\\"' in text
    for page in Page.objects.filter(depth__gte=2):
        assert f'id=\\"{page.pk}\\"' not in text


def test_a_site_can_be_restored_out_of_sight(archived, get):
    with opened(archived[1]) as archive:
        place = Place(code="fr2", hostname="fr2.localhost", port=80, suspended=True)
        restore_site(archive, place)
    assert get("/fr/", host="fr2.localhost").status_code == 503


# --- what a restored site is like ----------------------------------------------------------------


def test_a_site_restored_beside_the_original_differs_by_nothing_but_its_own_keys(beside, tmp_path):
    _profile, back, _notes = beside
    again = tmp_path / "again.zip"
    export_site(back, again)
    before, after = members(tmp_path / "fra.zip"), members(again)
    assert sorted(before) == sorted(after)
    for name in before:
        if name.startswith("pages/"):
            one, other = json.loads(before[name]), json.loads(after[name])
            # Two pages of one installation can't share it.
            assert one.pop("translation_key") != other.pop("translation_key")
            assert one == other
        elif not name.startswith(("records/mission", "media/files")):
            assert before[name] == after[name]


def test_links_of_a_restored_site_lead_to_its_own_pages_and_files(beside, get):
    profile, back, _notes = beside
    home = back.site.root_page
    pages = Page.objects.filter(path__startswith=home.path)
    own = {str(pk) for pk in pages.values_list("pk", flat=True)}
    foreign = Page.objects.filter(path__startswith=profile.site.root_page.path)
    index = ReferenceIndex.objects.filter(object_id__in=own)
    pointed = set(
        index.filter(to_content_type__app_label="pages").values_list("to_object_id", flat=True)
    )
    assert pointed
    assert pointed <= own
    assert not pointed & {str(pk) for pk in foreign.values_list("pk", flat=True)}


def test_states_of_translation_survive_new_ids(beside):
    profile, back, _notes = beside

    def states(site):
        found = Page.objects.filter(path__startswith=site.site.root_page.path).order_by("path")
        return [(page.translation_states(), page.translation_states(draft=True)) for page in found]

    assert states(back) == states(profile)
    assert any(State.OUTDATED in live.values() for live, _draft in states(back))


def test_a_state_that_has_a_site_keeps_it(beside):
    profile, _back, notes = beside
    assert Mission.objects.get(code="FRA").profile == profile
    assert any("FRA" in note for note in notes)


def test_every_page_is_indexed(beside):
    _profile, back, _notes = beside
    pages = Page.objects.filter(path__startswith=back.site.root_page.path)
    keys = set(OutboxEntry.objects.values_list("key", flat=True))
    assert {f"page:{page.pk}" for page in pages} <= keys


def test_each_language_keeps_its_life(france, tmp_path):
    pages = Page.objects.filter(path__startswith=france.site.root_page.path, live=True)
    page = pages.filter(alias_of=None).last().specific
    languages = [code for code in page.languages if code != page.source_language][:2]
    withdraw(page, languages[:1])
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.translations = with_status(draft.translations, languages[1], "needs_review", machine=True)
    save_draft(draft)
    schedule(page, page.source_language, withdraw_at=timezone.now() + timedelta(days=1))
    export_site(france, tmp_path / "fra.zip")
    back, _notes = restored(tmp_path / "fra.zip")
    found = Page.objects.get(
        path__startswith=back.site.root_page.path, slug=page.slug, depth=page.depth
    )
    told = ("language", "state", "is_released", "withdrawn_at", "withdraw_at", "last_released_at")
    assert list(found.page_languages.order_by("language").values_list(*told)) == list(
        page.page_languages.order_by("language").values_list(*told)
    )
    assert languages[0] not in found.languages
    record = found.get_latest_revision_as_object().translations
    assert record[languages[1]]["status"] == "needs_review"
    assert record[languages[1]]["machine"] is True


def test_approval_of_pages_is_asked_for_as_before(france, tmp_path):
    SiteApproval.objects.create(site=france)
    export_site(france, tmp_path / "fra.zip")
    back, _notes = restored(tmp_path / "fra.zip")
    assert SiteApproval.objects.filter(site=back).exists()


def test_the_commands_export_and_restore(france, tmp_path, capsys):
    target = tmp_path / "out.zip"
    call_command("export_site", "FRA", str(target))
    assert "pages" in capsys.readouterr().out
    call_command("restore_site", str(target), code="fr2", hostname="france.example.org")
    assert "france.example.org" in capsys.readouterr().out
    assert SiteProfile.objects.get(code="fr2").site.hostname == "france.example.org"


def test_a_restored_site_makes_the_same_archive(elsewhere, tmp_path):
    again = tmp_path / "again.zip"
    profile, _notes = restored(elsewhere, "fra")
    export_site(profile, again)
    assert differences(elsewhere, again) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_restored_site_is_read_in_each_language(back, get, language):
    response = get(f"/{language}/", host="fr2.localhost")
    assert response.status_code == 200
    standard = StandardPage.objects.filter(live=True, slug__startswith="water").first()
    text = get(standard.url_in(language), host="fr2.localhost").content.decode()
    assert WATER[language] in text


def test_media_come_with_their_words_tags_and_focal_points(back):
    images, files = media.shelves()
    collection = SiteCollection.objects.get(site=back).collection
    hall = media.media_of(images, collection).get(title_en="Hall")
    assert sorted(hall.tags.names()) == ["hall", "القاعة"]
    assert hall.description_ar == "فرنسا"
    assert hall.credit == "UN Photo"
    assert (hall.focal_point_x, hall.focal_point_height) == (10, 30)
    assert (hall.width, hall.height) == (1200, 800)
    assert hall.get_rendition("width-100").width == 100
    assert hall.renditions.count() == 1
    file = media.media_of(files, collection).get()
    assert file.file.read() == b"Declaration of all"
    assert file.title_zh == WATER["zh"]
    logo = media.media_of(images, collection).get(title_en="Logo")
    assert logo.collection.name == "Press"


def test_drafts_can_be_published_with_their_inline_children(back):
    contact = ContactPage.objects.get()
    assert contact.has_unpublished_changes
    assert contact.title_ar != "مسودة"
    assert contact.offices.count() == 1
    kept = contact.offices.get().pk
    contact.latest_revision.publish()
    contact = ContactPage.objects.get()
    assert contact.title_ar == "مسودة"
    assert [office.pk for office in contact.offices.all()][0] == kept
    assert [office.address_en for office in contact.offices.all()][1] == "Second office"


def test_a_scheduled_draft_is_still_scheduled(back):
    waiting = [
        page.latest_revision
        for page in StandardPage.objects.all()
        if page.latest_revision and page.latest_revision.approved_go_live_at
    ]
    assert [revision.approved_go_live_at.year for revision in waiting] == [2027]
    assert waiting[0].approved_go_live_at > timezone.now()


def test_hidden_pages_are_not_open_to_more_people_than_before(back, get):
    pages = {page.slug: page for page in back.site.root_page.get_children()}
    assert audience_of(pages["portail"]) == "portal"
    password = PageViewRestriction.objects.get(page=pages["mot-de-passe"])
    assert password.restriction_type == "password"
    assert len(password.password) > 20
    assert password.password != "sesame-ouvre-toi"
    assert PageViewRestriction.objects.get(page=pages["connexion"]).restriction_type == "login"
    editors = RoleGroup.objects.get(site=back, role="editor").group
    assert list(PageViewRestriction.objects.get(page=pages["redaction"]).groups.all()) == [editors]
    for slug in ("portail", "mot-de-passe", "connexion", "redaction"):
        text = get(f"/fr/{slug}/", host="fr2.localhost").content.decode()
        assert WATER["fr"] not in text


def test_redirects_lead_to_the_restored_pages(back, get):
    response = get("/fr/eau/", host="fr2.localhost")
    assert response.status_code == 301
    assert "fr2.localhost" in response["Location"] or response["Location"].startswith("/")


def test_the_site_has_its_roles_collection_workflow_and_record(back):
    assert RoleGroup.objects.filter(site=back, role="mission_administrator").exists()
    assert back.site.root_page.get_workflow() is not None
    mission = Mission.objects.get(code="FRA")
    assert mission.profile == back
    assert mission.short_name_ru == "Франция"
    assert mission.regional_group.code == "WEOG"
    assert str(mission.representative) == "Hélène Vauclair"
