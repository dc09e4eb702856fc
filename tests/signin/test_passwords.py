"""Strong passwords; links for new ones that trust no header, work once, and tell nobody."""

import re

import pytest
from django.core import mail
from django.test import override_settings

from cms.languages import codes
from cms.signin import tasks
from cms.signin.models import Session

from .conftest import ELSEWHERE, guess, sign_in, words

ASK = "/en/sign-in/password/"
NEW = "a-new-password-1946"
BOTH = {"new_password1": NEW, "new_password2": NEW}


def link_in(letter):
    return re.search(r"http\S+", letter.body)[0]


def path_of(link):
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def link(france, editor, browser):
    browser().post(ASK, {"email": editor.email})
    return link_in(mail.outbox[-1])


@pytest.mark.parametrize("code", codes.CODES)
def test_a_link_is_sent_in_each_language_and_sets_a_password(france, editor, browser, code):
    client = browser()
    answer = client.post(f"/{code}/sign-in/password/", {"email": editor.email.upper()})
    assert answer["Location"] == f"/{code}/sign-in/password/sent/"
    assert client.get(answer["Location"]).status_code == 200
    link = link_in(mail.outbox[-1])
    assert link.startswith(f"http://fra.localhost:8000/{code}/sign-in/password/")
    page = client.get(path_of(link), follow=True)
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert token not in page.redirect_chain[-1][0]  # what a referrer would tell
    assert token not in page.content.decode()
    assert client.post(page.redirect_chain[-1][0], BOTH)["Location"] == f"/{code}/sign-in/"
    assert sign_in(client, password=NEW).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"forwarded": "host=evil.example"},
        {"x-original-host": "evil.example", "origin": "https://evil.example"},
        {"referer": "https://evil.example/"},
    ],
    ids=str,
)
def test_the_link_is_built_from_the_sites_own_host(france, editor, browser, headers):
    browser(**headers).post(ASK, {"email": editor.email})
    assert link_in(mail.outbox[-1]).startswith("http://fra.localhost:8000/")
    assert "evil" not in mail.outbox[-1].body


def test_a_forged_port_is_not_in_the_link(france, editor, browser):
    browser(host="fra.localhost:6666").post(ASK, {"email": editor.email})
    assert link_in(mail.outbox[-1]).startswith("http://fra.localhost:8000/")


@pytest.mark.parametrize("host", ["evil.example", "fra.localhost.evil.example", "xyz.localhost"])
def test_an_unknown_host_sends_nothing(france, editor, browser, host):
    assert browser(host=host).post(ASK, {"email": editor.email}).status_code == 404
    assert mail.outbox == []


def test_the_answer_and_the_work_are_the_same_for_an_unknown_address(
    france, editor, make_person, browser, monkeypatch, django_assert_max_num_queries
):
    make_person("gone", is_active=False)
    asked = []
    monkeypatch.setattr(tasks.write_reset_letters.__class__, "enqueue", _noting(asked))
    answers, costs = set(), set()
    for email in (editor.email, "gone@example.org", "nobody@example.org"):
        with django_assert_max_num_queries(40) as counted:
            answer = browser(address=f"203.0.113.{len(answers)}").post(ASK, {"email": email})
        answers.add((answer.status_code, answer["Location"]))
        costs.add(len(counted))
    assert len(answers) == len(costs) == 1
    assert [given["email"] for given in asked] == [
        editor.email,
        "gone@example.org",
        "nobody@example.org",
    ]
    assert all(set(given) == {"email", "site_pk", "language"} for given in asked)


def _noting(asked):
    return lambda self, **given: asked.append(given)


def test_nobody_without_an_account_in_use_gets_a_letter(france, make_person, browser):
    make_person("gone", is_active=False)
    invited = make_person("invited")
    invited.set_unusable_password()
    invited.save()
    for email in ("gone@example.org", "invited@example.org", "nobody@example.org"):
        browser().post(ASK, {"email": email})
    assert mail.outbox == []


def test_a_link_works_once(link, editor, browser):
    client = browser()
    first = client.get(path_of(link))["Location"]
    assert client.post(first, BOTH).status_code == 302
    again = browser()
    page = again.get(path_of(link), follow=True)
    assert "used already" in words(page)
    assert sign_in(again, password=NEW).status_code == 302


