"""One page to sign in, in six languages, that tells strangers nothing and leads nowhere else."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.contrib.sessions.models import Session as DjangoSession
from django.test import Client

from cms.languages import codes
from cms.signin.models import Session
from cms.signin.tasks import log_failure

from .conftest import PASSWORD, sign_in, words


@pytest.mark.parametrize("code", codes.CODES)
def test_the_page_speaks_each_language_and_runs_its_way(france, browser, code):
    response = browser().get(f"/{code}/sign-in/")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{code}" dir="{codes.direction(code)}"' in html
    assert "no-store" in response["Cache-Control"]
    for other in codes.CODES:
        assert f'href="/{other}/sign-in/"' in html or other == code


@pytest.mark.parametrize("code", codes.CODES)
def test_a_refused_page_leads_to_sign_in_in_its_language_and_back(france, editor, browser, code):
    client = browser()
    response = client.get(f"/_util/login/?next=/{code}/news/", follow=True)
    assert response.redirect_chain[-1][0] == f"/{code}/sign-in/?next=/{code}/news/"
    assert f'name="next" value="/{code}/news/"' in response.content.decode()
    answer = sign_in(client, language=code, next=f"/{code}/news/")
    assert (answer.status_code, answer["Location"]) == (302, f"/{code}/news/")


def test_the_admin_has_no_sign_in_of_its_own(france, editor, browser):
    client = browser(**{"accept-language": "ar"})
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/ar/sign-in/?next=/admin/"
    for address in ("/admin/login/", "/_util/login/"):
        given = {"username": "fra.editor", "password": PASSWORD}
        assert client.post(address, given)["Location"] == "/ar/sign-in/"
        assert "_auth_user_id" not in client.session
    assert sign_in(client, next="/admin/")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("address", ["/admin/password_reset/", "/admin/password_reset/done/"])
def test_wagtails_own_password_pages_do_not_exist(france, browser, address):
    assert browser().get(address).status_code == 404


@pytest.mark.parametrize(
    "name", ["fra.editor", "FRA.Editor", " fra.editor ", "ｆｒａ.editor", "FRA.EDITOR@example.org"]
)
def test_a_name_may_be_written_in_any_way(france, editor, browser, name):
    assert sign_in(browser(), name).status_code == 302


def test_a_letter_that_only_looks_alike_is_nobodys(france, editor, browser):
    assert sign_in(browser(), "frа.editor").status_code == 200  # a Cyrillic а


def test_an_address_of_two_people_is_nobodys(france, editor, make_person, browser):
    make_person("twin", email=editor.email)
    assert sign_in(browser(), editor.email).status_code == 200
    assert sign_in(browser(), "twin").status_code == 302


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example/",
        "https:evil.example",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example/",
        "/\n/evil.example/",
        " //evil.example",
        "javascript:alert(1)",
        "http://fra.localhost@evil.example/",
        "https://fra.localhost.evil.example/",
        "http://egy.localhost:8000/",
        "evil.example",
        "/\u2028/evil.example",
        "/\x00/evil.example",
        "/" + "a" * 2000,
        "/en/sign-in/",
        "/_util/logout/",
    ],
)
def test_nobody_is_sent_to_another_host(france, editor, browser, evil):
    client = browser()
    page = client.get("/en/sign-in/", {"next": evil})
    assert 'name="next"' not in page.content.decode()
    assert sign_in(client, next=evil)["Location"] == "/admin/"
    # Nor is who is signed in already.
    assert client.get("/en/sign-in/", {"next": evil})["Location"] == "/admin/"


@pytest.mark.parametrize("path", ["/fr/", "/en/search/?q=%2F%2Fevil.example", "/admin/pages/"])
def test_a_path_of_this_host_is_kept(france, editor, browser, path):
    assert sign_in(browser(), next=path)["Location"] == path


def test_the_session_key_is_new_after_signing_in(france, editor, browser):
    client = browser()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    sign_in(client)
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()
    assert not DjangoSession.objects.exists()


def test_cookies_are_kept_from_scripts_and_other_sites(france, editor, browser, settings):
    settings.SESSION_COOKIE_SECURE = True
    response = sign_in(browser())
    for name in ("sessionid", "known_device"):
        cookie = response.cookies[name]
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"


def test_the_form_is_protected_against_other_sites(france, editor):
    client = Client(enforce_csrf_checks=True, headers={"host": "fra.localhost"})
    assert sign_in(client).status_code == 403


@pytest.mark.parametrize("code", codes.CODES)
def test_unknown_inactive_and_wrong_get_the_same_answer_for_the_same_work(
    france, editor, make_person, browser, monkeypatch, django_assert_max_num_queries, code
):
    make_person("gone", is_active=False)
    unusable = make_person("invited")
    unusable.set_unusable_password()
    unusable.save()
    hashed = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda self, *given: hashed.append(1) or encode(self, *given)
    )
    monkeypatch.setattr(type(log_failure), "enqueue", lambda self, **given: logged.append(given))
    logged, answers = [], set()
    for name, password in (
        ("fra.editor", "wrong"),
        ("gone", PASSWORD),
        ("gone", "wrong"),
        ("nobody", PASSWORD),
        ("invited", PASSWORD),
    ):
        hashed.clear()
        with django_assert_max_num_queries(30) as counted:
            response = sign_in(browser(), name, password, language=code)
        assert len(hashed) == 1, name
        answers.add((response.status_code, words(response), len(counted)))
    assert len(answers) == 1, [answer[2] for answer in answers]
    assert len(logged) == 5
    assert sign_in(browser(), language=code).status_code == 302


def test_signing_out_is_a_post(france, editor, browser):
    client = browser(editor)
    assert client.get("/_util/logout/").status_code == 405
    assert client.post("/_util/logout/").status_code == 302
    assert client.get("/admin/").status_code == 302


def test_visitors_cost_no_query_for_it(france, browser, django_assert_num_queries):
    client = browser()
    client.get("/fr/")
    with django_assert_num_queries(1):  # the site
        client.get("/fr/")


@pytest.mark.parametrize("name", ["a\x00b", "", "x" * 5000, "'; DROP TABLE auth_user;--", "😀"])
def test_odd_names_are_refused_politely(france, browser, name):
    assert sign_in(browser(), name).status_code == 200


def test_secrets_stay_out_of_the_address_and_the_page(france, editor, browser):
    response = sign_in(browser(), password="a-wrong-secret-1945")
    assert not re.search("a-wrong-secret", response.content.decode())
