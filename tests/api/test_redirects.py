"""Redirects: a site's own, never those of every site."""

import pytest
from django.contrib.auth.models import User
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import APIToken


@pytest.fixture
def redirects(fra, ken, portal):
    return {
        name: Redirect.objects.create(old_path=f"/{name}", site=site, redirect_link="/fr/")
        for name, site in (
            ("fra", fra.site),
            ("ken", ken.site),
            ("portal", portal.site),
            ("every", None),
        )
    }


def paths(response):
    assert response.status_code == 200, response.content
    return [item["old_path"] for item in response.json()["items"]]


def test_a_site_tells_its_own_redirects(api, redirects, delegate):
    assert paths(api("redirects/")) == ["/fra", "/every"]
    assert paths(api("redirects/", site="ken")) == ["/ken", "/every"]
    assert paths(api("redirects/", site="all")) == ["/fra", "/ken", "/every"]
    assert paths(api("redirects/", site="portal")) == ["/every"]
    assert paths(api("redirects/", site="portal", token=delegate)) == ["/portal", "/every"]


def test_a_redirect_is_found_on_its_site_only(api, problem, redirects):
    assert api("redirects/find/", html_path="/fra/").json()["id"] == redirects["fra"].pk
    assert api("redirects/find/", html_path="every").json()["site_id"] is None
    problem(api("redirects/find/", html_path="/ken"), 404)
    assert api("redirects/find/", html_path="/ken", site="ken").status_code == 200
    problem(api(f"redirects/{redirects['ken'].pk}/"), 404)
    assert api(f"redirects/{redirects['fra'].pk}/").status_code == 200


def test_redirects_are_changed_by_those_who_may(api, problem, redirects, fra, editor, delegate):
    wanted = {"old_path": "/alt", "site": fra.site.pk, "redirect_link": "https://example.org/"}
    problem(api("redirects/", method="post", json=wanted), 401)
    problem(api("redirects/", method="post", json=wanted, token=delegate), 403)
    made = api("redirects/", method="post", json=wanted, token=editor)
    assert made.status_code == 201, made.content
    assert api(f"redirects/{made.json()['id']}/", method="delete", token=editor).status_code == 204
    everywhere = wanted | {"site": None}
    problem(api("redirects/", method="post", json=everywhere, token=editor), 422)
    root = APIToken.create_token(user=User.objects.create_superuser("root"), name="x")[1]
    assert api("redirects/", method="post", json=everywhere, token=root).status_code == 201
