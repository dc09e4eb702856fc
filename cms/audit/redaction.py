"""What is recorded holds no secret: neither under a name that promises one, nor one that shows."""

from __future__ import annotations

import re
from typing import Any

REMOVED = "[removed]"
#: Of what is kept: a record is no copy of the content.
LONGEST_TEXT, MOST_ITEMS, DEEPEST = 500, 50, 6

_SECRET_NAME = re.compile(
    r"""pass(word|wd|phrase|code)|secret|token|credential|cookie|csrf|otp|totp|signature|authori[sz]ation
    |recovery|private_?key|api_?key|key_?hash|session_?(id|key)|(^|_)(key|hash|salt|seed|pin|nonce)$
    |invitation_?(link|url)|(reset|sign_?in|magic)_?(link|url)""",
    re.IGNORECASE | re.VERBOSE,
)
#: Recognised wherever they stand.
_SECRETS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"-----BEGIN[^-]*PRIVATE KEY-----[\s\S]*?(-----END[^-]*-----|$)",
        r"\b(bearer|basic)\s+[\w.~+/=-]{8,}",
        r"\bwagtail_[0-9a-z]{16,}",
        r"\b(gh[pousr]|xox[abprs]|sk|pk|rk)[_-][0-9a-z_-]{16,}",
        r"\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?",  # JSON Web Token
        r"\botpauth://\S+",
        r"\b(pbkdf2|scrypt|argon2|bcrypt|md5|sha1)[\w]*\$[\w$./+=,-]+",  # a stored password
        r"[\w.=-]{2,}:[0-9a-z]{6}:[\w-]{20,}",  # django.core.signing
        r"\b[0-9a-z]{5,9}-[0-9a-f]{32,}\b",  # a link that resets a password
        r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)",  # a name and password in an address
        r"(?<=[?&])(token|key|code|sig|signature|secret|password|otp|state)=[^&#\s]+",
    )
]
#: Letters and digits drawn at random; nobody's words, in any language, look so.
_RANDOM = re.compile(r"(?<![\w-])[A-Za-z0-9_-]{24,}(?![\w-])")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def redacted(value: Any, *, depth: int = 0) -> Any:
    """A copy of JSON data without secrets, cut to a bounded size."""
    if depth > DEEPEST:
        return REMOVED
    if isinstance(value, dict):
        return {
            redacted_text(str(name))[:100]: REMOVED
            if is_secret_name(str(name)) and inner not in (None, "", True, False)
            else redacted(inner, depth=depth + 1)
            for name, inner in list(value.items())[:MOST_ITEMS]
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(inner, depth=depth + 1) for inner in list(value)[:MOST_ITEMS]]
    return redacted_text(value) if isinstance(value, str) else value


def redacted_text(text: str) -> str:
    """A text with each secret in it replaced, cut to a bounded length."""
    for secret in _SECRETS:
        text = secret.sub(REMOVED, text)
    text = _RANDOM.sub(lambda found: REMOVED if _looks_random(found[0]) else found[0], text)
    return text[:LONGEST_TEXT]


def is_secret_name(name: str) -> bool:
    """Whether what stands under a name is a secret, whatever it looks like."""
    return bool(_SECRET_NAME.search(name))


def _looks_random(word: str) -> bool:
    """Not a slug or a file's name: those are words, set apart by hyphens, with whole numbers."""
    if _UUID.fullmatch(word):
        return False
    parts = [part for part in re.split(r"[-_]", word) if part]
    return any(_is_drawn(part) for part in parts)


def _is_drawn(part: str) -> bool:
    """Whether a run of letters and digits changes its kind as often as chance makes it."""
    if len(part) < 6:
        return False
    kinds = re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"[0-9]", "0", part)))
    changes = sum(
        1
        for before, after in zip(kinds, kinds[1:], strict=False)
        if before != after and (before, after) != ("A", "a")
    )
    return changes >= max(3, len(part) // 8)
