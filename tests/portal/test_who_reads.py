"""The portal is for permanent missions: each refusal beside what is allowed."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.cache import caches

from cms.access.audiences import audiences_of, audiences_of_pages, readable_by
from cms.access.indexing import PageBuilder
from cms.access.models import RoleGroup
from cms.access.services import take_role
from cms.pages.models import Page

CODES = ("ar", "zh", "en", "fr", "ru", "es")
READERS = (
    "delegate",
    "editor",
    "translator",
    "mission_administrator",
    "secretariat",
    "superuser",
)
SECRETS = ("The building closes on Friday", "Bienvenue", "Welcome", "Guide for delegates")


@pytest.mark.parametrize("code", CODES)
def test_a_visitor_is_sent_to_sign_in_and_nothing_is_told(visitor, guide, notice, code):
    for path in (f"/{code}/", f"/{code}/guide/"):
        response = visitor.get(path)
        assert response.status_code == 302
        assert response["Location"] == f"/_util/login/?next=/{code}/{path[4:]}"
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
    page = visitor.get(f"/_util/login/?next=/{code}/", follow=True)
    html = page.content.decode()
    assert page.redirect_chain[-1][0].startswith(f"/{code}/sign-in/")
    assert f'<html lang="{code}"' in html
    assert guide.title_fr not in html
    assert getattr(guide, f"title_{code}") not in html
    assert getattr(notice, f"text_{code}") not in html


def test_a_delegate_signs_in_and_comes_back_to_the_page_that_was_asked_for(
    person, visitor, guide, notice
):
    person("delegate", password="a-long-password-1945")
    given = {"username": "delegate", "password": "a-long-password-1945", "next": "/ar/guide/"}
    response = visitor.post("/en/sign-in/", given)
    assert (response.status_code, response["Location"]) == (302, "/ar/guide/")
    html = visitor.get("/ar/guide/").content.decode()
    assert guide.title_ar in html
    assert notice.text_ar in visitor.get("/ar/").content.decode()


def test_sign_in_sends_nobody_to_another_site(person, visitor, home):
    person("delegate", password="a-long-password-1945")
    given = {"username": "delegate", "password": "a-long-password-1945"}
    response = visitor.post("/en/sign-in/", given | {"next": "https://evil.example/"})
    assert (response.status_code, response["Location"]) == (302, "/en/")


@pytest.mark.parametrize("role", READERS)
def test_people_of_missions_and_the_secretariat_read_it(person, guide, notice, role):
    client = person(role)
    response = client.get("/fr/")
    html = response.content.decode()
    assert response.status_code == 200
    assert notice.text_fr in html
    assert "Bienvenue" in html
    assert guide.title_fr in html
    assert client.get("/fr/guide/").status_code == 200


def _plain(response):
    """The page without the token of its sign-out form, which is new each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", response.content.decode())


@pytest.mark.parametrize("role", ["committee_secretary", ""])
def test_a_signed_in_stranger_is_refused_politely_without_a_loop(person, guide, notice, role):
    client = person(role)
    response = client.get("/en/")
    html = response.content.decode()
    assert response.status_code == 403
    assert "no-store" in response["Cache-Control"]
    assert "permanent missions" in html
    for secret in SECRETS:
        assert secret not in html
    refused = client.get("/en/guide/")
    made_up = client.get("/en/made-up/")
    assert refused.status_code == made_up.status_code == 404
    assert _plain(refused) == _plain(made_up).replace("/made-up/", "/guide/")


def test_losing_the_role_shuts_the_portal_at_the_next_request(person, portal, notice):
    client = person("delegate")
    assert client.get("/es/").status_code == 200
    user = User.objects.get(username="delegate")
    take_role(user, RoleGroup.objects.get(role="delegate"))
    # Nothing is left that they may do here: the session ends too.
    assert client.get("/es/")["Location"].startswith("/_util/login/")


def test_nothing_of_the_portal_is_kept_for_the_public(person, guide, notice, visitor):
    client = person("delegate")
    for path in ("/en/", "/en/guide/"):
        response = client.get(path)
        assert "private" in response["Cache-Control"]
        assert "no-store" in response["Cache-Control"]
        assert "public" not in response["Cache-Control"]
    assert not caches["rendered"]._cache
    assert visitor.get("/en/guide/").status_code == 302


def test_menus_name_portal_pages_to_readers_only(person, visitor, guide):
    stranger = person("committee_secretary")
    assert guide.title_zh in person("delegate").get("/zh/").content.decode()
    for address in ("/zh/made-up/", "/zh/search/?q=x", "/zh/sign-in/?next=/zh/"):
        assert guide.title_zh not in visitor.get(address).content.decode()
        assert guide.title_zh not in stranger.get(address).content.decode()


def test_the_sql_rule_and_the_object_rule_agree(person, guide, mission):
    person("delegate")
    person("committee_secretary")
    person("superuser")
    pages = Page.objects.filter(depth__gte=2)
    audiences = audiences_of_pages(pages)
    for user in (AnonymousUser(), *User.objects.all()):
        allowed = {pk for pk, audience in audiences.items() if audience in audiences_of(user)}
        assert set(readable_by(user, pages).values_list("pk", flat=True)) == allowed
    delegate = User.objects.get(username="delegate")
    assert readable_by(delegate, pages).filter(pk=guide.pk).exists()


def test_the_index_holds_portal_pages_for_portal_readers_alone(guide, home, mission):
    documents = list(PageBuilder().documents([str(guide.pk), str(home.pk)]))
    assert len(documents) == 12
    assert {document.audience for document in documents} == {"portal"}
    public = list(PageBuilder().documents([str(mission.site.root_page.pk)]))
    assert {document.audience for document in public} == {"public"}


def test_the_api_gives_visitors_no_portal_page(visitor, guide, mission):
    listed = visitor.get("/api/v3/pages/", headers={"host": "fra.localhost"}).content.decode()
    assert "Mission de la France" in listed
    for page in (guide, guide.get_parent()):
        assert page.title not in listed
        answer = visitor.get(f"/api/v3/pages/{page.pk}/", headers={"host": "fra.localhost"})
        assert answer.status_code == 404
