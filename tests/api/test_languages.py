"""`?lang=`: what is asked for, what is served, what exists."""

import pytest

from cms.languages import codes


@pytest.mark.parametrize("code", codes.CODES)
def test_a_page_says_what_was_asked_served_and_exists(api, news, code):
    response = api(f"pages/{news.pk}/", lang=code)
    told = response.json()
    served = code if code in ("fr", "en") else "fr"
    assert told["title"] == {"fr": "La paix", "en": "Peace"}[served]
    assert told["meta"]["language"] == {
        "requested": code,
        "served": served,
        "direction": "ltr",
        "available": ["en", "fr"],
        "source": "fr",
    }
    assert response["Content-Language"] == served
    assert told["meta"]["html_urls"] == {
        "en": "http://fra.localhost:8000/en/" + "actualites/paix/",
        "fr": "http://fra.localhost:8000/fr/" + "actualites/paix/",
    } or set(told["meta"]["html_urls"]) == {"en", "fr"}


@pytest.mark.parametrize("code", codes.CODES)
def test_a_page_in_six_languages_is_served_in_each(api, home, code):
    told = api(f"pages/{home.pk}/", lang=code).json()
    assert told["title"] == getattr(home, f"title_{code}")
    assert told["meta"]["language"]["served"] == code
    assert told["meta"]["language"]["direction"] == codes.direction(code)
    assert told["meta"]["html_url"] == f"http://fra.localhost:8000/{code}/"
    assert list(told["meta"]["html_urls"]) == list(codes.CODES)


def test_a_field_that_the_served_language_lacks_is_named_with_its_language(api, news):
    english = api(f"pages/{news.pk}/", lang="en").json()
    assert english["summary"] == "Un résumé"
    assert english["meta"]["field_languages"] == {"summary": "fr"}
    french = api(f"pages/{news.pk}/", lang="fr").json()
    assert french["summary"] == "Un résumé"
    assert french["meta"]["field_languages"] == {}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-CN", "zh"),
        ("zh-Hans", "zh"),
        ("zh_TW", "zh"),
        ("fr-CA", "fr"),
        ("EN", "en"),
        ("ar-EG", "ar"),
        ("ru-RU", "ru"),
        ("es-419", "es"),
    ],
)
def test_any_tag_of_an_official_language_is_understood(api, home, tag, code):
    told = api(f"pages/{home.pk}/", lang=tag).json()
    assert told["meta"]["language"]["requested"] == code
    assert told["meta"]["language"]["served"] == code


@pytest.mark.parametrize("tag", ["de", "", "x", "fr'", "fr;q=1", "français", "e" * 500])
def test_any_other_language_is_refused_and_the_six_are_named(api, problem, home, tag):
    told = problem(api(f"pages/{home.pk}/", lang=tag), 400)
    assert told["errors"][0]["loc"] == ["query", "lang"]
    assert all(code in told["errors"][0]["msg"] for code in codes.CODES)


def test_without_the_parameter_the_header_counts_then_the_source_language(api, home, news):
    by_header = api(f"pages/{news.pk}/", headers={"accept-language": "de, en-GB;q=0.8"})
    assert by_header.json()["meta"]["language"]["requested"] == "en"
    assert by_header.json()["title"] == "Peace"
    assert "Accept-Language" in by_header["Vary"]
    assert "Cookie" not in by_header["Vary"]
    unasked = api(f"pages/{news.pk}/")
    assert unasked.json()["meta"]["language"]["requested"] is None
    assert unasked.json()["title"] == "La paix"
    by_parameter = api(f"pages/{news.pk}/", lang="en", headers={"accept-language": "fr"})
    assert by_parameter.json()["title"] == "Peace"
    assert "Accept-Language" not in by_parameter["Vary"]


def test_a_list_serves_each_page_in_its_best_language(api, news, index):
    response = api("pages/", lang="en", descendant_of="root")
    titles = {item["id"]: item["title"] for item in response.json()["items"]}
    assert titles == {index.pk: "News", news.pk: "Peace"}
    assert response["Content-Language"] == "en"
    russian = api("pages/", lang="ru", descendant_of="root")
    assert {item["meta"]["language"]["served"] for item in russian.json()["items"]} == {"fr"}
    assert russian["Content-Language"] == "fr"
