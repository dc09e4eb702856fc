"""The six official languages of the United Nations, in its own (English alphabetical) order.

Outside (addresses, API, `lang` attributes, columns) Chinese is `zh`; Django's catalogues call it
`zh-hans`, and a `LANGUAGES` entry that says plain `zh` crashes them. Rules: General Assembly
rules of procedure, rule 51; BCP 47 for the tags.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import translation


@dataclass(frozen=True)
class Language:
    """One official language.

    `code`: ours (two letters); `django_code`: Django's catalogue; `name`: in the language itself;
    `direction`: "ltr" or "rtl".
    """

    code: str
    django_code: str
    name: str
    direction: str = "ltr"


LANGUAGES: tuple[Language, ...] = (
    Language("ar", "ar", "العربية", "rtl"),
    Language("zh", "zh-hans", "中文"),
    Language("en", "en", "English"),
    Language("fr", "fr", "Français"),
    Language("ru", "ru", "Русский"),
    Language("es", "es", "Español"),
)
CODES: tuple[str, ...] = tuple(language.code for language in LANGUAGES)
BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}

# When a text is wanted in a language it lacks and its source language is not known, the nearest
# language by the number of delegates who also read it. Every chain names all six, so that nothing
# that exists anywhere is ever shown empty.
_NEAREST = ("en", "fr", "es", "ru", "ar", "zh")


class UnknownLanguage(ValueError):
    """Raised for a code that is none of the six; the message lists them."""

    def __init__(self, code: object) -> None:
        super().__init__(f"{code!r} is not an official language: use one of {', '.join(CODES)}.")


def normalise(tag: str | None) -> str | None:
    """Our code for a BCP 47 tag or Django code ("zh-CN", "zh-hans", "fr_CA", "EN"), or None."""
    primary = (tag or "").strip().replace("_", "-").split("-")[0].lower()
    return primary if primary in BY_CODE else None


def get(code: str) -> Language:
    """The language of one of our codes. Raises UnknownLanguage."""
    try:
        return BY_CODE[code]
    except KeyError:
        raise UnknownLanguage(code) from None


def direction(code: str) -> str:
    """ "rtl" for Arabic, else "ltr". Raises UnknownLanguage."""
    return get(code).direction


def active() -> str:
    """Our code of the language that Django has active in this thread; English if none is."""
    return normalise(translation.get_language()) or "en"


@contextmanager
def override(code: str) -> Iterator[None]:
    """Activate one of our languages for a `with` block. Raises UnknownLanguage."""
    with translation.override(get(code).django_code):
        yield


def fallback_chain(code: str) -> tuple[str, ...]:
    """All six codes, the wanted one first. Raises UnknownLanguage."""
    get(code)
    return (code, *(other for other in _NEAREST if other != code))


def best(preferred: str, available: Collection[str], *, source: str = "") -> str | None:
    """The language to show: the preferred, else the source language, else the nearest; or None."""
    for code in (preferred, source, *fallback_chain(preferred)):
        if code in available:
            return code
    return None


def from_accept_language(header: str | None) -> str | None:
    """Our code of the best entry of an Accept-Language header (RFC 9110 §12.5.4), or None."""
    ranked: list[tuple[float, int, str]] = []
    for position, part in enumerate((header or "")[:500].split(",")):
        tag, _, parameters = part.partition(";")
        code = normalise(tag)
        if not code:
            continue
        try:
            quality = float(parameters.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if quality > 0:
            ranked.append((-quality, position, code))
    return min(ranked)[2] if ranked else None
