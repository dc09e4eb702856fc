"""Signing in with a password and a code, in English and in Arabic, as a person does it."""

import base64

import pytest
from django.contrib.auth.models import User
from django_otp.oath import TOTP

from cms.access.services import give_role, provision_site
from cms.languages import codes
from cms.pages.models import Page, SiteKind

PASSWORD = "a-long-password-1945"


@pytest.fixture
def administrator(live_server, django_db_serialized_rollback):
    site = provision_site(
        code="fra",
        kind=SiteKind.MISSION,
        hostname="fra.localhost",
        port=live_server.thread.port,
        home=Page(title_fr="Mission de la France", title_ar="بعثة فرنسا", source_language="fr"),
        collection_name="France",
    )
    user = User.objects.create_user("fra.admin", password=PASSWORD, email="a@example.org")
    give_role(user, "mission_administrator", site=site)
    return user


def send(page, **fields):
    for name, value in fields.items():
        page.fill(f"main input[name={name}]", value)
    page.click("main form button[type=submit]")


@pytest.mark.parametrize("code", ["en", "ar"])
def test_an_administrator_is_led_to_set_up_an_app_and_signs_in_with_it(
    administrator, new_context, site_url, accessibility_faults, settings, code
):
    settings.SECOND_FACTOR_REQUIRED = True
    faults = []

    def look(page):
        assert page.locator("html").get_attribute("lang") == code
        assert page.locator("html").get_attribute("dir") == codes.direction(code)
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults.extend(f"{page.url}: {fault}" for fault in accessibility_faults(page))
        faults.extend([f"{page.url}: {overflow} px too wide"] if overflow > 0 else [])

    page = new_context(locale=code, viewport={"width": 400, "height": 800}).new_page()
    page.goto(site_url("/admin/", host="fra"))
    look(page)
    send(page, username="fra.admin", password="wrong")
    assert page.locator("main [role=alert]").count() == 1
    look(page)
    send(page, username="fra.admin", password=PASSWORD)

    page.wait_for_url(f"**/{code}/account/second-factor/?next=/admin/")
    look(page)
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 100
    app = TOTP(base64.b32decode(page.inner_text("main code").replace(" ", "")), drift=-1)
    send(page, code=f"{app.token():06d}")
    look(page)
    assert page.locator("main li code").count() == 10
    kept = page.locator("main li code").first.inner_text()
    page.click("main a.button")
    page.wait_for_url("**/admin/")

    other = new_context(locale=code).new_page()
    other.goto(site_url(f"/{code}/sign-in/?next=/{code}/account/", host="fra"))
    send(other, username="FRA.Admin", password=PASSWORD)
    other.wait_for_url(f"**/{code}/sign-in/code/")
    look(other)
    app.drift = 0
    send(other, code=f"{app.token():06d}")
    other.wait_for_url(f"**/{code}/account/")
    look(other)
    assert other.locator("table tbody tr").count() == 2
    for address in ("password", "email"):
        other.goto(site_url(f"/{code}/account/{address}/", host="fra"))
        look(other)

    third = new_context(locale=code).new_page()
    third.goto(site_url(f"/{code}/sign-in/password/", host="fra"))
    look(third)
    send(third, email="a@example.org")
    third.wait_for_url("**/sent/")
    look(third)
    third.goto(site_url(f"/{code}/sign-in/", host="fra"))
    send(third, username="fra.admin", password=PASSWORD)
    send(third, code=kept)
    third.wait_for_url("**/admin/")
    assert faults == []
