"""Time zones and what languages call them."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from cms.languages import codes
from cms.languages.zones import HEADQUARTERS, validate_zone, zone_choices, zone_name

WINTER = datetime.datetime(2027, 1, 15, 17, tzinfo=datetime.UTC)
SUMMER = datetime.datetime(2027, 7, 15, 17, tzinfo=datetime.UTC)


def test_each_language_has_its_own_name_for_a_zone():
    names = {zone_name(HEADQUARTERS, code, at=WINTER) for code in codes.CODES}
    assert len(names) == 6
    assert all("UTC−05:00" in name for name in names)


def test_the_name_follows_summer_time():
    assert "UTC−04:00" in zone_name(HEADQUARTERS, "fr", at=SUMMER)
    assert zone_name("UTC", "en", at=SUMMER).endswith("\u2066UTC\u2069")


def test_what_is_no_zone_is_refused_with_an_example():
    validate_zone("Asia/Kathmandu")
    for name in ("New York", "../../etc/passwd", ""):
        with pytest.raises(ValidationError, match="America/New_York"):
            validate_zone(name)


def test_choices_are_in_order_and_hold_headquarters():
    names = [name for name, _label in zone_choices()]
    assert names == sorted(names)
    assert HEADQUARTERS in names
