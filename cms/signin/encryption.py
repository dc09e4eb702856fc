"""Secrets that must be read again are sealed before they reach the database.

The key is derived from `SECOND_FACTOR_KEYS` (newest first), or from SECRET_KEY and its fallbacks:
a copy of the database alone opens nothing, and keys can be changed without new set-ups.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealBroken(ValueError):
    """Raised where what was sealed can't be opened with any key."""

    def __init__(self) -> None:
        super().__init__(
            "A second factor was sealed with a key that is gone: put the old key into "
            "SECOND_FACTOR_KEYS (or SECRET_KEY_FALLBACKS), or reset the factors concerned."
        )


def seal(text: str) -> str:
    """A text as it may be stored: Fernet (AES-128-CBC with HMAC-SHA-256), base64."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text of `seal`. Raises SealBroken."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken from None


def keyed_digests(text: str) -> list[str]:
    """What may be stored of a text that is only compared: HMAC-SHA-256, 64 hexadecimal digits,
    with each key, newest first."""
    return [hmac.new(_derived(key), text.encode(), hashlib.sha256).hexdigest() for key in _keys()]


def _keys() -> list[str]:
    return settings.SECOND_FACTOR_KEYS or [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in _keys()])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"missions second factor")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
