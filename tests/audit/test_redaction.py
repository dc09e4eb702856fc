"""No secret is recorded, whatever it is called and wherever it stands; words are kept."""

import json
import secrets
import string

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, ScryptPasswordHasher
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.utils.crypto import get_random_string
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import APIToken

from cms.audit.redaction import DEEPEST, LONGEST_TEXT, REMOVED, is_secret_name, redacted
from cms.languages import codes

SESSION = string.ascii_lowercase + string.digits
#: Each makes a secret as this installation, or a service that it speaks to, makes them.
MAKERS = [
    APIToken.generate_token,
    lambda: secrets.token_urlsafe(32),
    lambda: secrets.token_hex(32),
    lambda: get_random_string(32, SESSION),
    lambda: get_random_string(64),
    lambda: signing.dumps({"user": 7, "at": secrets.randbelow(10**9)}),
    lambda: PBKDF2PasswordHasher().encode("слово", get_random_string(12), iterations=1),
    lambda: ScryptPasswordHasher().encode("words", get_random_string(12), n=1024),
    lambda: "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----",
    lambda: f"otpauth://totp/UN:amal?secret={secrets.token_hex(10)}",
    lambda: f"eyJhbGciOiJIUzI1NiJ9.{secrets.token_urlsafe(16)}.{secrets.token_urlsafe(16)}",
]
SECRET_NAMES = [
    "password", "Password", "new_password1", "passwd", "secret", "client_secret", "token",
    "api_token", "csrfmiddlewaretoken", "session_key", "sessionid", "session_id", "api_key",
    "apikey", "private_key", "key", "key_hash", "Authorization", "cookie", "totp_seed", "otp",
    "recovery_codes", "credential", "signature", "salt", "invitation_link", "reset_url",
]  # fmt: skip
PLAIN_NAMES = [
    "title", "name", "site", "roles", "before", "after", "session", "language", "email", "id",
    "source", "destination", "keywords", "monkey", "comment", "workflow", "action", "revision",
]  # fmt: skip
WORDS = {
    "ar": "صدر القرار 79/1 في الجلسة العامة",
    "zh": "大会第79/1号决议已通过",
    "en": "Resolution 79/1 was adopted at the 12th plenary meeting",
    "fr": "La résolution 79/1 a été adoptée à la douzième séance",
    "ru": "Резолюция 79/1 принята на 12-м пленарном заседании",
    "es": "La resolución 79/1 fue aprobada en la 12.ª sesión",
}
KEPT = [
    *WORDS.values(),
    "statement-at-the-general-debate-of-the-79th-session-2024",
    "Statement_of_H.E._Ms._Amal_Salem_A-RES-79-1.pdf",
    "A/C.3/79/L.12/Rev.1",
    "https://fra.localhost/fr/actualites/la-paix-et-la-securite-internationales-2024/?page=2",
    "0b5f1d6e-0f5a-4f1e-9d65-0a4b9b3fd1ab",
    "amal.salem@mission-of-egypt.example",
    "2026-11-22T08:15:00+00:00",
    "12345678901234567890",
    "Nebenrechtsverordnungsermächtigungsgrundlage",
    "antidisestablishmentarianism",
]

plain = st.one_of(
    st.sampled_from(KEPT), st.integers(), st.booleans(), st.none(), st.text(max_size=20)
)


def around(secret):
    """A secret, alone or in the middle of words of one of six languages."""
    return st.sampled_from(
        [secret, *(f"{words} {secret} {words}" for words in WORDS.values()), f"«{secret}»"]
    )


@st.composite
def recorded(draw):
    """JSON with secrets in it, and those secrets."""
    hidden = []

    def secret():
        hidden.append(draw(st.sampled_from(MAKERS))())
        return hidden[-1]

    def value(depth):
        kind = draw(st.sampled_from(["plain", "secret", "list", "object", "named"]))
        if depth > 3 or kind == "plain":
            return draw(plain)
        if kind == "secret":
            return draw(around(secret()))
        if kind == "list":
            return [value(depth + 1) for _ in range(draw(st.integers(0, 3)))]
        if kind == "named":
            hidden.append(f"motdepasse-{secrets.randbelow(10**9):09d}")
            return {draw(st.sampled_from(SECRET_NAMES)): hidden[-1]}
        return {draw(st.sampled_from(PLAIN_NAMES)): value(depth + 1) for _ in range(2)}

    return {"data": value(0), "more": value(0)}, hidden


@given(recorded())
def test_no_secret_survives_under_any_name_at_any_depth(case):
    data, hidden = case
    left = json.dumps(redacted(data), ensure_ascii=False)
    for secret in hidden:
        assert secret not in left
        assert secret.split("\n")[-1] not in left or "\n" not in secret


@given(st.recursive(plain, lambda inner: st.dictionaries(st.sampled_from(PLAIN_NAMES), inner)))
def test_what_holds_no_secret_is_kept_as_it_is(data):
    assert redacted(data) == data or _is_deep(data)


def _is_deep(data, depth=0):
    if depth > DEEPEST:
        return True
    return isinstance(data, dict) and any(_is_deep(one, depth + 1) for one in data.values())


@pytest.mark.parametrize("words", KEPT)
def test_words_names_and_addresses_are_kept(words):
    assert redacted({"title": words}) == {"title": words}


@pytest.mark.parametrize("code", codes.CODES)
def test_a_link_loses_its_secret_and_keeps_the_rest(code):
    link = f"https://fra.localhost/{code}/?token=abc123&page=2"
    assert redacted(link) == f"https://fra.localhost/{code}/?token={REMOVED}&page=2" or (
        "abc123" not in redacted(link) and "page=2" in redacted(link)
    )
    assert redacted("postgres://un:motdepasse@db/x") == f"postgres://{REMOVED}@db/x"
    assert "abcdef" not in redacted("Authorization: Bearer abcdefghij")


@pytest.mark.django_db
def test_the_link_that_resets_a_password_is_removed():
    user = User.objects.create_user("amal")
    token = default_token_generator.make_token(user)
    assert token not in redacted(f"https://fra.localhost/_util/reset/MQ/{token}/")


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_secret_name_hides_whatever_stands_under_it(name):
    assert redacted({name: "слово"}) == {name: REMOVED}
    assert redacted({name: ["слово", {"x": 1}]}) == {name: REMOVED}
    assert redacted({name: True}) == {name: True}  # that there is one is no secret


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_a_plain_name_hides_nothing(name):
    assert not is_secret_name(name)


def test_what_is_recorded_has_a_bounded_size():
    deep = current = {}
    for _ in range(100):
        current["x"] = {}
        current = current["x"]
    huge = {"text": "слово " * 10_000, "list": list(range(10_000)), "deep": deep}
    left = redacted(huge)
    assert len(left["text"]) == LONGEST_TEXT
    assert len(json.dumps(left)) < 20_000
