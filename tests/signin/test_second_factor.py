"""An app that shows codes, recovery codes, and who must have them."""

import json
import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from wagtail.models import ModelLogEntry, Revision

from cms.languages import codes
from cms.signin import second_factor
from cms.signin.encryption import SealBroken, seal, unseal
from cms.signin.models import AuthenticatorApp, RecoveryCode
from cms.signin.second_factor import NotYours, WrongCode, reset_second_factor, take_code
from cms.signin.services import NotYourSite, require_second_factor

from .codes import code_of
from .conftest import PASSWORD, sign_in, words

SET_UP = "/en/account/second-factor/"


def app_of(user):
    return AuthenticatorApp.objects.get(user=user, confirmed=True)


def shown_codes(response):
    return re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", response.content.decode())


@pytest.mark.parametrize("code", codes.CODES)
def test_an_app_is_set_up_and_asked_for_in_each_language(france, editor, browser, code):
    client = browser(editor)
    page = client.get(f"/{code}/account/second-factor/")
    assert "data:image/svg+xml" in page.content.decode()
    waiting = AuthenticatorApp.objects.get(user=editor)
    assert not waiting.confirmed
    done = client.post(
        f"/{code}/account/second-factor/", {"code": code_of(waiting, step=-1), "next": "/fr/"}
    )
    assert len(shown_codes(done)) == 10
    assert 'href="/fr/"' in done.content.decode()
    assert client.get("/admin/").status_code == 200  # this session goes on

    fresh = browser()
    answer = sign_in(fresh, language=code, next="/fr/")
    assert answer["Location"] == f"/{code}/sign-in/code/"
    assert fresh.get("/admin/").status_code == 302
    assert "_auth_user_id" not in fresh.session
    answer = fresh.post(answer["Location"], {"code": code_of(waiting)})
    assert answer["Location"] == "/fr/"
    assert fresh.get("/admin/").status_code == 200


def test_the_first_code_must_be_right(france, editor, browser):
    client = browser(editor)
    client.get(SET_UP)
    for wrong in ("000000", "", "abc", "١٢٣٤٥٦"):
        client.post(SET_UP, {"code": wrong})
    assert not AuthenticatorApp.objects.filter(confirmed=True).exists()


def test_a_code_may_be_typed_in_arabic_digits_and_with_blanks(france, editor, with_app):
    with_app(editor)
    shown = code_of(app_of(editor))
    arabic = shown.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert take_code(editor, f"{arabic[:3]} {arabic[3:]}")


def test_a_code_works_once(france, editor, with_app):
    with_app(editor)
    code = code_of(app_of(editor))
    assert take_code(editor, code)
    with pytest.raises(WrongCode):
        take_code(editor, code)
    with pytest.raises(WrongCode):  # nor an earlier one than the last
        take_code(editor, code_of(app_of(editor), step=-1))


def test_recovery_codes_work_once_each_and_new_ones_end_the_old(france, editor, browser, with_app):
    kept = with_app(editor)
    client = browser()
    sign_in(client)
    assert client.post("/en/sign-in/code/", {"code": kept[0].upper()}).status_code == 302
    with pytest.raises(WrongCode):
        take_code(editor, kept[0])
    assert take_code(editor, kept[1].replace("-", " "))
    made = shown_codes(client.post("/en/account/recovery-codes/"))
    assert len(made) == 10
    with pytest.raises(WrongCode):
        take_code(editor, kept[2])
    assert take_code(editor, made[0])


def test_a_recovery_code_is_its_owners_only(france, editor, administrator, with_app):
    with_app(administrator)
    kept = with_app(editor)
    with pytest.raises(WrongCode):
        take_code(administrator, kept[0])


def test_guessing_codes_meets_a_limit_in_whatever_session(france, editor, browser, with_app):
    kept = with_app(editor)
    for _ in range(5):
        client = browser()
        sign_in(client)
        client.post("/en/sign-in/code/", {"code": "000000"})
    client = browser()
    sign_in(client)
    answer = client.post("/en/sign-in/code/", {"code": kept[0]})
    assert answer.status_code == 200
    assert "Too many" in words(answer)
    assert RecoveryCode.objects.filter(user=editor, used_at=None).count() == 10


