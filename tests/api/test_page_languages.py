"""Each language of a page by the API: listed, released, withdrawn, planned; and by whom."""

import datetime

import pytest

from cms.languages import codes
from cms.pages.models import Page, PageLanguage
from tests.api.test_writes import TITLES, draft, token_of


@pytest.fixture
def editor(fra):
    return token_of("editor", "publisher", site=fra)


@pytest.fixture
def page(api, index, editor):
    made = api("pages/", method="post", json=draft(index, **TITLES), token=editor)
    assert made.status_code == 201, made.content
    return Page.objects.get(pk=made.json()["id"])


@pytest.fixture
def act(api, page, editor):
    def act(name, body, token=editor):
        return api(f"pages/{page.pk}/actions/{name}/", method="post", json=body, token=token)

    return act


def seen(api, page):
    told = api(f"pages/{page.pk}/")
    return set(told.json()["meta"]["languages"]["available"]) if told.status_code == 200 else set()


@pytest.mark.parametrize("code", codes.CODES)
def test_one_language_goes_out_and_comes_back_alone(api, page, act, code):
    released = act("release_languages", {"languages": [code]})
    assert released.status_code == 200, released.content
    rows = {row.language: row for row in PageLanguage.objects.filter(page=page)}
    assert [row.language for row in rows.values() if row.is_released] == [code]
    assert api(f"pages/{page.pk}/", lang=code).json()["title"] == TITLES[f"title_{code}"]
    others = set(TITLES.values()) - {TITLES[f"title_{code}"]}
    body = api(f"pages/{page.pk}/").content.decode()
    assert not [title for title in others if f'"{title}"' in body]
    assert act("withdraw_languages", {"languages": [code]}).status_code == 200
    assert api(f"pages/{page.pk}/").status_code == 404


def test_the_six_languages_are_told_to_the_pages_people(api, problem, page, editor, act):
    act("release_languages", {"languages": ["fr", "ar"]})
    told = api(f"pages/{page.pk}/languages/", token=editor).json()
    assert [row["language"] for row in told] == list(codes.CODES)
    assert [row["language"] for row in told if row["released"]] == ["ar", "fr"]
    assert {row["state"] for row in told} == {"source", "released", "current"}
    problem(api(f"pages/{page.pk}/languages/"), 401)


def test_what_is_not_written_is_refused_whole(api, problem, page, act):
    draft = page.specific
    draft.title_ru = ""
    draft.save_revision()
    told = problem(act("release_languages", {"languages": ["fr", "ru"]}), 422)
    assert "Русский" in str(told)
    assert api(f"pages/{page.pk}/").status_code == 404
    problem(act("release_languages", {"languages": []}), 422)
    problem(act("release_languages", {"languages": ["de"]}), 422)


def test_a_language_is_planned_and_the_plan_given_up(problem, page, act):
    moment = "2030-01-02T10:00:00Z"
    told = act("schedule_language", {"language": "es", "release_at": moment})
    assert told.status_code == 200, told.content
    row = PageLanguage.objects.get(page=page, language="es")
    assert row.release_at == datetime.datetime(2030, 1, 2, 10, tzinfo=datetime.UTC)
    assert told.json()["release_at"].startswith("2030-01-02T10:00:00")
    wrong = {"language": "es", "release_at": moment, "withdraw_at": "2029-01-01T00:00:00Z"}
    problem(act("schedule_language", wrong), 422)
    problem(act("schedule_language", {"language": "es", "release_at": "2030-01-02T10:00:00"}), 422)
    assert act("schedule_language", {"language": "es"}).json()["release_at"] is None


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("release_languages", {"languages": ["fr"]}),
        ("withdraw_languages", {"languages": ["fr"]}),
        ("schedule_language", {"language": "fr", "release_at": "2030-01-02T10:00:00Z"}),
    ],
)
def test_who_may_not_publish_the_page_may_not_do_it_by_language(
    api, problem, fra, ken, page, act, name, body
):
    translator = token_of("translator", "translator", site=fra, language="fr")
    stranger = token_of("stranger", "publisher", site=ken)
    problem(act(name, body, token=translator), 403)
    refused = act(name, body, token=stranger)
    made_up = api(f"pages/999999/actions/{name}/", method="post", json=body, token=stranger)
    assert (refused.status_code, refused.content) == (404, made_up.content)
    problem(act(name, body, token=None), 401)
    problem(api(f"pages/{page.pk}/languages/", token=stranger), 404)
    assert not PageLanguage.objects.filter(page=page, is_released=True).exists()
    assert not PageLanguage.objects.filter(page=page, release_at__isnull=False).exists()
    assert act(name, body).status_code == 200
