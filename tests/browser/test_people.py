"""An administrator invites a colleague, who joins; then the administrator suspends them."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail

from cms.access.selectors import roles_of
from cms.people.models import Invitation

from .demo_world import load_small_world
from .screenshots import sign_in

PASSWORD = "a-very-long-horse-9"


@pytest.fixture
def world(live_server, django_db_serialized_rollback):
    load_small_world(live_server.thread.port)


def link():
    (url,) = re.findall(r"^(http\S+/invitation/\S+)$", mail.outbox[-1].body, re.MULTILINE)
    return url


def test_a_colleague_is_invited_joins_without_javascript_and_is_suspended(
    world, new_context, site_url, accessibility_faults
):
    page = new_context(locale="fr").new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    sign_in(page, site_url("", host="egy"), "egy.admin")
    page.click("a[href='/admin/people/']")
    page.wait_for_load_state("networkidle")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("td.title:has-text('egy.editor')").count() == 1

    page.click("a[href='/admin/people/egy/invite/']")
    page.fill("#id_email", "s.mansour@example.org")
    page.select_option("#id_language", "ar")
    page.check("input[name=roles][value=editor]")
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")
    assert page.locator("td.title:has-text('s.mansour@example.org')").count() == 1
    assert mail.outbox[-1].to == ["s.mansour@example.org"]

    guest = new_context(locale="ar", java_script_enabled=False).new_page()
    guest.goto(link())
    assert guest.locator("html").get_attribute("dir") == "rtl"
    guest.fill("#id_first_name", "سلمى")
    guest.fill("#id_last_name", "منصور")
    guest.fill("#id_password", PASSWORD)
    guest.fill("#id_again", PASSWORD)
    guest.click("main form button[type=submit]")
    guest.click("main a.button")
    guest.fill("input[name=username]", "s.mansour@example.org")
    guest.fill("input[name=password]", PASSWORD)
    guest.click("main form button[type=submit]")
    assert "/admin/" in guest.url
    assert not Invitation.objects.pending().exists()

    person = User.objects.get(email="s.mansour@example.org")
    page.goto(site_url("/admin/people/egy/", host="egy"))
    page.click("td.title a:has-text('سلمى منصور')")
    page.wait_for_load_state("networkidle")
    page.goto(site_url(f"/admin/people/egy/{person.pk}/suspend/", host="egy"))
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")
    assert roles_of(person) == []
    guest.goto(site_url("/admin/", host="egy"))
    assert "sign-in" in guest.url  # cut off at the next request
    assert faults == []


def test_the_page_of_an_invitation_has_no_faults_of_accessibility(
    world, new_context, site_url, accessibility_faults
):
    page = new_context().new_page()
    sign_in(page, site_url("", host="fra"), "fra.admin")
    page.goto(site_url("/admin/people/fra/invite/", host="fra"))
    page.fill("#id_email", "lea@example.org")
    page.check("input[name=roles][value=delegate]")
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")
    for code in ("ar", "en", "zh"):
        guest = new_context(locale=code).new_page()
        guest.goto(re.sub(r"/[a-z]{2}/invitation/", f"/{code}/invitation/", link()))
        assert accessibility_faults(guest) == []