def test_a_thief_of_the_password_does_not_keep_its_owner_out(france, editor, browser, with_app):
    kept = with_app(editor)
    own = browser()
    sign_in(own)
    own.post("/en/sign-in/code/", {"code": kept[0]})
    own.post("/_util/logout/")
    thief = browser()
    sign_in(thief)
    for _ in range(6):
        thief.post("/en/sign-in/code/", {"code": "000000"})
    sign_in(own)
    assert own.post("/en/sign-in/code/", {"code": kept[1]}).status_code == 302


def test_the_second_step_is_open_to_who_gave_the_password_only(
    france, editor, browser, with_app, settings
):
    with_app(editor)
    client = browser()
    assert client.get("/en/sign-in/code/")["Location"] == "/en/sign-in/"
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert client.get("/en/sign-in/code/").status_code == 200
    editor.set_password("another-password-1945")
    editor.save()
    assert client.get("/en/sign-in/code/")["Location"] == "/en/sign-in/"


def test_a_session_that_skipped_the_code_opens_nothing(france, editor, browser, with_app):
    client = browser(editor)
    assert client.get("/admin/").status_code == 200
    with_app(editor)
    other = browser(editor)
    response = other.get("/admin/pages/")
    assert response["Location"] == "/fr/sign-in/?next=/admin/pages/"
    assert "_auth_user_id" not in other.session


def test_delicate_things_ask_for_password_and_code_again(france, editor, browser, with_app):
    kept = with_app(editor)
    client = browser()
    sign_in(client)
    client.post("/en/sign-in/code/", {"code": kept[0]})
    session = client.session
    session["signin_proved_at"] = 0
    session.save()
    for address in (SET_UP, "/en/account/password/"):
        assert client.get(address)["Location"] == f"/en/account/confirm/?next={address}"
    for address in ("/en/account/second-factor/remove/", "/en/account/recovery-codes/"):
        assert client.post(address)["Location"] == "/en/account/confirm/?next=/en/account/"
    assert AuthenticatorApp.objects.filter(user=editor, confirmed=True).exists()
    confirm = "/en/account/confirm/?next=" + SET_UP
    for given in (
        {"password": PASSWORD},
        {"password": "wrong", "code": kept[1]},
        {"password": PASSWORD, "code": "000000"},
    ):
        assert client.post(confirm, given).status_code == 200
    assert client.post(confirm, {"password": PASSWORD, "code": kept[2]})["Location"] == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_confirming_shares_the_limit_of_the_account(france, editor, browser):
    client = browser(editor)
    for _ in range(5):
        client.post("/en/account/confirm/", {"password": "wrong"})
    assert "Too many" in words(client.post("/en/account/confirm/", {"password": PASSWORD}))
    assert sign_in(browser()).status_code == 200


def test_replacing_an_app_keeps_the_old_one_until_the_new_one_has_shown_a_code(
    france, editor, browser, with_app
):
    kept = with_app(editor)
    old = app_of(editor)
    client = browser()
    sign_in(client)
    client.post("/en/sign-in/code/", {"code": kept[0]})
    client.get(SET_UP)
    assert take_code(editor, code_of(old))
    waiting = AuthenticatorApp.objects.get(user=editor, confirmed=False)
    assert client.post(SET_UP, {"code": code_of(waiting)}).status_code == 200
    assert app_of(editor).pk == waiting.pk
    assert client.get("/admin/").status_code == 200
    with pytest.raises(WrongCode):
        take_code(editor, code_of(old, step=1))


def test_removing_ends_other_sessions_and_tells_the_person(
    france, editor, browser, with_app, django_capture_on_commit_callbacks
):
    kept = with_app(editor)
    client, other = browser(), browser()
    for number, each in enumerate((client, other)):
        sign_in(each)
        each.post("/en/sign-in/code/", {"code": kept[number]})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/en/account/second-factor/remove/")
    assert not AuthenticatorApp.objects.filter(user=editor).exists()
    assert not RecoveryCode.objects.filter(user=editor).exists()
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302
    assert "removed" in mail.outbox[-1].subject
    assert mail.outbox[-1].to == [editor.email]


