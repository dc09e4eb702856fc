"""Dates are written day, month, year: nobody reads 9 October as the tenth of September."""

from datetime import date

import pytest
from django.utils.formats import date_format

from cms.languages import codes

SHORT = {
    "en": "9 Oct 2023",
    "fr": "09/10/2023",
    "es": "09/10/2023",
    "ru": "09.10.2023",
}


@pytest.mark.parametrize(("code", "written"), SHORT.items())
def test_a_short_date_begins_with_the_day(code, written):
    with codes.override(code):
        assert date_format(date(2023, 10, 9), "SHORT_DATE_FORMAT") == written


@pytest.mark.parametrize(
    ("code", "parts"), [("ar", ("9", "2023")), ("en", ("9 October", "2023")), ("zh", ("2023", "9"))]
)
def test_a_long_date_follows_the_order_of_its_language(code, parts):
    with codes.override(code):
        written = date_format(date(2023, 10, 9), "DATE_FORMAT")
    assert written.startswith(parts[0])
    assert parts[1] in written
    assert "/" not in written.replace("تشرين الأول/أكتوبر", "")
