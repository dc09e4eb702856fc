"""The admin's first page: each role is greeted with its own work, and with nobody else's."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Site, Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from cms.access.dashboard import (
    register_panel,
    register_quick_action,
    unregister_panel,
    unregister_quick_action,
)
from cms.access.dashboard.work import SHOWN
from cms.access.roles import Permission
from cms.access.services import ensure_secretariat, give_role
from cms.languages import codes
from cms.pages.models import Page
from tests.many_sites import copy_site
from tests.sites import make_site
from tests.worlds import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sites")]
HOST = "localhost"


@world
def sites():
    """The directory and two missions, by code."""
    made = {
        "directory": make_site("directory", "directory", title_en="Directory of missions"),
        "fra": make_site("fra", title_fr="Mission de la France", title_ar="بعثة فرنسا"),
        "ken": make_site("ken", title_en="Mission of Kenya"),
    }
    Site.objects.filter(pk=made["directory"].site_id).update(hostname=HOST)
    return made


@pytest.fixture
def fra(sites):
    return sites["fra"]


@pytest.fixture
def ken(sites):
    return sites["ken"]


def add_page(site, *, publish=True, user=None, **fields):
    page = Page(**fields)
    page.live = False
    site.site.root_page.add_child(instance=page)
    revision = page.save_revision(user=user)
    if publish:
        revision.publish()
    page.refresh_from_db()
    return page


def sign_in(user, language="en"):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = codes.get(language).django_code
    profile.save()
    client = Client(headers={"host": HOST})
    client.force_login(user)
    return client


def make_user(name, role="", site=None, language=""):
    user = User.objects.create_user(name, first_name=name.title())
    if role == "secretariat":
        ensure_secretariat()
    if role:
        give_role(user, role, site=site, language=language)
    return user


def home(client, query=""):
    response = client.get(f"/admin/{query}")
    assert response.status_code == 200
    return response.content.decode()


def panel(html, name):
    """The HTML of one panel, or "" where it is not shown."""
    start = html.find(f'id="{name}-section"')
    return html[start : html.find("</section>", start)] if start >= 0 else ""


# --- who sees what ---


def test_an_editor_sees_the_own_site_with_its_address_and_no_other(fra, ken):
    add_page(ken, title_en="Secret of Kenya")
    html = home(sign_in(make_user("anna", "editor", fra)))
    sites = panel(html, "my-sites")
    assert "Welcome, Anna" in html
    assert "بعثة فرنسا" not in sites  # English is asked for; French is nearer to it
    assert "Mission de la France" in sites
    assert 'href="http://fra.localhost:8000"' in sites
    assert "fra.localhost:8000</bdi>" in sites
    assert "Kenya" not in html
    assert panel(html, "all-sites") == ""


def test_the_secretariat_sees_all_missions_and_its_own_sites(fra, ken):
    add_page(ken, title_en="News of Kenya")
    html = home(sign_in(make_user("sec", "secretariat")))
    everything = panel(html, "all-sites")
    assert "Mission de la France" in everything
    assert "Mission of Kenya" in everything
    assert "Directory of missions" in panel(html, "my-sites")
    assert "Mission of Kenya" not in panel(html, "my-sites")


def test_a_committee_secretary_is_greeted_with_the_committee(fra):
    committee = make_site("c3", "committee", title_en="Third Committee")
    html = home(sign_in(make_user("sam", "committee_secretary", committee)))
    assert "Third Committee" in panel(html, "my-sites")
    assert "Mission" not in panel(html, "my-sites")


def test_somebody_with_two_hats_sees_both_sites_and_nothing_between(fra, ken):
    make_site("lux", title_fr="Mission du Luxembourg")
    user = make_user("anna", "editor", fra)
    give_role(user, "editor", site=ken)
    html = home(sign_in(user))
    assert "Mission de la France" in html
    assert "Mission of Kenya" in html
    assert "Luxembourg" not in html


def test_a_delegate_has_no_admin(fra):
    assert sign_in(make_user("dan", "delegate", fra)).get("/admin/").status_code == 302


def test_an_account_without_a_role_is_told_whom_to_ask(fra):
    user = User.objects.create_user("nobody")
    call = User.objects.get(pk=make_user("anna", "editor", fra).pk)
    user.user_permissions.set(call.groups.first().permissions.all())
    group = call.groups.get(role_group__role="editor")
    user.user_permissions.set(group.permissions.all())
    html = home(sign_in(user))
    assert "no site to work on yet" in html
    assert "Mission de la France" not in html


# --- quick actions and panels of other rooms ---


@pytest.fixture
def quick_action():
    action = register_quick_action(
        "Add news <b>",
        lambda user, profile: f"/admin/add-news/{profile.code}/",
        kinds=["mission"],
        order=0,
    )
    yield action
    unregister_quick_action(action)


def test_the_first_quick_action_is_the_main_button_for_those_who_may_add(fra, quick_action):
    sites = panel(home(sign_in(make_user("anna", "editor", fra))), "my-sites")
    assert 'class="button button--icon" href="/admin/add-news/fra/"' in sites
    assert "Add news &lt;b&gt;" in sites
    translator = home(sign_in(make_user("tom", "translator", fra, "ar")))
    assert "/admin/add-news/" not in translator


def test_a_quick_action_is_for_its_kinds_of_site_only(fra, quick_action):
    committee = make_site("c3", "committee", title_en="Third Committee")
    html = home(sign_in(make_user("sam", "committee_secretary", committee)))
    assert "/admin/add-news/" not in html


def test_an_action_that_has_no_address_is_not_offered(fra):
    action = register_quick_action(
        "Nowhere", lambda user, profile: None, permission=Permission.CHANGE_PAGE
    )
    try:
        assert "Nowhere" not in home(sign_in(make_user("anna", "editor", fra)))
    finally:
        unregister_quick_action(action)


def test_other_rooms_add_panels(fra):
    from wagtail.admin.ui.components import Component

    class Greeting(Component):
        order = 5

        def render_html(self, parent_context=None):
            return "greetings from a room above"

    def factory(request):
        return Greeting() if request.user.username == "anna" else None

    register_panel(factory)
    try:
        assert "from a room above" in home(sign_in(make_user("anna", "editor", fra)))
        assert "from a room above" not in home(sign_in(make_user("tom", "editor", fra)))
    finally:
        unregister_panel(factory)


# --- drafts, approvals, publications ---


def test_drafts_are_the_users_own_and_limited(fra, ken):
    anna, tom = make_user("anna", "editor", fra), make_user("tom", "editor", fra)
    for number in range(SHOWN + 3):
        add_page(fra, publish=False, user=anna, title_fr=f"Brouillon {number}")
    add_page(fra, publish=False, user=tom, title_fr="De Tom")
    add_page(ken, publish=False, user=anna, title_en="Left behind in Kenya")
    drafts = panel(home(sign_in(anna)), "my-drafts")
    assert drafts.count("<tr>") == SHOWN + 1
    assert f"Brouillon {SHOWN + 2}" in drafts
    assert "and 3 more" in drafts
    assert "De Tom" not in drafts
    assert "Kenya" not in drafts
    assert "De Tom" in panel(home(sign_in(tom)), "my-drafts")


def test_a_changed_published_page_and_a_new_one_are_told_apart(fra):
    anna = make_user("anna", "editor", fra)
    page = add_page(fra, title_fr="Publiée")
    page.title_fr = "Publiée et retouchée"
    page.save_revision(user=anna)
    add_page(fra, publish=False, user=anna, title_fr="Toute neuve")
    drafts = panel(home(sign_in(anna)), "my-drafts")
    assert "Published, with new changes" in drafts
    assert "Never published" in drafts


def _submit(page, approvers, by):
    task = GroupApprovalTask.objects.create(name=f"Approve {page.pk}")
    task.groups.set(approvers)
    workflow = Workflow.objects.create(name=f"Workflow {page.pk}")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow.start(page, by)


def test_what_waits_for_approval_is_shown_to_the_approver_and_marked_for_the_author(fra):
    boss = make_user("boss", "mission_administrator", fra)
    anna = make_user("anna", "editor", fra)
    page = add_page(fra, publish=False, user=anna, title_fr="À approuver")
    _submit(page, boss.groups.filter(role_group__isnull=False), anna)
    waiting = panel(home(sign_in(boss)), "my-approvals")
    assert "À approuver" in waiting
    assert "Sent by Anna" in waiting
    html = home(sign_in(anna))
    assert "À approuver" not in panel(html, "my-approvals")
    assert "Waiting for approval" in panel(html, "my-drafts")


def test_what_was_published_last_stands_first_with_a_link_to_the_site(fra, ken):
    add_page(fra, title_fr="Ancienne")
    newest = add_page(fra, title_fr="Récente")
    Page.objects.filter(pk=newest.pk).update(last_published_at=timezone.now() + timedelta(hours=1))
    add_page(ken, title_en="Of Kenya")
    published = panel(home(sign_in(make_user("anna", "editor", fra))), "published-last")
    assert published.index("Récente") < published.index("Ancienne")
    assert 'href="http://fra.localhost:8000/en/recente/"' in published
    assert "Of Kenya" not in published


def test_empty_lists_say_what_to_do_next(fra):
    Page.objects.filter(depth=2).update(last_published_at=None)
    html = home(sign_in(make_user("anna", "editor", fra)))
    assert "Begin a page with the buttons above" in panel(html, "my-drafts")
    assert "Nothing waits for you" in panel(html, "my-approvals")
    assert "choose “Publish”" in panel(html, "published-last")


# --- languages ---


def _make_outdated(page, source="fr"):
    setattr(page, f"title_{source}", "Titre corrigé")
    page.save_revision()


def test_outdated_pages_come_before_those_that_lack_a_language(fra):
    outdated = add_page(
        fra, **{f"title_{code}": f"Titre {code}" for code in codes.CODES}, source_language="fr"
    )
    missing = add_page(fra, title_fr="Sans arabe", title_en="No Arabic", source_language="fr")
    _make_outdated(outdated)
    table = panel(home(sign_in(make_user("anna", "editor", fra), "fr")), "my-languages")
    assert table.index("Titre fr") < table.index("Sans arabe")
    assert f"/admin/pages/{missing.pk}/edit/#tab-language_ar" in table
    for state in ("source", "missing", "current", "outdated"):
        assert f"language-tabs__state--{state}" in table


def test_a_page_that_is_complete_is_not_listed(fra):
    titles = {f"title_{code}": f"Titre {code}" for code in codes.CODES}
    add_page(fra, **titles, source_language="fr")
    home_page = fra.site.root_page
    for code in codes.CODES:
        setattr(home_page, f"title_{code}", f"Accueil {code}")
    home_page.save_revision().publish()
    table = panel(home(sign_in(make_user("anna", "editor", fra))), "my-languages")
    assert "Every page is up to date" in table


def test_a_translator_is_asked_for_the_own_language_only(fra):
    needs_russian = add_page(fra, title_fr="Sans russe", title_ar="عنوان", source_language="fr")
    needs_arabic = add_page(fra, title_fr="Sans arabe", title_ru="Заголовок", source_language="fr")
    html = home(sign_in(make_user("tom", "translator", fra, "ar")))
    table = panel(html, "my-languages")
    assert f"/admin/pages/{needs_arabic.pk}/edit/#tab-language_ar" in table
    assert f"/admin/pages/{needs_russian.pk}/" not in table
    assert "#tab-language_ru" not in table
    assert '<span lang="ar" dir="rtl">العربية</span>' in panel(html, "my-sites")


def test_languages_are_limited_with_the_number_of_the_others(fra):
    for number in range(SHOWN + 4):
        add_page(fra, title_fr=f"Page {number}")
    table = panel(home(sign_in(make_user("anna", "editor", fra))), "my-languages")
    assert "and 5 more pages" in table  # the home page lacks languages too


@pytest.mark.parametrize("code", codes.CODES)
def test_the_greeting_works_in_each_language_of_the_admin(fra, code):
    add_page(fra, title_fr="Actualités", title_ar="أخبار", source_language="fr")
    html = home(sign_in(make_user("anna", "editor", fra), code))
    direction = codes.direction(code)
    assert f'dir="{direction}"' in html[:1000]
    expected = "بعثة فرنسا" if code == "ar" else "Mission de la France"
    assert expected in panel(html, "my-sites")


# --- all sites ---


def test_sites_are_found_by_name_in_any_language_and_by_code(fra, ken):
    client = sign_in(make_user("sec", "secretariat"))
    for find in ("فرنسا", "fra"):
        everything = panel(home(client, f"?find={find}"), "all-sites")
        assert "Mission de la France" in everything
        assert "Kenya" not in everything
    assert "No site matches" in panel(home(client, "?find=%00zzz"), "all-sites")
    assert "&lt;b&gt;" in panel(home(client, "?find=<b>"), "all-sites")


def test_sites_stand_by_activity_or_by_name(fra, ken):
    add_page(fra, title_fr="Nouvelle")
    Page.objects.filter(path__startswith=ken.site.root_page.path).update(last_published_at=None)
    client = sign_in(make_user("sec", "secretariat"))
    by_activity = panel(home(client), "all-sites")
    assert by_activity.index("France") < by_activity.index("Kenya")
    assert "Never" in by_activity
    fra.site.root_page.title_en = "Zealous mission"
    fra.site.root_page.save()
    by_name = panel(home(client, "?order=name"), "all-sites")
    assert by_name.index("Kenya") < by_name.index("Zealous")


@pytest.mark.parametrize("query", ["?sites=x", "?sites=-1", "?sites=999999", "?kind=x&order=y"])
def test_nonsense_in_the_address_shows_a_page_all_the_same(fra, query):
    assert "Mission de la France" in home(sign_in(make_user("sec", "secretariat")), query)


# --- what it costs ---


def _queries(client, django_assert_num_queries_context):
    client.get("/admin/")
    with django_assert_num_queries_context as counted:
        client.get("/admin/")
    return len(counted)


def test_queries_do_not_grow_from_20_missions_to_195(fra, django_assert_max_num_queries):
    secretariat = sign_in(make_user("sec", "secretariat"))
    editor = sign_in(make_user("anna", "editor", fra))

    first = make_site("m0", page=Page, title_en="Mission", title_ar="بعثة")
    add_page(first, title_fr="Page")
    counts = []
    for more in (range(1, 20), range(20, 195)):
        copy_site(first, [f"m{number}" for number in more])
        counts.append(
            [
                _queries(client, django_assert_max_num_queries(60))
                for client in (secretariat, editor)
            ]
        )
    assert counts[0] == counts[1]


# --- Wagtail's own menus ---


def test_reports_on_the_installation_are_the_secretariats(fra):
    html = home(sign_in(make_user("anna", "editor", fra)))
    assert "/admin/reports/page-types-usage/" not in html
    assert "/admin/reports/workflow/" in html  # own pages, workflows and people only
    assert "/admin/reports/aging-pages/" in html
    assert "/admin/reports/page-types-usage/" in home(sign_in(make_user("sec", "secretariat")))


def test_nobody_is_shown_news_of_the_product(fra):
    html = home(sign_in(make_user("sec", "secretariat")))
    assert "whats-new" not in html
    assert '"name": "editor-guide"' not in html
