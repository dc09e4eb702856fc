"""Which of the six languages a text is in, by Lingua: offline, exact from some 60 letters on."""

from __future__ import annotations

from lingua import Language, LanguageDetectorBuilder

_CODES = {
    Language.ARABIC: "ar",
    Language.CHINESE: "zh",
    Language.ENGLISH: "en",
    Language.FRENCH: "fr",
    Language.RUSSIAN: "ru",
    Language.SPANISH: "es",
}
#: Fewer letters than this prove nothing.
_FEWEST = 20
_SAMPLE = 20_000


def language_of(text: str) -> str:
    """The code of the likeliest; "" for too few letters or none of the six."""
    # Behind the masthead, which is often in two languages.
    start = min(1000, len(text) // 4)
    sample = text[start : start + _SAMPLE]
    if sum(letter.isalpha() for letter in sample) < _FEWEST:
        return ""
    detector = LanguageDetectorBuilder.from_languages(*_CODES).build()
    found = detector.detect_language_of(sample)
    return _CODES[found] if found is not None else ""
