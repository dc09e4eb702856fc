"""Addresses with something wrong in them: always a clear 4xx, never a guess, never a 500."""

import json

import pytest

ADDRESSES = [
    "",
    "pages/",
    "pages/{id}/",
    "pages/find/",
    "sites/",
    "sites/fra/",
    "search/",
    "images/",
    "files/",
    "redirects/",
    "documents/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unknown_parameter_is_refused_by_name(api, problem, news, address):
    query = {"html_path": "/"} if "find" in address else {"q": "x"} if "search" in address else {}
    told = problem(api(address.format(id=news.pk), **query, langue="fr", sorting="x"), 400)
    assert [one["loc"] for one in told["errors"]] == [["query", "langue"], ["query", "sorting"]]


def test_a_known_parameter_twice_is_refused_and_a_list_is_not(api, problem, news):
    told = problem(api("pages/", lang=["fr", "en"]), 400)
    assert told["errors"][0]["loc"] == ["query", "lang"]
    assert api("pages/", type=["missions.NewsPage", "missions.HomePage"]).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("bad", ["%00", "a%00b", "%ED%A0%80", "%FF", "%C3%28"])
def test_what_is_not_text_is_refused(client, problem, news, address, bad):
    path = f"/api/v3/{address.format(id=news.pk)}"
    for query in (f"lang={bad}", f"site={bad}", f"{bad}=1", f"q={bad}&html_path={bad}"):
        problem(client.get(f"{path}?{query}", headers={"host": "fra.localhost"}), 400)


@pytest.mark.parametrize("bad", ["%00", "x%00", "%ED%A0%80", "%FF"])
@pytest.mark.parametrize(
    "address", ["pages/{}/", "sites/{}/", "images/{}/", "documents/A/{}/", "{}"]
)
def test_what_is_not_text_in_the_path_is_not_found(client, problem, news, address, bad):
    path = "/api/v3/" + address.format(bad)
    problem(client.get(path, headers={"host": "fra.localhost"}), 404)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "x"),
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "101"),
        ("limit", "1e3"),
        ("limit", "9" * 40),
        ("offset", "x"),
        ("offset", "-1"),
        ("offset", "10001"),
        ("offset", ""),
    ],
)
def test_a_number_out_of_bounds_is_refused_by_name(api, problem, news, name, value):
    for address in ("pages/", "sites/", "images/", "files/", "redirects/"):
        told = problem(api(address, **{name: value}), 400)
        assert told["errors"][0]["loc"] == ["query", name]
    assert api("pages/", limit="100", offset="10000").status_code == 200


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "0", "9" * 30, "²"])
def test_a_page_of_no_number_is_not_found(api, problem, news, number):
    problem(api(f"pages/{number}/"), 404)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "missions.NoSuchPage"),
        ("kind", "gossip"),
        ("child_of", "x"),
        ("child_of", "9" * 30),
        ("descendant_of", "0"),
        ("order", "slug"),
        ("order", "--title"),
        ("fields", "summary"),
    ],
)
def test_a_filter_that_means_nothing_is_refused_by_name(api, problem, news, name, value):
    told = problem(api("pages/", **{name: value}), 400)
    assert told["errors"][0]["loc"] == ["query", name]


@pytest.mark.parametrize("text", ['"\\u0000"', '"\\ud800"', '"a\\udfffb"'])
def test_a_body_that_is_not_text_is_refused(client, problem, news, editor, text):
    body = '{"title_fr": ' + text + "}"
    response = client.patch(
        f"/api/v3/pages/{news.pk}/",
        body,
        content_type="application/json",
        headers={"host": "fra.localhost", "authorization": f"Bearer {editor}"},
    )
    problem(response, 400)


@pytest.mark.parametrize("body", ["", "{", "[]", "null", "1", "[" * 100_000, '{"title_fr": NaN}'])
def test_a_body_that_is_no_object_is_refused(client, problem, news, editor, body):
    response = client.patch(
        f"/api/v3/pages/{news.pk}/",
        body,
        content_type="application/json",
        headers={"host": "fra.localhost", "authorization": f"Bearer {editor}"},
    )
    assert response.status_code in (400, 422), response.content[:300]
    problem(response, response.status_code)


def test_an_address_that_is_none_is_a_problem_too(api, problem, news, client):
    problem(api("nothing/"), 404)
    problem(api("pages/1/2/3/"), 404)
    problem(api("pages/", method="put", json={}), 405)
    problem(client.get("/api/v3/", headers={"host": "unknown.example"}), 404)
    moved = api("pages", lang="fr")
    assert moved.status_code == 302
    assert moved["Location"] == "/api/v3/pages/?lang=fr"


def test_head_is_get_without_content(client, news):
    headers = {"host": "fra.localhost"}
    path = f"/api/v3/pages/{news.pk}/?lang=fr"
    got, head = client.get(path, headers=headers), client.head(path, headers=headers)
    assert head.status_code == 200
    assert head.content == b""
    assert head["ETag"] == got["ETag"]
    assert head["Content-Length"] == str(len(got.content))


def test_the_openapi_document_and_the_index_are_served(api, news):
    assert json.loads(api("openapi.json").content)["openapi"].startswith("3.1")
    resources = api("").json()["resources"]
    assert resources["pages"] == "http://fra.localhost/api/v3/pages/"
    assert {"sites", "search", "documents", "images", "files"} <= set(resources)