def test_a_link_dies_after_an_hour_and_with_a_sign_in(link, editor, browser):
    with override_settings(PASSWORD_RESET_TIMEOUT=-1):
        assert "too old" in words(browser().get(path_of(link), follow=True))
    assert "Choose" in words(browser().get(path_of(link), follow=True))
    sign_in(browser())
    assert "too old" in words(browser().get(path_of(link), follow=True))


def test_another_persons_link_is_none(link, administrator, browser):
    uid, token = link.rstrip("/").rsplit("/", 2)[1:]
    from django.utils.http import urlsafe_base64_encode

    other = urlsafe_base64_encode(str(administrator.pk).encode())
    for path in (f"{other}/{token}", f"{uid}/{token[:-1]}x", "x/y", f"{uid}/set-password"):
        page = browser().get(f"/en/sign-in/password/{path}/", follow=True)
        assert 'name="new_password1"' not in page.content.decode()


def test_a_reset_ends_every_session_and_does_not_skip_the_second_factor(
    france, editor, browser, with_app
):
    with_app(editor)
    browser(editor)
    client = browser()
    client.post(ASK, {"email": editor.email})
    form = client.get(path_of(link_in(mail.outbox[-1])))["Location"]
    client.post(form, BOTH)
    assert not Session.objects.filter(user=editor).exists()
    assert sign_in(client, password=NEW)["Location"] == "/en/sign-in/code/"


def test_a_reset_is_the_way_in_while_a_stranger_tries_passwords(france, editor, browser):
    client = browser()
    client.post(ASK, {"email": editor.email})
    form = client.get(path_of(link_in(mail.outbox[-1])))["Location"]
    client.post(form, BOTH)
    for number in range(25):
        guess(address=f"203.0.113.{number}")
    assert sign_in(browser(), password=NEW).status_code == 200
    assert sign_in(client, password=NEW).status_code == 302


def test_letters_to_one_person_and_from_one_address_are_limited(
    france, editor, administrator, browser
):
    for _ in range(8):
        assert browser().post(ASK, {"email": editor.email}).status_code == 302
    assert len(mail.outbox) == 3
    for _ in range(12):
        browser().post(ASK, {"email": "nobody@example.org"})
    assert "Too many" in words(browser().post(ASK, {"email": administrator.email}))
    assert len(mail.outbox) == 3
    browser(address=ELSEWHERE).post(ASK, {"email": administrator.email})
    assert len(mail.outbox) == 4


@pytest.mark.parametrize(
    "weak",
    ["short-1946", "password1234", "123456789012", "fra.editor.19", "fra.editor@example.org"],
)
def test_weak_passwords_are_refused(france, editor, browser, weak):
    client = browser(editor)
    given = {"new_password1": weak, "new_password2": weak}
    assert client.post("/en/account/password/", given).status_code == 200
    editor.refresh_from_db()
    assert not editor.check_password(weak)


def test_two_different_passwords_are_refused(france, editor, browser):
    given = BOTH | {"new_password2": NEW + "x"}
    assert browser(editor).post("/en/account/password/", given).status_code == 200


def test_no_page_of_passwords_is_kept_by_a_cache(link, browser):
    for path in (ASK, "/en/sign-in/password/sent/", path_of(link)):
        response = browser().get(path)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"


def test_another_address_is_taken_after_a_proof_only_and_the_old_one_is_told(
    france, editor, browser, django_capture_on_commit_callbacks
):
    client = browser(editor)
    session = client.session
    session["signin_proved_at"] = 0
    session.save()
    address = "/en/account/email/"
    assert "/confirm/" in client.post(address, {"email": "thief@example.org"})["Location"]
    # Wagtail's account page takes none either.
    client.post("/admin/account/", {"name_email-email": "thief@example.org"})
    editor.refresh_from_db()
    assert editor.email == "fra.editor@example.org"
    session["signin_proved_at"] = 2**40
    session.save()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"email": "new@example.org"})
    editor.refresh_from_db()
    assert editor.email == "new@example.org"
    assert mail.outbox[-1].to == ["fra.editor@example.org"]
