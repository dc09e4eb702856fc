"""`?site=`, and the list of public sites."""

import pytest

from cms.languages import codes
from cms.pages.models import Page
from tests.api.conftest import make_site
from tests.many_sites import copy_site


@pytest.mark.parametrize(
    "name", ["{id}", "fra.localhost", "fra.localhost:8000", "FRA.LOCALHOST", "fra", "FRA", "Fra"]
)
def test_a_site_is_named_by_id_host_or_code(api, fra, ken, home, name):
    told = api("pages/", host="ken.localhost", site=name.format(id=fra.site.pk)).json()
    assert [item["id"] for item in told["items"]] == [home.pk]
    assert told["items"][0]["meta"]["site"] == "fra"


def test_without_the_parameter_the_host_is_asked(api, fra, ken, problem):
    assert {i["meta"]["site"] for i in api("pages/").json()["items"]} == {"fra"}
    there = api("pages/", host="ken.localhost").json()
    assert {i["meta"]["site"] for i in there["items"]} == {"ken"}
    problem(api(f"pages/{ken.site.root_page.pk}/"), 404)
    assert api(f"pages/{ken.site.root_page.pk}/", site="ken").status_code == 200


def test_all_public_sites_are_asked_at_once(api, fra, ken, portal):
    told = api("pages/", site="all").json()
    assert {item["meta"]["site"] for item in told["items"]} == {"directory", "fra", "ken"}
    assert {item["meta"]["html_url"] for item in told["items"]} >= {
        "http://ken.localhost:8000/en/",
        "http://fra.localhost:8000/fr/",
    }


@pytest.mark.parametrize("name", ["xxx", "", "0", "9" * 40, "fra.example", "fra localhost", "🇫🇷"])
@pytest.mark.parametrize("address", ["pages/", "search/", "images/", "files/", "redirects/"])
def test_an_unknown_site_is_not_found_by_name(api, problem, fra, address, name):
    query = {"q": "x"} if address == "search/" else {}
    told = problem(api(address, site=name, **query), 404)
    assert told["errors"][0]["loc"] == ["query", "site"]


def test_pages_of_no_site_are_on_none(api, fra):
    orphan = Page.get_first_root_node().add_child(
        instance=Page(title_en="Orphan", source_language="en", slug="orphan")
    )
    ids = {item["id"] for item in api("pages/", site="all").json()["items"]}
    assert orphan.pk not in ids
    assert fra.site.root_page.pk in ids


@pytest.mark.parametrize("code", codes.CODES)
def test_a_site_is_named_in_its_languages(api, fra, ken, portal, code):
    told = api("sites/", lang=code).json()
    assert told["count"] == 3
    by_code = {item["code"]: item for item in told["items"]}
    assert set(by_code) == {"directory", "fra", "ken"}
    home = fra.site.root_page
    assert by_code["fra"]["names"] == {c: getattr(home, f"title_{c}") for c in codes.CODES}
    assert by_code["fra"]["name"] == getattr(home, f"title_{code}")
    assert by_code["fra"]["html_url"] == f"http://fra.localhost:8000/{code}/"
    assert by_code["ken"]["language"]["served"] == "en"
    assert by_code["ken"]["api_url"] == "http://ken.localhost:8000/api/v3/"


def test_sites_narrow_to_a_kind_and_one_is_found(api, problem, fra, ken, portal, delegate):
    missions = api("sites/", kind="mission").json()
    assert [item["code"] for item in missions["items"]] == ["fra", "ken"]
    assert api("sites/FRA/").json()["id"] == fra.site.pk
    problem(api("sites/portal/"), 404)
    assert api("sites/portal/", token=delegate).json()["kind"] == "portal"
    problem(api("sites/", kind="embassy"), 400)


def test_the_list_of_sites_costs_three_queries_however_many(
    api, directory, django_assert_max_num_queries
):
    first = make_site("m", home=Page(title_en="Mission", source_language="en"))
    copy_site(first, [f"m{number:02}" for number in range(29)])
    with django_assert_max_num_queries(3):
        told = api("sites/", host="localhost", limit=100).json()
    assert told["count"] == len(told["items"]) == 31
    assert len(api("sites/", host="localhost", limit=5, offset=28).json()["items"]) == 3