# --- who must -------------------------------------------------------------------------------------


def test_a_mission_requires_it_of_its_people_at_their_next_request(
    france, egypt, editor, administrator, make_person, browser
):
    neighbour = make_person("egy.editor", "editor", egypt)
    client, theirs = browser(editor), browser(neighbour, host="egy.localhost")
    assert client.get("/admin/").status_code == 200
    require_second_factor(france, True, by=administrator)
    for address in ("/admin/", "/admin/pages/1/", "/admin/api-tokens/new/", "/fr/", "/en/account/"):
        response = client.get(address)
        assert response.status_code == 302, address
        assert response["Location"].partition("?")[0].endswith("/account/second-factor/"), address
    assert client.post("/admin/api-tokens/new/", {"name": "x"}).status_code == 302
    assert theirs.get("/admin/").status_code == 200

    page = client.get("/en/account/second-factor/?next=/admin/")
    assert "asks for two-factor sign-in" in words(page)
    waiting = AuthenticatorApp.objects.get(user=editor)
    client.post("/en/account/second-factor/", {"code": code_of(waiting)})
    assert client.get("/admin/").status_code == 200

    assert "it can be replaced only" in words(
        client.post("/en/account/second-factor/remove/", follow=True)
    )
    assert AuthenticatorApp.objects.filter(user=editor).exists()
    require_second_factor(france, False, by=administrator)
    client.post("/en/account/second-factor/remove/")
    assert client.get("/admin/").status_code == 200


def test_what_exists_and_what_does_not_look_alike_before_the_set_up(
    france, editor, administrator, browser
):
    require_second_factor(france, True, by=administrator)
    client = browser(editor)
    there, not_there = client.get("/en/made-up/"), client.get("/en/")
    assert (there.status_code, there.content) == (not_there.status_code, not_there.content)


@pytest.mark.parametrize("role", ["mission_administrator", "secretariat", "superuser"])
def test_production_asks_it_of_who_manages_people(france, make_person, browser, settings, role):
    user = make_person("somebody", role, *([france] if role == "mission_administrator" else []))
    if role == "superuser":
        user.is_superuser = True
        user.save()
    client = browser(user)
    assert client.get("/admin/").status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    assert "/account/second-factor/" in client.get("/admin/")["Location"]


