"""Views of ours in the place of Wagtail's: at Wagtail's addresses, and for one's own things."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, resolve, reverse
from wagtail.admin import urls as wagtail_urls
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import APIToken, PageViewRestriction, Site, Task, Workflow

from cms.access import admin_urls
from cms.access.models import SiteCollection
from cms.access.sections import SECTIONS
from cms.access.services import ensure_secretariat, give_role
from cms.missions.models import PeoplePage
from cms.pages.models import Page
from tests.missions.factories import (
    NewsPageFactory,
    PeoplePageFactory,
    PersonFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db


def picture():
    return SimpleUploadedFile("photo.png", get_test_image_file().file.getvalue(), "image/png")


def test_each_replaced_address_is_still_one_of_wagtails():
    assert wagtail_urls.urlpatterns  # its patterns are made when they are first imported
    theirs = set(_routes(get_resolver("wagtail.admin.urls")))
    ours = set(_routes(get_resolver("cms.access.admin_urls")))
    assert ours - theirs == set(), "Wagtail has moved these: mount ours where they are now"


def _routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, route)
        else:
            yield route


def test_wagtails_names_lead_to_our_views():
    for name in ("wagtailredirects:index", "wagtailadmin_reports:workflow"):
        assert resolve(reverse(name)).func.view_class.__module__.startswith("cms.access")
    assert len(admin_urls.urlpatterns) >= 13


def test_every_closed_section_is_an_address():
    resolver = get_resolver()
    namespaces = set(resolver.namespace_dict)
    for name in SECTIONS:
        if name not in namespaces:
            reverse(name, args=[1] if "tokens" in name else [])


@pytest.mark.parametrize(
    "address",
    [
        "sites/",
        "sites/edit/{site}/",
        "sites/edit/999999/",
        "users/",
        "users/edit/{user}/",
        "groups/",
        "groups/edit/{group}/",
        "collections/",
        "collections/{collection}/",
        "workflows/list/",
        "workflows/edit/{workflow}/",
        "reports/page-types-usage/",
        "reports/site-history/",
        "api-tokens/history/1/",
        "bulk/auth/user/delete/?id={user}",
    ],
)
def test_sections_of_the_secretariat_do_not_exist_for_a_mission(
    address, client, administrator, france, egypt
):
    workflow = Workflow.objects.create(name="canary")
    url = "/admin/" + address.format(
        site=Site.objects.first().pk,
        user=administrator.pk,
        group=egypt.mission.profile.role_groups.first().group_id,
        collection=SiteCollection.objects.get(site=egypt.mission.profile).collection_id,
        workflow=workflow.pk,
    )
    made_up = client.get("/admin/sites/edit/424242/")
    answer = client.get(url)
    assert answer.status_code == made_up.status_code == 404
    assert "canary" not in answer.content.decode()


def test_the_secretariats_superuser_has_them_all(client, france):
    ensure_secretariat()
    client.force_login(User.objects.create_superuser("root"))
    client.defaults["SERVER_NAME"] = france.get_site().hostname
    for name in ("wagtailsites:index", "wagtailusers_users:index", "wagtailusers_groups:index"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    ("name", "model", "upload"),
    [
        ("wagtailimages:add_multiple", get_image_model(), picture),
        (
            "wagtaildocs:add_multiple",
            get_document_model(),
            lambda: SimpleUploadedFile("Ordre du jour.txt", b"1. Ouverture"),
        ),
    ],
)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_several_files_are_uploaded_with_a_title_in_the_admins_language(
    name, model, upload, language, client, administrator, france
):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    assert client.get(reverse(name)).status_code == 200
    collection = SiteCollection.objects.get(site=france.mission.profile).collection
    file = upload()
    answer = client.post(
        reverse(name),
        {"title": "Ordre du jour", "files[]": file, "collection": collection.pk},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert json.loads(answer.content)["success"] is True
    made = model.objects.get()
    assert getattr(made, f"title_{language}") == "Ordre du jour"
    assert made.collection == collection


def test_a_bulk_action_with_one_foreign_page_is_refused_whole(client, administrator, france, egypt):
    own = NewsPageFactory(parent=france, title_fr="Une")
    foreign = NewsPageFactory(parent=egypt, title_fr="Autre")
    url = reverse("wagtail_bulk_action", args=["pages", "page", "delete"])
    for other in (foreign.pk, 999_999, "x", "9" * 40):
        answer = client.post(f"{url}?id={own.pk}&id={other}")
        assert answer.status_code == 404
    assert Page.objects.filter(pk__in=[own.pk, foreign.pk]).count() == 2
    assert client.post(f"{url}?id={own.pk}").status_code == 302
    assert not Page.objects.filter(pk=own.pk).exists()


def test_all_children_of_a_foreign_page_are_not_found(client, administrator, france, egypt):
    NewsPageFactory(parent=egypt, title_fr="Autre")
    url = reverse("wagtail_bulk_action", args=["pages", "page", "publish"])
    for parent in (egypt.pk, 999_999):
        assert client.get(f"{url}?id=all&childOf={parent}").status_code == 404
    assert client.get(f"{url}?id=all&childOf={france.pk}").status_code == 200


def test_a_task_of_another_missions_workflow_is_not_found(client, administrator, france):
    page = NewsPageFactory(parent=france, title_fr="Une")
    foreign = Task.objects.create(name="canary")
    for pk in (foreign.pk, 999_999):
        url = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, pk])
        assert client.get(url).status_code == 404


def test_the_password_page_is_for_live_pages_below_the_restriction(client, france, egypt):
    client.defaults["SERVER_NAME"] = france.get_site().hostname
    hidden = StandardPageFactory(parent=france, title_fr="Interne")
    elsewhere = StandardPageFactory(parent=egypt, title_fr="Ailleurs")
    draft = StandardPageFactory(parent=hidden, title_fr="Brouillon", live=False)
    restriction = PageViewRestriction.objects.create(
        page=hidden, restriction_type="password", password="mot"
    )
    login = PageViewRestriction.objects.create(page=elsewhere, restriction_type="login")

    def ask(restriction_id, page):
        args = [restriction_id, getattr(page, "pk", page)]
        return client.get(reverse("wagtailcore_authenticate_with_password", args=args))

    assert ask(restriction.pk, hidden).status_code == 200
    for pair in (
        (restriction.pk, elsewhere),
        (restriction.pk, draft),
        (restriction.pk, france),
        (restriction.pk, 999_999),
        (login.pk, elsewhere),
        (999_999, hidden),
    ):
        assert ask(*pair).status_code == 404


def test_the_id_of_another_pages_child_is_taken_for_one_that_nobody_has(
    client, administrator, france, egypt
):
    own = PersonFactory(page=PeoplePageFactory(parent=france, title_fr="Équipe"))
    foreign = PersonFactory(page=PeoplePageFactory(parent=egypt, title_fr="Canari"))
    page = PeoplePage.objects.get(pk=own.page_id)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(url).context["form"]
    prefix = form.formsets["people"].prefix
    outcomes = []
    for pk in (foreign.pk, 999_999):
        data = {
            **{f"title_{code}": "" for code in ("ar", "zh", "en", "ru", "es")},
            "title_fr": "Équipe",
            "slug": page.slug,
            "source_language": "fr",
            f"{prefix}-TOTAL_FORMS": "1",
            f"{prefix}-INITIAL_FORMS": "0",
            f"{prefix}-0-id": str(pk),
            f"{prefix}-0-name": "Intruse",
        }
        answer = client.post(url, data)
        outcomes.append(answer.status_code)
    assert outcomes[0] == outcomes[1] == 200
    foreign.refresh_from_db()
    assert foreign.name != "Intruse"


def test_an_editor_makes_tokens_of_their_own_and_sees_nobody_elses(
    client, administrator, france, egypt
):
    other = User.objects.create_user("egy.admin")
    give_role(other, "mission_administrator", site=egypt.mission.profile)
    foreign, _secret = APIToken.create_token(user=other, name="canary")
    url = reverse("wagtailusers_api_tokens:add")
    for owner in (other.pk, 999_999):
        assert client.post(url, {"name": "x", "user": owner}).status_code == 200
    assert APIToken.objects.count() == 1
    client.post(url, {"name": "notre site", "user": administrator.pk})
    assert APIToken.objects.get(name="notre site").user == administrator
    listed = client.get(reverse("wagtailusers_api_tokens:index")).content.decode()
    assert "notre site" in listed
    assert "canary" not in listed
    for name in ("edit", "delete", "history", "usage"):
        answers = [
            client.get(reverse(f"wagtailusers_api_tokens:{name}", args=[pk]))
            for pk in (foreign.pk, 999_999)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
