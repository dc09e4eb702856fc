"""The second factor: an app that shows codes, and recovery codes for the day it is lost."""

from __future__ import annotations

import base64
import logging
import secrets
import unicodedata
from urllib.parse import quote, urlencode

import segno
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from . import journal
from .encryption import SealBroken, keyed_digests, seal, unseal
from .limits import CODE, Counter, begin_attempt
from .models import AuthenticatorApp, RecoveryCode
from .selectors import confirmed_app, factor_state, may_reset_factor_of
from .services import end_sessions
from .tasks import tell

logger = logging.getLogger(__name__)

SECRET_BYTES = 20
RECOVERY_CODES = 10
#: Letters and digits that no reader takes for another: 32 of them, 10 a code, 50 bits.
ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"
CODE_LENGTH = 10
ISSUER = "UN missions"


class WrongCode(ValueError):
    """Raised for a code that is wrong, too old, or was used before."""

    def __init__(self) -> None:
        super().__init__("The code is not right: take the one that the app shows now.")


class NotYours(PermissionError):
    """Raised where somebody would reset the second factor of a person who is not theirs."""

    def __init__(self) -> None:
        super().__init__(
            "Only who manages the people of every site of a person may reset their second factor."
        )


class FactorRequired(PermissionError):
    """Raised where somebody would remove a second factor that they must have."""

    def __init__(self) -> None:
        super().__init__("This person must have a second factor: set up another one instead.")


@transaction.atomic
def begin_set_up(user: User) -> AuthenticatorApp:
    """A new secret that waits for its first code; an app in use goes on until then."""
    AuthenticatorApp.objects.filter(user=user, confirmed=False).delete()
    return AuthenticatorApp.objects.create(
        user=user,
        name=user.get_username()[:64],
        confirmed=False,
        sealed_secret=seal(secrets.token_hex(SECRET_BYTES)),
    )


def waiting_app(user: User) -> AuthenticatorApp:
    """The app that is being set up: the one shown before, else a new one."""
    waiting = AuthenticatorApp.objects.filter(user=user, confirmed=False).first()
    return waiting or begin_set_up(user)


def shown_secret(app: AuthenticatorApp) -> str:
    """The secret for typing it into an app: base32 in groups of four."""
    text = _base32(app)
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(app: AuthenticatorApp) -> str:
    """The secret as a picture that a telephone scans: an SVG in a `data:` address."""
    query = urlencode({"secret": _base32(app), "issuer": ISSUER}, quote_via=quote)
    label = quote(f"{ISSUER}:{app.user.get_username()}")
    code = segno.make(f"otpauth://totp/{label}?{query}", error="m", micro=False)
    return code.svg_data_uri(scale=5, border=3, light="#fff", dark="#000")


def _base32(app: AuthenticatorApp) -> str:
    return base64.b32encode(bytes.fromhex(unseal(app.sealed_secret))).decode()


def confirm_set_up(
    user: User, code: str, *, address: str = "", keep_session: str | None = None
) -> tuple[AuthenticatorApp, list[str]]:
    """Take the waiting app into use, in the place of an older one: (app, new recovery codes).

    Ends the person's other sessions (all but `keep_session`). Raises WrongCode, MustWait.
    """
    attempt = begin_attempt([Counter(CODE, str(user.pk))])
    with transaction.atomic():
        app = (
            AuthenticatorApp.objects.select_for_update().filter(user=user, confirmed=False).first()
        )
        if app is None or not app.verify_token(_plain(code)):
            raise WrongCode
        attempt.succeeded()
        AuthenticatorApp.objects.filter(user=user, confirmed=True).delete()
        app.confirmed = True
        app.save(update_fields=["confirmed"])
        codes = _new_codes(user)
        end_sessions(user, keep=keep_session)
        journal.note(journal.FACTOR_SET, user, by=user, address=address)
        tell(user, "factor_set")
    return app, codes


@transaction.atomic
def make_recovery_codes(user: User, *, address: str = "") -> list[str]:
    """Ten new codes, shown once; the old ones are worth nothing from now on."""
    codes = _new_codes(user)
    journal.note(journal.CODES_MADE, user, by=user, address=address)
    return codes


@transaction.atomic
def remove_second_factor(user: User, *, address: str = "", keep_session: str | None = None) -> None:
    """Take away one's own app and recovery codes; other sessions end. Raises FactorRequired."""
    if factor_state(user).required:
        raise FactorRequired
    _delete(user)
    end_sessions(user, keep=keep_session)
    journal.note(journal.FACTOR_REMOVED, user, by=user, address=address)
    tell(user, "factor_removed")


@transaction.atomic
def reset_second_factor(person: User, *, by: User | None, address: str = "") -> None:
    """Take away a colleague's app and recovery codes, for whoever lost both. All their sessions
    end and they are told by e-mail. `by`: None for a command. Raises NotYours."""
    if by is not None and not may_reset_factor_of(person, by=by):
        raise NotYours
    _delete(person)
    end_sessions(person)
    journal.note(journal.FACTOR_RESET, person, by=by, address=address)
    tell(person, "factor_reset")


def take_code(
    user: User, code: str, *, address: str = "", device: str | None = None
) -> AuthenticatorApp:
    """The app of a person who gave a code of it, or one of their recovery codes. Each code is
    taken once. `device`: the name of a browser that is known to be theirs, which is counted apart.
    Raises WrongCode, MustWait."""
    attempt = begin_attempt([Counter(CODE, device or str(user.pk))])
    given = _plain(code)
    with transaction.atomic():
        app = confirmed_app(user)
        held = AuthenticatorApp.objects.select_for_update().filter(pk=app.pk if app else None)
        app = held.first()
        if app is not None and (_opens(app, given) or _use_recovery_code(user, given, address)):
            attempt.succeeded()
            return app
    raise WrongCode


def _opens(app: AuthenticatorApp, code: str) -> bool:
    try:
        return app.verify_token(code)
    except SealBroken as error:
        logger.error("Authenticator app %s: %s", app.pk, error)
        return False


def _use_recovery_code(user: User, code: str, address: str) -> bool:
    unused = RecoveryCode.objects.filter(user=user, digest__in=_digests(user, code), used_at=None)
    if unused.update(used_at=timezone.now()) != 1:
        return False
    journal.note(journal.CODE_USED, user, by=user, address=address)
    return True


def _new_codes(user: User) -> list[str]:
    codes = [
        "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digests(user, code)[0]) for code in codes
    )
    half = CODE_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def _digests(user: User, code: str) -> list[str]:
    return keyed_digests(f"recovery code\n{user.pk}\n{code}")


def _plain(code: str) -> str:
    """A code as it was meant: without blanks, hyphens and letter case, digits of any script."""
    text = unicodedata.normalize("NFKC", code).casefold()
    return "".join(character for character in text if character.isalnum())[:64]


def _delete(user: User) -> None:
    AuthenticatorApp.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
