"""Dates, times, numbers, sizes and lists as each language writes them: the only way to write one.

Rules and names are CLDR's, by way of Babel, but where the United Nations has a habit of its own:

- A date is day, month, year in words (9 October 2023), so that nobody reads 9/10 as a day in
  September. Arabic names a month twice, as its readers differ (تشرين الأول/أكتوبر). French writes
  the first of a month 1er; Russian ends with «года»; Spanish joins with «de».
- The time of day as in meeting records: 10.05 a.m. (English), 10 h 5 (French), 10.05 horas
  (Spanish), 10:05 (Russian, Arabic), 上午10时05分 (Chinese).
- Digits are 0 to 9 in every language, Arabic included, as in the Organization's documents; CLDR
  would give Arabic its own in some countries only, and symbols (A/78/PV.5) have none.

Templates have the same as filters: `{% load formats %}`. What programs read is ISO 8601
(`isoformat()`, `|date:"c"`), and Wagtail's own screens follow Django's formats
(`missions_site/formats`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from django.utils import timezone

from . import codes

Day = datetime.date | datetime.datetime
Clock = datetime.time | datetime.datetime
Number = int | float | Decimal

#: Patterns of CLDR (UTS 35). "long": in sentences and facts; "short": in tables.
_DAYS = {
    "ar": {"long": "d MMMM y", "short": "d/M/y"},
    "zh": {"long": "y年M月d日", "short": "y年M月d日"},
    "en": {"long": "d MMMM y", "short": "d MMM y"},
    "fr": {"long": "d MMMM y", "short": "dd/MM/y"},
    "ru": {"long": "d MMMM y 'года'", "short": "dd.MM.y"},
    "es": {"long": "d 'de' MMMM 'de' y", "short": "dd/MM/y"},
}
#: What follows the day's own figure in a range whose first day needs no year; see `day_range`.
_DAY_AND_MONTH = {
    "ar": "d MMMM",
    "zh": "y年M月d日",
    "en": "d MMMM",
    "fr": "d MMMM",
    "ru": "d MMMM",
    "es": "d 'de' MMMM",
}
#: As in documents of the United Nations: the names of the Levant and those of Egypt.
_ARABIC_MONTHS = (
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
)
_BETWEEN = {"ar": "، ", "zh": "", "en": ", ", "fr": " à ", "ru": ", ", "es": ", "}
#: English as the Organization writes it: "a, b and c".
_LOCALES = {"en": "en_GB"}
#: CLDR has none of the first, and short ones of the others that few know.
_ARABIC_UNITS = ("كيلوبايت", "ميغابايت", "غيغابايت", "تيرابايت")
_UNITS = ("kilobyte", "megabyte", "gigabyte", "terabyte")


# --- dates ---------------------------------------------------------------------------------------


def day(value: Day, language: str = "", *, width: str = "long") -> str:
    """A date: "9 October 2023", «9 تشرين الأول/أكتوبر 2023», «2023年10月9日».

    `width`: "long", or "short" for tables ("9 Oct 2023", "09/10/2023"). A moment is read on the
    clocks of the active time zone.
    """
    code, value = _code(language), _local(value)
    return _written(value, _DAYS[code][width], code)


def weekday(value: Day, language: str = "") -> str:
    """The name of the day of the week: "Monday", «lundi»."""
    return format_date(_local(value), "EEEE", locale=_locale(_code(language)))


def month(value: Day, language: str = "") -> str:
    """A month's short name, for a leaf of a calendar: "Oct", «oct.», «10月»."""
    return format_date(_local(value), "MMM", locale=_locale(_code(language)))


def day_range(first: Day, last: Day | None, language: str = "") -> str:
    """From a day to a day: "9–13 October 2023", "28 June – 3 July 2024", «2023年10月9日至13日»."""
    code, start = _code(language), _local(first)
    end = _local(last) if last is not None else start
    if (start.year, start.month, start.day) == (end.year, end.month, end.day):
        return day(start, code)
    told = day(end, code)
    if code == "zh":
        return f"{day(start, code)}至{_end_in_chinese(start, end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{_written(start, 'd', code)}–{told}"
    pattern = _DAY_AND_MONTH[code] if start.year == end.year else _DAYS[code]["long"]
    return f"{_written(start, pattern, code)} – {told}"


def _end_in_chinese(start: Day, end: Day) -> str:
    if start.year != end.year:
        return day(end, "zh")
    return format_date(end, "d日" if start.month == end.month else "M月d日", locale="zh")