def test_production_does_not_ask_it_of_an_editor(france, editor, browser, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert browser(editor).get("/admin/").status_code == 200


def test_who_may_say_so(france, egypt, editor, administrator, make_person):
    for somebody in (editor, make_person("egy.admin", "mission_administrator", egypt)):
        with pytest.raises(NotYourSite):
            require_second_factor(france, True, by=somebody)
    assert require_second_factor(
        france, True, by=make_person("s", "secretariat")
    ).second_factor_required


def test_the_page_of_the_rule_is_for_who_manages_people(
    france, egypt, editor, administrator, browser
):
    address = "/admin/sign-in-rules/"
    assert browser(editor).get(address).status_code == 404
    client = browser(administrator)
    assert "fra" in client.get(address).content.decode()
    assert "Mission egy" not in client.get(address).content.decode()
    foreign = client.post(address, {"site": "egy", "required": "1"})
    made_up = client.post(address, {"site": "made-up", "required": "1"})
    assert (foreign.status_code, words(foreign)) == (404, words(made_up))
    assert client.post(address, {"site": "fra", "required": "1"}).status_code == 302
    assert client.get(address)["Location"].endswith("/account/second-factor/?next=" + address)
    assert not hasattr(egypt, "sign_in_rule")


def test_the_rules_page_does_not_slow_down_with_missions(
    make_site, make_person, browser, django_assert_max_num_queries
):
    client = browser(make_person("s", "secretariat"), host="aaa.localhost")
    make_site("aaa")
    client.get("/admin/sign-in-rules/")
    with django_assert_max_num_queries(100) as few:
        client.get("/admin/sign-in-rules/")
    for code in ("bbb", "ccc", "ddd", "eee"):
        make_site(code)
    with django_assert_max_num_queries(len(few)):
        client.get("/admin/sign-in-rules/")


def test_a_signed_in_request_costs_one_query_more(
    france, editor, with_app, browser, django_assert_num_queries
):
    from cms.signin.selectors import factor_state

    with django_assert_num_queries(1):
        assert factor_state(editor).app is None
    with_app(editor)
    with django_assert_num_queries(1):
        assert factor_state(editor).app is not None


# --- resetting a colleague's ---------------------------------------------------------------


def test_an_administrator_resets_a_colleague_of_their_own_site_only(
    france, egypt, editor, administrator, make_person, with_app, browser,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    both = make_person("both", "editor", france, egypt)
    secretariat = make_person("s", "secretariat")
    foreign = make_person("egy.editor", "editor", egypt)
    for user in (editor, both, secretariat, foreign, administrator):
        with_app(user)
    for user in (both, secretariat, foreign, administrator):
        with pytest.raises(NotYours):
            reset_second_factor(user, by=administrator)
    with pytest.raises(NotYours):
        reset_second_factor(administrator, by=editor)
    session = browser(editor)
    with django_capture_on_commit_callbacks(execute=True):
        reset_second_factor(editor, by=administrator, address="198.51.100.7")
    assert not AuthenticatorApp.objects.filter(user=editor).exists()
    assert session.get("/admin/").status_code == 302
    assert mail.outbox[-1].to == [editor.email]
    entry = ModelLogEntry.objects.get(action="signin.factor_reset")
    assert (entry.user, entry.object_id) == (administrator, str(editor.pk))
    reset_second_factor(both, by=secretariat)
    assert AuthenticatorApp.objects.count() == 3


def test_a_command_resets_it_when_nobody_else_can(france, administrator, with_app):
    with_app(administrator)
    with pytest.raises(CommandError, match="No account"):
        call_command("reset_second_factor", "nobody")
    call_command("reset_second_factor", "FRA.admin")
    assert not AuthenticatorApp.objects.exists()


# --- secrets --------------------------------------------------------------------------------


def test_secrets_are_sealed_in_the_database_and_in_no_log(france, editor, with_app, caplog):
    kept = with_app(editor)
    secret = unseal(app_of(editor).sealed_secret)
    base32 = second_factor._base32(app_of(editor))
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [str(row).lower() for row in cursor.fetchall()]
    for plain in (secret, base32.lower(), *kept, *(code.replace("-", "") for code in kept)):
        assert not any(plain in row for row in rows)
        assert plain not in caplog.text
    assert not Revision.objects.filter(object_str__contains="Authenticator").exists()
    logged = json.dumps(list(ModelLogEntry.objects.values_list("data", flat=True)))
    assert secret not in logged


def test_keys_can_be_changed_without_a_new_set_up(france, editor, with_app):
    kept = with_app(editor)
    sealed = app_of(editor).sealed_secret
    with override_settings(SECRET_KEY="a new key", SECRET_KEY_FALLBACKS=["tests-only"]):
        assert unseal(sealed)
        assert take_code(editor, kept[0])
    assert take_code(editor, kept[1])
    with override_settings(SECOND_FACTOR_KEYS=["new", "old"]):
        again = seal("x")
    with override_settings(SECOND_FACTOR_KEYS=["newer", "new"]):
        assert unseal(again) == "x"
    with override_settings(SECOND_FACTOR_KEYS=["other"]), pytest.raises(SealBroken):
        unseal(again)


def test_a_lost_key_refuses_politely_and_tells_the_operator(france, editor, with_app, caplog):
    kept = with_app(editor)
    code = code_of(app_of(editor))
    with override_settings(SECOND_FACTOR_KEYS=["lost"]):
        for each in (code, kept[0]):
            with pytest.raises(WrongCode):
                take_code(editor, each)
    assert "put the old key into SECOND_FACTOR_KEYS" in caplog.text
    assert take_code(editor, kept[0])


def test_no_page_about_oneself_is_open_to_visitors(france, browser):
    for address in ("", "confirm/", "password/", "second-factor/"):
        response = browser().get(f"/fr/account/{address}")
        assert response["Location"] == f"/fr/sign-in/?next=/fr/account/{address}"
    for address in ("second-factor/remove/", "recovery-codes/", "sessions/end/"):
        assert browser().post(f"/fr/account/{address}").status_code == 302
