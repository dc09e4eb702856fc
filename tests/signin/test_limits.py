"""Failed attempts are counted whatever changes between them; nobody is kept out for ever."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connections
from django.test import RequestFactory, override_settings
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.languages import codes
from cms.signin.addresses import ClientAddressMiddleware, client_address, network
from cms.signin.limits import ACCOUNT, ADDRESS, HERE, Attempt, Counter, MustWait, begin_attempt
from cms.signin.models import FailedAttempts

from .conftest import ELSEWHERE, PASSWORD, guess, sign_in, words


def pass_time(seconds):
    """Let all waiting be over by so much."""
    for row in FailedAttempts.objects.all():
        row.free_at -= timedelta(seconds=seconds)
        row.last_at -= timedelta(seconds=seconds)
        row.save()


def fail(client, times, name="fra.editor", **options):
    for _ in range(times):
        response = sign_in(client, name, "wrong", **options)
    return response


def is_open(client, name="fra.editor"):
    return sign_in(client, name).status_code == 302


VARIANTS = ["fra.editor", "FRA.EDITOR", "fra.editor\u200b", " Fra.Editor", "ｆｒａ.editor"]


def test_five_failures_cost_nothing_and_the_sixth_try_waits(france, editor, browser):
    assert is_open(browser())
    fail(browser(), 4)
    assert is_open(browser())
    fail(browser(), 5)
    assert not is_open(browser())
    pass_time(31)
    assert is_open(browser())


@pytest.mark.parametrize("code", codes.CODES)
def test_the_answer_says_how_long_to_wait_in_the_readers_language(france, editor, browser, code):
    text = words(fail(browser(), 6, language=code))
    assert "30" in text or "29" in text
    pass_time(31)
    for _ in range(3):
        fail(browser(), 1)
        pass_time(700)
    text = words(fail(browser(), 1, language=code))
    assert "8" in text  # minutes: 30 s, 1, 2, 4, 8


def test_an_unknown_name_waits_like_a_known_one(france, editor, browser):
    known, unknown = fail(browser(), 6), fail(browser(), 6, "nobody")
    assert words(known).replace("30", "29") == words(unknown).replace("30", "29")


def test_spellings_of_a_name_are_one_account(france, editor, browser):
    for name in VARIANTS:
        fail(browser(), 1, name)
    for name in (*VARIANTS, "fra.editor@example.org"):
        assert not is_open(browser(), name)
    assert is_open(browser(address=ELSEWHERE))


def test_spellings_of_an_unknown_name_are_one(france, browser):
    for name in ("nobody", "NOBODY", "no body", "no\u00adbody", "ｎｏｂｏｄｙ"):
        fail(browser(), 1, name)
    assert "Too many" in words(fail(browser(), 1, "Nobody"))


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "192.0.2.{}"},
        {"x-real-ip": "192.0.2.{}"},
        {"forwarded": "for=192.0.2.{}"},
        {"client-ip": "192.0.2.{}"},
        {"user-agent": "Mozilla/{}"},
        {"accept-language": "fr;q=0.{}"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_what_a_visitor_says_of_themselves_counts_for_nothing(france, editor, browser, headers):
    for number in range(5):
        fail(browser(**{key: value.format(number) for key, value in headers.items()}), 1)
    assert not is_open(browser(**{"x-forwarded-for": "192.0.2.99"}))


def test_other_hosts_and_languages_are_no_other_count(france, egypt, editor, browser):
    for number, code in enumerate(codes.CODES[:5]):
        host = ("fra.localhost", "egy.localhost", "EGY.localhost:9")[number % 3]
        fail(browser(host=host), 1, language=code)
    assert not is_open(browser(host="egy.localhost"))


def test_other_addresses_and_kinds_of_body_are_no_other_way(france, editor, browser):
    client = browser()
    given = {"username": "fra.editor", "password": PASSWORD}
    for address in (
        "/en/sign-in",
        "/en//sign-in/",
        "/admin/login/",
        "/_util/login/",
        "/EN/sign-in/",
    ):
        client.post(address, given)
        assert "_auth_user_id" not in client.session
    client.post("/en/sign-in/", given, content_type="application/json")
    client.post("/en/sign-in/?username=fra.editor&password=" + PASSWORD)
    client.post(
        "/en/sign-in/", {"login": "fra.editor", "email": "fra.editor", "password": PASSWORD}
    )
    assert "_auth_user_id" not in client.session
    fail(client, 5)
    client.post("/en/sign-in/", {"username": ["x", "fra.editor"], "password": ["x", PASSWORD]})
    assert "_auth_user_id" not in client.session


def test_whoever_asks_django_itself_meets_the_same_limit(france, editor):
    for _ in range(ACCOUNT.free):
        assert authenticate(username="FRA.editor", password="wrong") is None
    assert authenticate(username="fra.editor", password=PASSWORD) is None
    pass_time(ACCOUNT.first + 1)
    assert authenticate(username="fra.editor", password=PASSWORD) == editor


def test_many_addresses_together_meet_the_accounts_limit(france, editor, browser):
    for number in range(ACCOUNT.free):
        fail(browser(address=f"203.0.113.{number}"), 1)
    assert not is_open(browser(address=ELSEWHERE))
    pass_time(ACCOUNT.longest + 1)
    assert is_open(browser(address=ELSEWHERE))


def test_many_names_from_one_address_meet_its_limit(france, editor, browser):
    for number in range(ADDRESS.free):
        fail(browser(), 1, f"guess{number}")
    assert not is_open(browser())
    assert is_open(browser(address=ELSEWHERE))


def test_ones_own_password_buys_no_guesses_at_others(france, editor, make_person, browser):
    make_person("mallory")
    for number in range(ADDRESS.free):
        guess(f"guess{number}")
        if number % 3 == 0:
            sign_in(browser(), "mallory")
    assert not is_open(browser())


def test_addresses_of_one_ipv6_network_are_one(france, editor, browser):
    for number in range(5):
        fail(browser(address=f"2001:db8:1:2::{number}"), 1)
    assert not is_open(browser(address="2001:db8:1:2:ffff::1"))
    assert is_open(browser(address="2001:db8:1:3::1"))


def test_a_stranger_does_not_keep_a_person_out_of_their_own_browser(france, editor, browser):
    own = browser()
    assert is_open(own)
    own.post("/_util/logout/")
    for number in range(ACCOUNT.free + 5):
        guess(address=f"203.0.113.{number}")
        guess()
    assert not is_open(browser())
    assert is_open(own)


def test_a_known_browser_has_a_limit_too_and_is_known_for_its_owner_only(
    france, editor, administrator, browser
):
    own = browser()
    assert is_open(own)
    own.post("/_util/logout/")
    fail(own, 5)
    assert not is_open(own)
    fail(own, 5, "fra.admin")
    assert not is_open(browser(), "fra.admin")


def test_a_made_up_browser_is_unknown(france, editor, browser):
    for number in range(5):
        client = browser()
        client.cookies["known_device"] = f"made-up-{number}"
        fail(client, 1)
    assert not is_open(browser())


def test_waiting_is_not_made_longer_by_trying(france, editor, browser):
    fail(browser(), 5)
    before = list(FailedAttempts.objects.values_list("key", "failures", "free_at").order_by("key"))
    fail(browser(), 20)
    after = list(FailedAttempts.objects.values_list("key", "failures", "free_at").order_by("key"))
    assert after == before
    assert (
        ModelLogEntry.objects.filter(action="signin.failed").count() == 5
    )  # nor does it fill logs


def test_no_wait_is_longer_than_a_quarter_of_an_hour():
    waits = [HERE.wait_after(failures) for failures in range(200)]
    assert waits[:6] == [0, 0, 0, 0, 0, 30]
    assert max(waits) == 15 * 60
    assert waits == sorted(waits)


def test_failures_are_counted_before_the_answer_is_known(db):
    counter = [Counter(HERE, "somebody")]
    attempts = [begin_attempt(counter) for _ in range(HERE.free)]
    with pytest.raises(MustWait):  # a hundred at the same instant would get no further
        begin_attempt(counter)
    assert all(isinstance(attempt, Attempt) for attempt in attempts)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_at_the_same_instant_get_as_far_as_five():
    def attempt(_number):
        try:
            begin_attempt([Counter(HERE, "somebody"), Counter(ADDRESS, "198.51.100.7")])
            return True
        except MustWait:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(attempt, range(20))) == HERE.free


def test_counts_live_in_the_database_and_name_nobody(france, editor, browser):
    fail(browser(), 5)
    rows = FailedAttempts.objects.values_list("key", flat=True)
    assert len(rows) == 3
    assert all(len(key) == 40 and "fra" not in key for key in rows)
    assert not is_open(browser())


def test_old_counts_are_forgotten(france, editor, browser):
    fail(browser(), 5)
    pass_time(25 * 60 * 60)
    fail(browser(), 4)
    assert is_open(browser())
    FailedAttempts.objects.update(last_at=timezone.now() - timedelta(days=3))
    fail(browser(address=ELSEWHERE), 1, "somebody else")
    assert FailedAttempts.objects.count() == 3


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "192.0.2.1", "198.51.100.7"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        (2, "6.6.6.6, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "198.51.100.7"),
        (1, "nonsense", "198.51.100.7"),
        (1, "", "198.51.100.7"),
        (1, "192.0.2.1:4711", "192.0.2.1"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "::ffff:192.0.2.1", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies, forwarded, expected):
    request = RequestFactory().get(
        "/", REMOTE_ADDR="198.51.100.7", headers={"x-forwarded-for": forwarded}
    )
    with override_settings(TRUSTED_PROXIES=proxies):
        ClientAddressMiddleware(lambda request: None)(request)
    assert client_address(request) == expected


def test_a_forged_header_behind_a_proxy_is_no_other_count(france, editor, browser, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(5):
        fail(browser(**{"x-forwarded-for": f"6.6.6.{number}, 192.0.2.1"}), 1)
    assert not is_open(browser(**{"x-forwarded-for": "6.6.6.99, 192.0.2.1"}))
    assert is_open(browser(**{"x-forwarded-for": "6.6.6.99, 192.0.2.2"}))


def test_networks():
    assert network("192.0.2.1") == "192.0.2.1"
    assert network("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::"
    assert network("") == ""


def test_whoever_asks_django_with_a_zero_byte_is_refused(france, editor):
    assert authenticate(username="fra.edi\x00tor", password="wrong") is None
