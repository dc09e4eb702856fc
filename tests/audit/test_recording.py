"""What is done on a site is recorded for that site: who, what, when, from where."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import APIToken, ModelLogEntry, PageLogEntry, PageViewRestriction

from cms.access.models import SiteCollection
from cms.audit.context import AuditMiddleware, origin
from cms.audit.models import AppendOnly, AuditEntry
from cms.audit.services import prune, record
from cms.audit.sites import concerned
from cms.media.models import File
from cms.pages.models import Page, SiteProfile
from tests.audit.conftest import HOST, add_news, hold, person
from tests.committees.factories import CommitteeFactory, StatementFactory, committee_site


def rows(**filters):
    return AuditEntry.objects.filter(**filters)


def sites_told(**filters):
    return sorted(rows(**filters).values_list("site_code", flat=True))


def test_publishing_a_page_is_recorded_for_its_site(fra, egy, administrator):
    page = add_news(fra, "Actualités", by=administrator)
    entry = rows(action="wagtail.publish", object_id=str(page.pk)).get()
    assert (entry.site, entry.site_code) == (fra, "fra")
    assert (entry.actor, entry.actor_name) == (administrator, "Claire Martin")
    assert (entry.object_label, entry.object_type) == ("Actualités", "missions.newsindexpage")
    assert entry.address is None  # no request
    assert not rows(site=egy).exists()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ar", "أخبار البعثة"),
        ("zh", "代表团新闻"),
        ("en", "News"),
        ("fr", "Actualités"),
        ("ru", "Новости"),
        ("es", "Noticias"),
    ],
)
def test_a_name_is_kept_in_its_own_script(fra, language, title):
    add_news(fra, title, language=language)
    assert rows(action="wagtail.publish").get().object_label == title


def test_what_is_undone_was_never_recorded(fra):
    before = rows().count()
    with transaction.atomic():
        add_news(fra, "Actualités")
        assert rows().count() > before
        transaction.set_rollback(True)
    assert rows().count() == before


def test_a_request_tells_where_from_and_in_which_session(fra, administrator):
    client = Client(headers={"host": HOST})
    client.force_login(administrator)
    page = add_news(fra, "Actualités")
    answer = client.post(
        reverse("wagtailadmin_pages:unpublish", args=[page.pk]), REMOTE_ADDR="2001:db8::7"
    )
    assert answer.status_code == 302
    entry = rows(action="wagtail.unpublish").get()
    assert entry.address == "2001:db8::7"
    assert len(entry.session) == 8
    assert entry.session not in client.session.session_key
    assert entry.actor == administrator


def test_the_request_is_forgotten_when_it_is_answered(fra):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    seen = []
    AuditMiddleware(lambda request: seen.append(origin()))(request)
    assert seen[0].address == "192.0.2.1"
    assert origin().address is None
    with pytest.raises(ZeroDivisionError):
        AuditMiddleware(lambda request: 1 / 0)(request)
    assert origin().address is None


def test_an_address_that_is_none_is_left_out(fra):
    request = RequestFactory().get("/", REMOTE_ADDR="<script>")
    AuditMiddleware(lambda request: log(fra, "wagtail.edit"))(request)
    assert rows(object_type="pages.siteprofile").get().address is None


def test_a_token_is_named_by_its_number(fra, administrator):
    token, plain = APIToken.create_token(user=administrator, name="feed")
    request = RequestFactory().get("/")
    request.auth = token
    AuditMiddleware(lambda request: log(fra, "wagtail.edit"))(request)
    entry = rows(action="wagtail.edit").get()
    assert entry.session == f"token {token.pk}"
    assert plain not in str(entry.__dict__)


def test_signing_in_is_told_to_each_of_a_persons_sites(fra, egy, chn):
    both = hold(person("leila", name="ليلى حسن"), "editor", fra, egy)
    log(both, "signin.in", user=both, data={"address": "192.0.2.9"})
    assert sites_told(action="signin.in") == ["egy", "fra"]
    events = set(rows(action="signin.in").values_list("event", flat=True))
    assert len(events) == 1
    assert rows(action="signin.in", leading=True).count() == 1
    assert set(rows(action="signin.in").values_list("address", flat=True)) == {"192.0.2.9"}


def test_signing_in_through_the_page_is_recorded_without_the_password(fra):
    user = hold(person("leila", name="ليلى حسن"), "editor", fra)
    user.set_password("une-longue-phrase-8")
    user.save()
    client = Client(headers={"host": HOST})
    for password in ("never-that-one-7", "une-longue-phrase-8"):
        client.post(
            "/fr/sign-in/",
            {"username": "leila", "password": password},
            REMOTE_ADDR="192.0.2.9",
        )
    assert set(rows(site=fra, object_id=str(user.pk)).values_list("action", "address")) == {
        ("signin.failed", "192.0.2.9"),
        ("signin.in", "192.0.2.9"),
    }
    recorded = " ".join(str(row) for row in rows().values())
    assert "never-that-one" not in recorded
    assert "longue-phrase" not in recorded


def test_a_change_of_roles_is_told_to_the_site_that_it_names_alone(fra, egy, administrator):
    both = hold(person("leila", name="ليلى حسن"), "editor", fra, egy)
    log(
        both,
        "people.change_roles",
        user=administrator,
        data={"site": "fra", "before": ["editor"], "after": ["translator (ar)"]},
    )
    assert sites_told(action="people.change_roles") == ["fra"]


def test_a_site_that_nobody_has_makes_an_entry_of_the_secretariats(fra):
    log(fra, "wagtail.edit", data={"site": "nowhere"})
    assert sites_told(action="wagtail.edit") == [""]


def test_a_file_is_of_the_site_whose_collection_holds_it(fra, egy, administrator):
    own = SiteCollection.objects.get(site=fra).collection
    inside = own.add_child(name="Photographies")
    for collection in (own, inside):
        file = File.objects.create(title_ru="Нота", file="a.pdf", collection=collection)
        log(file, "wagtail.create", user=administrator)
    assert sites_told(object_type="media.file") == ["fra", "fra"]
    log(inside, "wagtail.edit")
    assert sites_told(object_type="wagtailcore.collection") == ["fra"]


def test_what_else_belongs_to_a_site_is_found_by_what_it_names(fra, egy):
    committee = committee_site(CommitteeFactory())
    statement = StatementFactory()
    group = fra.role_groups.first().group
    user = hold(person("leila"), "editor", egy)
    token, _plain = APIToken.create_token(user=user, name="feed")
    found = [
        [site.code for site in concerned(instance, {})]
        for instance in (fra, fra.site, group, fra.role_groups.first(), user, token, statement)
    ]
    assert found == [["fra"], ["fra"], ["fra"], ["fra"], ["egy"], ["egy"], [committee.code]]
    assert concerned(person("nobody"), {}) == []
    assert concerned(None, {}) == []


def test_a_page_moved_between_sites_is_told_to_both_and_neither_learns_the_others_titles(fra, egy):
    page = add_news(fra, "Actualités")
    home = Page.objects.get(pk=egy.site.root_page_id)
    page.move(home, pos="last-child")
    told = {row.site_code: row for row in rows(action="wagtail.move")}
    assert set(told) == {"egy", "fra"}
    assert set(told["fra"].detail) == {"source"}
    assert set(told["egy"].detail) == {"destination"}
    assert "بعثة مصر" not in str(told["fra"].detail)
    assert "Mission de la France" not in str(told["egy"].detail)
    assert told["egy"].leading


def test_a_page_moved_within_its_site_is_told_with_both_places(fra):
    home = fra.site.root_page
    places = {name: {"id": home.pk, "title": name} for name in ("source", "destination")}
    log(add_news(fra, "Actualités"), "wagtail.move", data=places)
    entry = rows(action="wagtail.move").get()
    assert (entry.site, entry.detail) == (fra, places)


def test_a_deleted_page_and_record_are_still_told_to_their_site(fra, administrator):
    page = add_news(fra, "Actualités")
    pk = page.pk
    page.delete(user=administrator)
    assert sites_told(action="wagtail.delete", object_id=str(pk)) == ["fra"]
    client = Client(headers={"host": HOST})
    client.force_login(administrator)
    file = File.objects.create(
        title_zh="照会", file="a.pdf", collection=SiteCollection.objects.get(site=fra).collection
    )
    client.post(reverse("wagtaildocs:delete", args=[file.pk]))
    assert not File.objects.filter(pk=file.pk).exists()
    assert sites_told(action="wagtail.delete", object_type="media.file") == ["fra"]


def test_a_restriction_is_recorded_with_its_page(fra, administrator):
    home = Page.objects.get(pk=fra.site.root_page_id)
    restriction = PageViewRestriction(page=home, restriction_type="password", password="слово")
    restriction.save(user=administrator)
    entry = rows(action="wagtail.view_restriction.create").get()
    assert (entry.site, entry.actor) == (fra, administrator)
    assert "слово" not in str(entry.detail)


def test_the_name_stays_when_the_account_is_gone_and_the_code_when_the_site_is(fra):
    user = hold(person("leila", name="ليلى حسن"), "editor", fra)
    add_news(fra, "Actualités", by=user)
    User.objects.filter(pk=user.pk).delete()
    entry = rows(action="wagtail.publish").get()
    assert (entry.actor, entry.actor_name) == (None, "ليلى حسن")
    SiteProfile.objects.filter(pk=fra.pk).delete()
    entry.refresh_from_db()
    assert (entry.site, entry.site_code) == (None, "fra")


def test_the_record_is_only_added_to(fra):
    (entry,) = record("wagtail.edit", instance=fra)
    for change in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(actor_name="x"),
    ):
        with pytest.raises(AppendOnly):
            change()
    assert rows(pk=entry.pk).exists()


def test_pruning_drops_what_is_old_and_says_so(fra):
    old, recent = timezone.now() - timedelta(days=800), timezone.now() - timedelta(days=700)
    record("wagtail.edit", instance=fra, label="old", at=old)
    record("wagtail.edit", instance=fra, label="recent", at=recent)
    call_command("prune_audit")
    assert list(rows(action="wagtail.edit").values_list("object_label", flat=True)) == ["recent"]
    assert rows(action="audit.prune").get().detail["rows"] == 1
    assert rows(action="audit.prune").get().site is None
    call_command("prune_audit", older_than=600)
    assert not rows(action="wagtail.edit").exists()
    assert prune(before=old) == 0
    assert rows(action="audit.prune").count() == 2
    with pytest.raises(CommandError):
        call_command("prune_audit", older_than=0)
    assert rows().exists()


def test_the_log_entry_and_the_record_cost_few_queries(fra, administrator):
    page = add_news(fra, "Actualités")
    log(page, "wagtail.edit", user=administrator)
    with CaptureQueriesContext(connection) as asked:
        log(page, "wagtail.edit", user=administrator)
    told = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert sum("audit_auditentry" in sql for sql in told) == 1
    assert len(told) <= 6, told


def test_every_action_of_wagtails_log_is_recorded_once(fra, administrator):
    page = add_news(fra, "Actualités", by=administrator)
    log(page, "wagtail.lock")
    log(administrator, "wagtail.edit")
    logged = ModelLogEntry.objects.count() + PageLogEntry.objects.count()
    assert rows(leading=True).count() == logged
