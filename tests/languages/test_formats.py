"""Dates, times, numbers, sizes and lists in six languages, in one way only."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template

from cms.languages import codes, formats

NINTH = date(2023, 10, 9)
LONG = {
    "ar": "9 تشرين الأول/أكتوبر 2023",
    "zh": "2023年10月9日",
    "en": "9 October 2023",
    "fr": "9 octobre 2023",
    "ru": "9 октября 2023 года",
    "es": "9 de octubre de 2023",
}
SHORT = {
    "ar": "9/10/2023",
    "zh": "2023年10月9日",
    "en": "9 Oct 2023",
    "fr": "09/10/2023",
    "ru": "09.10.2023",
    "es": "09/10/2023",
}
WEEK = {
    "ar": "9–13 تشرين الأول/أكتوبر 2023",
    "zh": "2023年10月9日至13日",
    "en": "9–13 October 2023",
    "fr": "9–13 octobre 2023",
    "ru": "9–13 октября 2023 года",
    "es": "9–13 de octubre de 2023",
}
AROUND_NEW_YEAR = {
    "ar": "28 كانون الأول/ديسمبر 2023 – 3 كانون الثاني/يناير 2024",
    "zh": "2023年12月28日至2024年1月3日",
    "en": "28 December 2023 – 3 January 2024",
    "fr": "28 décembre 2023 – 3 janvier 2024",
    "ru": "28 декабря 2023 года – 3 января 2024 года",
    "es": "28 de diciembre de 2023 – 3 de enero de 2024",
}
FIVE_PAST_TEN = {
    "ar": "10:05",
    "zh": "上午10时05分",
    "en": "10.05 a.m.",
    "fr": "10\u00a0h\u00a05",
    "ru": "10:05",
    "es": "10.05\u00a0horas",
}
MORNING = {
    "ar": "10:00 – 13:00",
    "zh": "上午10时至下午1时",
    "en": "10 a.m. – 1 p.m.",
    "fr": "10\u00a0heures – 13\u00a0heures",
    "ru": "10:00 – 13:00",
    "es": "10.00 – 13.00\u00a0horas",
}
NUMBER = {
    "ar": "12,345.5",
    "zh": "12,345.5",
    "en": "12,345.5",
    "fr": "12\u202f345,5",
    "ru": "12\u00a0345,5",
    "es": "12.345,5",
}
SIZE = {
    "ar": "1.2 ميغابايت",
    "zh": "1.2 MB",
    "en": "1.2 MB",
    "fr": "1,2 Mo",
    "ru": "1,2 МБ",
    "es": "1,2 MB",
}
LISTED = {
    "ar": "a وb وc",
    "zh": "a、b和c",
    "en": "a, b and c",
    "fr": "a, b et c",
    "ru": "a, b и c",
    "es": "a, b y c",
}


def told(code, text):
    """The text with every kind of space as a plain one, where which kind is Babel's affair."""
    return re.sub(r"\s", " ", text)


@pytest.mark.parametrize("code", codes.CODES)
def test_each_language_writes_in_its_own_way(code):
    assert formats.day(NINTH, code) == LONG[code]
    assert formats.day(NINTH, code, width="short") == SHORT[code]
    assert formats.day_range(NINTH, date(2023, 10, 13), code) == WEEK[code]
    assert formats.day_range(date(2023, 12, 28), date(2024, 1, 3), code) == AROUND_NEW_YEAR[code]
    assert formats.day_range(NINTH, NINTH, code) == formats.day_range(NINTH, None, code)
    assert formats.clock(time(10, 5), code) == FIVE_PAST_TEN[code]
    assert formats.clock_range(time(10), time(13), code) == MORNING[code]
    assert formats.number(12345.5, code) == NUMBER[code]
    assert told(code, formats.file_size(1_234_567, code)) == SIZE[code]
    assert formats.listed(["a", "b", "c"], code) == LISTED[code]


@pytest.mark.parametrize("code", codes.CODES)
def test_digits_are_the_same_in_every_language(code):
    everything = [
        formats.moment(datetime(2026, 12, 31, 23, 59, tzinfo=UTC), code),
        formats.number(1234567890, code),
        formats.percent(0.25, code),
        formats.file_size(987_654_321, code),
        formats.span(timedelta(days=11), code),
    ]
    digits = {char for text in everything for char in text if char.isdecimal()}
    assert digits <= set("0123456789")


@pytest.mark.parametrize("code", codes.CODES)
def test_every_month_and_hour_has_a_text_of_its_own(code):
    days = [formats.day(date(2024, month, 1), code) for month in range(1, 13)]
    hours = [formats.clock(time(hour), code) for hour in range(24)]
    assert len(set(days)) == 12
    assert len(set(hours)) == 24


def test_the_first_of_a_month_is_an_ordinal_in_french_only():
    assert formats.day(date(2024, 6, 1), "fr") == "1er juin 2024"
    assert formats.day(date(2024, 6, 1), "es") == "1 de junio de 2024"


def test_noon_and_midnight_have_names_in_english_and_chinese():
    assert (formats.clock(time(12), "en"), formats.clock(time(0), "en")) == ("noon", "midnight")
    assert formats.clock(time(12, 30), "en") == "12.30 p.m."
    assert formats.clock(time(12), "zh") == "中午12时"


def test_a_moment_is_read_on_the_clocks_of_the_zone_around_it():
    template = Template(
        "{% load formats tz %}{% timezone 'America/New_York' %}{{ at|moment }}{% endtimezone %}"
        "{% timezone 'Asia/Shanghai' %} {{ at|day }} {% clock_range at later %}{% endtimezone %}"
    )
    at = datetime(2027, 1, 15, 17, 0, tzinfo=UTC)
    with codes.override("en"):
        text = template.render(Context({"at": at, "later": at + timedelta(minutes=90)}))
    assert text == "15 January 2027, noon 16 January 2027 1 a.m. – 2.30 a.m."


def test_what_is_empty_stays_empty():
    template = Template(
        "{% load formats %}[{{ n|day }}{{ n|moment }}{{ n|clock }}{{ n|number }}{{ n|file_size }}"
        "{% day_range n %}{% clock_range n %}]"
    )
    assert template.render(Context({"n": None})) == "[]"
    assert Template("{% load formats %}{{ n|number }}").render(Context({"n": 0})) == "0"


#: How dates and numbers would be written past `cms.languages.formats`. `date:"c"`, `date:"Y-m-d"`
#: and `time:"H:i"` are for programs, `date:"j"` is a figure alone.
PAST_IT = re.compile(
    r"""\|(?:date|time):["'](?!c["']|Y-m-d["']|H:i["']|j["'])|\|filesizeformat|\|intcomma"""
    r"""|\bdate_format\(|\bnumber_format\(|import filesizeformat"""
)


def test_nothing_of_ours_writes_a_date_or_a_number_in_another_way():
    found = []
    for folder in ("blocks", "cms", "missions_site", "search"):
        for path in Path(settings.BASE_DIR, folder).rglob("*"):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                    if PAST_IT.search(line) and path.name != "formats.py":
                        found.append(f"{path.relative_to(settings.BASE_DIR)}:{number}")
    assert found == []
