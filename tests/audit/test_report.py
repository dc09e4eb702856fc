"""The report in the admin: one's own sites, one's own people, in one's own language; its export."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from cms.access.services import give_role
from cms.audit.models import AuditEntry
from cms.audit.services import record
from cms.languages import codes
from cms.pages.models import Page, SiteProfile
from tests.audit.conftest import add_news, hold, person
from tests.many_sites import copy_site
from tests.sites import make_site


def words_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def test_each_site_reads_its_own_record_and_no_others(
    fra, egy, administrator, egyptian, secretariat, ask
):
    add_news(fra, "Actualités de Paris", by=administrator)
    add_news(egy, "أخبار القاهرة", language="ar", by=egyptian)
    own, other = words_of(ask(administrator)), words_of(ask(egyptian))
    assert "Actualités de Paris" in own
    assert "أخبار القاهرة" not in own
    assert "أمل سالم" not in own
    assert "أخبار القاهرة" in other
    assert "Actualités de Paris" not in other
    assert "Claire Martin" not in other
    everything = words_of(ask(secretariat))
    assert "Actualités de Paris" in everything
    assert "أخبار القاهرة" in everything


@pytest.mark.parametrize("role", ["editor", "publisher", "translator", "delegate"])
def test_who_answers_for_no_site_finds_no_report(fra, role, ask):
    reader = person("reader")
    held = {"language": "fr"} if role == "translator" else {}
    give_role(reader, role, site=fra, **held)
    made_up = ask(reader, "reports/nothing-of-the-kind/")
    for path in ("reports/activity/", "reports/activity/results/"):
        assert ask(reader, path).status_code in (made_up.status_code, 302)
        assert ask(reader, path).status_code != 200
    assert "Activity of your site" not in words_of(ask(reader, ""))


def test_two_hats_see_both_sites_and_nothing_between(fra, egy, chn, ask):
    both = hold(person("leila", name="ليلى حسن"), "mission_administrator", fra, chn)
    add_news(fra, "Actualités de Paris")
    add_news(chn, "北京新闻", language="zh")
    add_news(egy, "أخبار القاهرة", language="ar")
    seen = words_of(ask(both))
    assert "Actualités de Paris" in seen
    assert "北京新闻" in seen
    assert "أخبار القاهرة" not in seen
    narrowed = words_of(ask(both, "reports/activity/results/", site=chn.pk))
    assert "北京新闻" in narrowed
    assert "Actualités de Paris" not in narrowed


def test_a_forged_site_or_person_in_the_filter_tells_nothing(
    fra, egy, administrator, egyptian, ask
):
    add_news(egy, "أخبار القاهرة", language="ar", by=egyptian)
    path = "reports/activity/results/"
    for field, real in (("site", egy.pk), ("actor", egyptian.pk)):
        forged = words_of(ask(administrator, path, **{field: real}))
        made_up = words_of(ask(administrator, path, **{field: 987654}))
        assert forged.replace(f"{field}={real}", "#") == made_up.replace(f"{field}=987654", "#")
        assert "أخبار القاهرة" not in forged


def test_the_filters_offer_own_people_and_own_types_only(
    fra, egy, administrator, egyptian, secretariat, ask
):
    editor = hold(person("louis", name="Louis Petit"), "editor", fra)
    add_news(fra, "Actualités", by=editor)
    record("wagtail.edit", instance=egy, object_type="library.document")
    offered = words_of(ask(administrator))
    assert "Louis Petit (louis)" in offered
    assert "Claire Martin (claire)" in offered
    assert "amal" not in offered
    assert "library.document" not in offered
    assert "missions.newsindexpage" in offered
    assert 'name="site"' not in offered
    all_of_it = words_of(ask(secretariat))
    assert "Nations Unies (un)" in all_of_it
    assert "library.document" in all_of_it
    assert 'name="site"' in all_of_it
    assert "amal" in words_of(ask(secretariat, site=egy.pk))


def test_each_filter_narrows(fra, administrator, ask):
    editor = hold(person("louis", name="Louis Petit"), "editor", fra)
    record("wagtail.publish", instance=fra, label="Un", by=editor, object_type="pages.page")
    record("wagtail.edit", instance=fra, label="Deux", by=administrator, object_type="media.file")
    day = datetime(2024, 5, 1, 12, tzinfo=UTC)
    record("wagtail.lock", instance=fra, label="Trois", at=day)

    def found(**query):
        seen = words_of(ask(administrator, "reports/activity/results/", **query))
        plain = "".join(seen.split())
        return {label for label in ("Un", "Deux", "Trois") if f">{label}<" in plain}

    assert found() == {"Un", "Deux", "Trois"}
    assert found(actor=editor.pk) == {"Un"}
    assert found(action="wagtail.edit") == {"Deux"}
    assert found(object_type="media.file") == {"Deux"}
    assert found(at_from="2024-05-01", at_to="2024-05-01") == {"Trois"}
    assert found(at_from="2024-05-02") == {"Un", "Deux"}
    assert found(action="wagtail.delete") == set()


def test_an_event_of_two_sites_is_one_line_to_whoever_sees_all(fra, egy, secretariat, ask):
    both = hold(person("leila", name="ليلى حسن"), "editor", fra, egy)
    log(both, "signin.out", user=both)
    path = "reports/activity/results/"
    assert AuditEntry.objects.filter(action="signin.out").count() == 2
    for query in ({}, {"site": fra.pk}, {"site": egy.pk}):
        answer = ask(secretariat, path, action="signin.out", **query)
        assert [entry.actor_name for entry in answer.context["object_list"]] == ["ليلى حسن"]


@pytest.mark.parametrize("code", codes.CODES)
def test_the_report_is_readable_in_every_language(fra, administrator, ask, code):
    UserProfile.objects.filter(user=administrator).update(
        preferred_language=codes.get(code).django_code
    )
    log(
        administrator,
        "people.change_roles",
        data={"site": "fra", "before": ["editor"], "after": ["translator (ar)", "delegate"]},
    )
    page = ask(administrator)
    assert page.status_code == 200
    direction = "rtl" if code == "ar" else "ltr"
    assert f'dir="{direction}"' in words_of(page)
    assert codes.get("ar").name in words_of(page)


def exported(answer, kind):
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(content), read_only=False).active
    assert all(cell.data_type != "f" for row in sheet.rows for cell in row)
    return [[cell if cell is not None else "" for cell in row] for row in sheet.values]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_holds_what_the_report_shows(fra, egy, administrator, egyptian, ask, kind):
    add_news(fra, "وثيقة 照会 Нота", by=administrator)
    add_news(egy, "أخبار القاهرة", language="ar", by=egyptian)
    answer = ask(administrator, export=kind)
    assert answer["Content-Disposition"].startswith('attachment; filename="activity-')
    heading, *rows = exported(answer, kind)
    assert heading[:4] == ["Date and time (UTC)", "Site", "Person", "Action"]
    assert {row[1] for row in rows} == {"fra"}
    assert "وثيقة 照会 Нота" in {row[4] for row in rows}
    assert "Claire Martin" in {row[2] for row in rows}
    assert "أخبار القاهرة" not in str(rows)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=Σ(А1)"]
)
def test_no_cell_of_an_export_is_a_formula(fra, administrator, ask, kind, name):
    record("wagtail.edit", instance=fra, label=name, by=administrator)
    _heading, *rows = exported(ask(administrator, export=kind), kind)
    cells = [str(cell) for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    assert any(cell.startswith("'") for cell in cells)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_speaks_its_readers_language(fra, administrator, ask, kind):
    UserProfile.objects.filter(user=administrator).update(preferred_language="fr")
    add_news(fra, "Actualités", by=administrator)
    heading, *rows = exported(ask(administrator, export=kind, action="wagtail.publish"), kind)
    # Wagtail's own catalogue says it, whatever the state of ours.
    assert {row[3] for row in rows} == {"Publier"}


def test_the_number_of_queries_grows_neither_with_sites_nor_with_entries(
    fra, administrator, secretariat, ask
):
    counts = {}
    add_news(fra, "Actualités", by=administrator)
    for stage in ("few", "many"):
        for reader in (administrator, secretariat):
            ask(reader)  # what is remembered between requests is remembered
            with CaptureQueriesContext(connection) as asked:
                assert ask(reader).status_code == 200
            counts.setdefault(reader.pk, []).append(len(asked))
        if stage == "few":
            first = make_site("m00", page=Page, title_en="M")
            for site in (first, *copy_site(first, [f"m{number:02}" for number in range(1, 12)])):
                record("wagtail.edit", instance=site, label="x", by=administrator)
                record("wagtail.edit", instance=fra, label="x", by=secretariat)
    for few, many in counts.values():
        assert few == many
        assert many <= 40  # most of them for the admin's menu


def test_nothing_in_the_admin_changes_or_deletes_an_entry(fra, secretariat, ask):
    (entry,) = record("wagtail.edit", instance=fra)
    for path in (
        f"reports/activity/{entry.pk}/",
        f"reports/activity/{entry.pk}/delete/",
        f"snippets/audit/auditentry/edit/{entry.pk}/",
        f"bulk/audit/auditentry/delete/?id={entry.pk}",
    ):
        assert ask(secretariat, path).status_code in (302, 404)
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippets_audit_auditentry:list")
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_a_suspended_sites_administrator_reads_no_record(fra, administrator, ask):
    assert ask(administrator).status_code == 200
    SiteProfile.objects.filter(pk=fra.pk).update(status="suspended")
    assert ask(administrator).status_code != 200