def _written(value: Day, pattern: str, code: str) -> str:
    if code == "ar":
        # In quotes it is text: CLDR's own name of the month stands aside.
        pattern = pattern.replace("MMMM", f"'{_ARABIC_MONTHS[value.month - 1]}'")
    if code == "fr" and value.day == 1 and pattern[:2] in ("d", "d "):
        pattern = f"d'er'{pattern[1:]}"
    return format_date(value, pattern, locale=_locale(code))


# --- times ---------------------------------------------------------------------------------------


def clock(value: Clock, language: str = "") -> str:
    """A time of day: "10 a.m.", "10.05 a.m.", «10 heures», «10 h 5», «上午10时», "10:05"."""
    code = _code(language)
    value = _local(value)
    write = _CLOCKS.get(code)
    return write(value) if write else format_time(value, "HH:mm", locale=_locale(code))


def _in_english(value: Clock) -> str:
    if value.minute == 0 and value.hour in (0, 12):
        return "noon" if value.hour else "midnight"
    minutes = f".{value.minute:02}" if value.minute else ""
    return f"{(value.hour - 1) % 12 + 1}{minutes} {'p.m.' if value.hour >= 12 else 'a.m.'}"


def _in_french(value: Clock) -> str:
    # The spaces don't break: a figure never ends a line without its unit.
    if value.minute:
        return f"{value.hour}\u00a0h\u00a0{value.minute}"
    return f"{value.hour}\u00a0heure{'s' if value.hour > 1 else ''}"


def _in_spanish(value: Clock) -> str:
    return f"{value.hour}.{value.minute:02}\u00a0horas"


def _in_chinese(value: Clock) -> str:
    minutes = f"{value.minute:02}分" if value.minute else ""
    half = "上午" if value.hour < 12 else "下午"
    if value.hour == 12 and not value.minute:
        half = "中午"
    hour = value.hour if value.hour <= 12 else value.hour - 12
    return f"{half}{hour}时{minutes}"


_CLOCKS = {"en": _in_english, "fr": _in_french, "es": _in_spanish, "zh": _in_chinese}


def moment(value: datetime.datetime, language: str = "", *, width: str = "long") -> str:
    """A date with its time: "9 October 2023, 10.05 a.m."."""
    code = _code(language)
    between = _BETWEEN[code] if width == "long" else (" " if code != "zh" else "")
    return f"{day(value, code, width=width)}{between}{clock(value, code)}"


def clock_range(first: Clock, last: Clock | None, language: str = "") -> str:
    """From a time to a time on one day: "10 a.m. – 1 p.m.", «10.00 – 13.00 horas»."""
    code = _code(language)
    if last is None:
        return clock(first, code)
    start, end = clock(first, code), clock(last, code)
    if code == "es":
        start = start.removesuffix("\u00a0horas")
    return f"{start}至{end}" if code == "zh" else f"{start} – {end}"


def span(value: datetime.timedelta, language: str = "") -> str:
    """About how long: "3 days", «3 дня», in its largest unit."""
    return format_timedelta(value, locale=_locale(_code(language)))


# --- numbers, sizes, lists -----------------------------------------------------------------------


def number(value: Number, language: str = "") -> str:
    """A number with its marks of thousands and decimals: "12,345.5", «12 345,5»."""
    return format_decimal(value, locale=_locale(_code(language)), numbering_system="latn")


def percent(value: Number, language: str = "") -> str:
    """A share (0.25) in per cent: "25%", «25 %»."""
    return format_percent(value, locale=_locale(_code(language)), numbering_system="latn")


def file_size(value: int, language: str = "") -> str:
    """A number of bytes in thousands or more: "1.2 MB", «1,2 Mo»; a few are "1 kB"."""
    code = _code(language)
    size, unit = value / 1000, 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    told = round(size, 1) if unit and size < 100 else max(round(size), 1)
    if code == "ar":
        return f"{number(told, code)} {_ARABIC_UNITS[unit]}"
    return format_unit(told, f"digital-{_UNITS[unit]}", length="short", locale=_locale(code))


def listed(values: Iterable[object], language: str = "") -> str:
    """Several things in a sentence: "a, b and c", «a, b et c», «a、b和c»."""
    return format_list([str(value) for value in values], locale=_locale(_code(language)))


# --- pieces --------------------------------------------------------------------------------------


def _code(language: str) -> str:
    return codes.get(language).code if language else codes.active()


def _locale(code: str) -> str:
    return _LOCALES.get(code, code)


def _local(value: Any) -> Any:
    """A moment on the clocks of the active time zone; dates and times as they are."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
