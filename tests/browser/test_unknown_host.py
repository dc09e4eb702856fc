"""A visitor of a host that nobody has is helped, in the language of the browser."""

import pytest

from cms.pages.models import Page


@pytest.mark.parametrize(
    ("locale", "language", "direction"),
    [
        ("ar", "ar", "rtl"),
        ("zh-CN", "zh", "ltr"),
        ("en-GB", "en", "ltr"),
        ("fr-CA", "fr", "ltr"),
        ("ru", "ru", "ltr"),
        ("es-MX", "es", "ltr"),
    ],
)
def test_an_unknown_host_answers_in_the_language_of_the_browser(
    new_context, site_url, accessibility_faults, locale, language, direction
):
    page = new_context(locale=locale).new_page()
    response = page.goto(site_url("/", host="nobody"))
    assert response.status == 404
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("html").get_attribute("dir") == direction
    assert accessibility_faults(page) == []


def test_what_migrations_made_is_there_again_after_a_live_test(site_url):
    """Live tests empty the database; without its root page Wagtail cannot make another page."""
    assert Page.objects.filter(depth=1).exists()
