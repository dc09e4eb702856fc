"""Where a person is signed in: the list, ending one, ending all, and what ends them anyway."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import APIToken, ModelLogEntry

from cms.languages import codes
from cms.signin.models import Session
from cms.signin.selectors import live_sessions
from cms.signin.services import end_sessions, session_name

from .conftest import ELSEWHERE, PASSWORD, sign_in, words

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def two(france, editor, browser):
    """The editor's browser and telephone."""
    desk = browser(**{"user-agent": FIREFOX})
    telephone = browser(address=ELSEWHERE, **{"user-agent": IPHONE})
    for client in (desk, telephone):
        assert sign_in(client).status_code == 302
    return desk, telephone


@pytest.mark.parametrize("code", codes.CODES)
def test_the_list_names_device_address_and_time_in_each_language(two, editor, code):
    desk, telephone = two
    page = desk.get(f"/{code}/account/")
    text = words(page)
    for expected in ("Firefox", "Linux", "Safari", "iOS", "198.51.100.7", ELSEWHERE):
        assert expected in text
    for row in Session.objects.all():
        assert row.session_key not in page.content.decode()


def test_one_session_is_ended_and_the_other_goes_on(two, editor):
    desk, telephone = two
    desk.post("/en/account/sessions/end/", {"session": session_name(telephone.session.session_key)})
    assert telephone.get("/admin/").status_code == 302
    assert desk.get("/admin/").status_code == 200


def test_nobody_ends_anothers_session(two, editor, administrator, browser):
    desk, telephone = two
    stranger = browser(administrator)
    answer = stranger.post(
        "/en/account/sessions/end/", {"session": session_name(desk.session.session_key)}
    )
    made_up = stranger.post("/en/account/sessions/end/", {"session": "made-up"})
    assert (answer.status_code, answer["Location"]) == (made_up.status_code, made_up["Location"])
    assert desk.get("/admin/").status_code == 200


@pytest.mark.parametrize("tokens", ["", "1"])
def test_signing_out_everywhere_spares_this_session_and_tokens_unless_asked(two, editor, tokens):
    desk, telephone = two
    APIToken.objects.create(user=editor, name="script", key_hash="x", prefix="p")
    desk.post("/en/account/sessions/end/", {"tokens": tokens})
    assert telephone.get("/admin/").status_code == 302
    assert desk.get("/admin/").status_code == 200
    assert APIToken.objects.filter(revoked_at=None).exists() == (not tokens)


def test_sessions_end_with_the_account(two, editor):
    desk, telephone = two
    editor.is_active = False
    editor.save()
    assert not Session.objects.filter(user=editor).exists()
    assert desk.get("/admin/").status_code == 302
    editor.is_active = True
    editor.save()
    assert telephone.get("/admin/").status_code == 302


def test_another_password_ends_all_other_sessions(two, editor):
    desk, telephone = two
    given = {"new_password1": "a-new-password-1946", "new_password2": "a-new-password-1946"}
    assert desk.post("/en/account/password/", given).status_code == 302
    assert desk.get("/admin/").status_code == 200
    assert telephone.get("/admin/").status_code == 302
    assert sign_in(telephone).status_code == 200
    assert sign_in(telephone, password="a-new-password-1946").status_code == 302


def test_a_password_set_elsewhere_ends_them_too(two, editor):
    editor.set_password("set-by-a-command-1946")
    editor.save()
    assert live_sessions(editor) == []
    for client in two:
        assert client.get("/admin/").status_code == 302


def test_twelve_hours_without_a_request_end_a_session(two, editor):
    desk, telephone = two
    row = Session.objects.get(session_key=desk.session.session_key)
    left = row.expire_date - timezone.now()
    assert timedelta(hours=11) < left <= timedelta(hours=12)
    Session.objects.filter(pk=row.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert desk.get("/admin/").status_code == 302


def test_last_seen_is_written_every_five_minutes_at_most(two, editor):
    desk, telephone = two
    key = desk.session.session_key
    earlier = timezone.now() - timedelta(hours=2)
    Session.objects.filter(session_key=key).update(
        last_seen=earlier, expire_date=timezone.now() + timedelta(hours=10)
    )
    desk.get("/fr/search/")
    seen = Session.objects.get(session_key=key)
    assert seen.last_seen > earlier
    assert seen.expire_date > timezone.now() + timedelta(hours=11)
    desk.get("/fr/search/")
    assert Session.objects.get(session_key=key).last_seen == seen.last_seen


def test_a_sign_in_clears_away_what_has_expired(two, editor, browser):
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    sign_in(browser())
    assert Session.objects.count() == 1


def test_anonymous_sessions_are_nobodys(france, editor, browser):
    client = browser()
    session = client.session
    session["x"] = 1
    session.save()
    assert Session.objects.get().user is None
    assert end_sessions(editor) == 0


def test_what_happens_is_logged_without_secrets(two, editor, browser):
    desk, telephone = two
    sign_in(browser(), password="my-wrong-secret-1945")
    desk.post("/_util/logout/")
    entries = ModelLogEntry.objects.filter(action__startswith="signin.", object_id=str(editor.pk))
    found = sorted(entries.values_list("action", flat=True))
    assert found == ["signin.failed", "signin.in", "signin.in", "signin.out"]
    failed = entries.get(action="signin.failed")
    assert failed.user is None
    assert failed.data == {"address": "198.51.100.7"}
    for entry in entries:
        assert PASSWORD not in str(entry.data)
        assert "secret" not in str(entry.data)
        assert entry.formatter.label


@pytest.mark.parametrize("code", codes.CODES)
def test_the_admins_account_page_leads_here(france, editor, browser, code):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(editor)
    profile.preferred_language = codes.get(code).django_code
    profile.save()
    html = browser(editor).get("/admin/account/").content.decode()
    assert f'href="/{code}/account/"' in html
    assert 'name="password-old_password"' not in html
