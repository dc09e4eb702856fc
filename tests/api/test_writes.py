"""Changes by the API: Wagtail's own path, every language's column, the user's own pages only."""

import pytest
from django.db import transaction
from wagtail.models import PageLogEntry

from cms.languages import codes
from cms.missions.models import NewsPage
from cms.pages.models import Page
from search.models import OutboxEntry
from tests.api.conftest import token_of


def body_of(text):
    return [{"type": "rich_text", "value": f"<p>{text}</p>"}]


TITLES = {
    "title_ar": "السلام",
    "title_zh": "和平",
    "title_en": "Peace",
    "title_fr": "La paix",
    "title_ru": "Мир",
    "title_es": "La paz",
}


def draft(index, **fields):
    return {"meta": {"type": "missions.NewsPage", "parent_id": index.pk}, **fields}


@pytest.mark.parametrize("code", codes.CODES)
def test_a_page_is_made_in_any_language_and_published(api, index, editor, code):
    title = TITLES[f"title_{code}"]
    wanted = draft(
        index,
        **{
            f"title_{code}": title,
            f"summary_{code}": title + "!",
            f"body_{code}": body_of(title),
            "source_language": code,
            "date": "2024-05-01",
        },
    )
    wanted["meta"]["action"] = "publish"
    made = api("pages/", method="post", json=wanted, token=editor)
    assert made.status_code == 201, made.content
    assert made.json()["title"] == title
    page = NewsPage.objects.get(pk=made.json()["id"])
    assert page.live
    assert page.languages == (code,)
    assert page.source_language == code
    assert page.slug
    read = api(f"pages/{page.pk}/", lang=code).json()
    assert read["summary"] == title + "!"
    assert title in str(read["body"])
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").exists()
    assert OutboxEntry.objects.filter(key=f"page:{page.pk}").exists()


def test_a_page_is_made_in_six_languages_at_once_as_a_draft(api, problem, index, editor):
    made = api("pages/", method="post", json=draft(index, **TITLES), token=editor)
    assert made.status_code == 201, made.content
    page = NewsPage.objects.get(pk=made.json()["id"])
    assert not page.live
    assert page.languages == codes.CODES
    problem(api(f"pages/{page.pk}/"), 404)
    published = api(f"pages/{page.pk}/actions/publish/", method="post", token=editor)
    assert published.status_code == 200, published.content
    assert api(f"pages/{page.pk}/", lang="ru").json()["title"] == "Мир"


def test_a_partial_change_leaves_everything_else(api, news, editor):
    changed = api(
        f"pages/{news.pk}/",
        method="patch",
        json={"summary_en": "In short", "meta": {"action": "publish"}},
        token=editor,
    )
    assert changed.status_code == 200, changed.content
    news.refresh_from_db()
    assert news.summary_en == "In short"
    assert (news.summary_fr, news.title_fr, news.title_en) == ("Un résumé", "La paix", "Peace")
    assert news.live


def test_a_change_is_saved_under_the_source_language(api, news, editor):
    headers = {"accept-language": "ar"}
    changed = api(
        f"pages/{news.pk}/",
        method="patch",
        json={"title_ar": "السلام", "meta": {"action": "publish"}},
        token=editor,
        headers=headers,
    )
    assert changed.json()["title"] == "السلام"
    news.refresh_from_db()
    assert news.draft_title == "La paix"
    assert news.source_language == "fr"
    assert news.title_ar == "السلام"


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"title_fr": ""},
        {"title_fr": "x" * 300},
        {"title_fr": "A", "source_language": "de"},
        {"title_fr": "A", "source_language": "ar"},
        {"title_fr": "A", "date": "yesterday"},
        {"title_fr": "A", "body_fr": [{"type": "nothing", "value": 1}]},
        {"title_fr": "A", "body_fr": "text"},
        {"title_fr": "A", "slug": "paix"},
    ],
)
def test_what_the_editors_form_refuses_is_refused_with_reasons(
    api, problem, index, news, editor, wanted
):
    told = problem(api("pages/", method="post", json=draft(index, **wanted), token=editor), 422)
    assert told["errors"]
    assert NewsPage.objects.count() == 1


CHANGES = [
    ("patch", "pages/{id}/", {"title_fr": "X"}),
    ("delete", "pages/{id}/", None),
    ("post", "pages/{id}/actions/publish/", None),
    ("post", "pages/{id}/actions/unpublish/", {}),
    ("post", "pages/{id}/actions/copy/", {}),
    ("post", "pages/{id}/actions/create_alias/", {}),
    ("post", "pages/{id}/actions/convert_alias/", None),
    ("delete", "pages/{id}/actions/delete/", None),
]


@pytest.mark.parametrize(("method", "address", "body"), CHANGES)
def test_strangers_are_told_what_a_made_up_page_is_told(
    api, problem, news, stranger, delegate, nobody, method, address, body
):
    before = (news.title_fr, news.live, Page.objects.count())
    for token in (stranger, delegate, nobody):
        path = address.format(id=news.pk)
        refused = api(path, method=method, json=body, token=token)
        made_up = api(address.format(id=999999), method=method, json=body, token=token)
        assert refused.status_code == made_up.status_code
        assert refused.content == made_up.content
        assert refused.status_code in (403, 404)
    assert problem(api(address.format(id=news.pk), method=method, json=body), 401)
    news.refresh_from_db()
    assert (news.title_fr, news.live, Page.objects.count()) == before


def test_a_page_is_made_or_moved_below_ones_own_pages_only(
    api, problem, index, news, editor, stranger, ken
):
    theirs = ken.site.root_page.pk
    wanted = {"meta": {"type": "missions.NewsPage", "parent_id": theirs}, "title_fr": "X"}
    problem(api("pages/", method="post", json=wanted, token=editor), 404)
    problem(api("pages/", method="post", json=draft(index, title_fr="X"), token=stranger), 404)
    move = {"destination_id": theirs}
    problem(api(f"pages/{news.pk}/actions/move/", method="post", json=move, token=editor), 404)
    problem(api(f"pages/{news.pk}/actions/copy/", method="post", json=move, token=editor), 404)
    assert (
        api("pages/", method="post", json=draft(index, title_fr="X"), token=editor).status_code
        == 201
    )


def test_the_roles_table_is_kept(api, problem, fra, news, index):
    translator = token_of("translator", "translator", site=fra, language="en")
    changed = api(
        f"pages/{news.pk}/", method="patch", json={"title_en": "Peace!"}, token=translator
    )
    assert changed.status_code == 200, changed.content
    news.refresh_from_db()
    assert news.title_en == "Peace"
    problem(api(f"pages/{news.pk}/actions/publish/", method="post", token=translator), 403)
    problem(api("pages/", method="post", json=draft(index, title_fr="X"), token=translator), 403)


def test_unpublishing_copying_moving_reverting_and_deleting(api, problem, news, index, editor):
    page = f"pages/{news.pk}/"
    first = news.latest_revision_id
    assert api(page + "actions/unpublish/", method="post", json={}, token=editor).status_code == 200
    problem(api(page), 404)
    assert api(page + "actions/publish/", method="post", token=editor).status_code == 200
    assert api(page).status_code == 200
    copy = api(page + "actions/copy/", method="post", json={"slug": "copie"}, token=editor)
    assert copy.status_code == 201, copy.content
    assert copy.json()["id"] != news.pk
    assert NewsPage.objects.get(pk=copy.json()["id"]).title_en == "Peace"
    moved = api(
        f"pages/{copy.json()['id']}/actions/move/",
        method="post",
        json={"destination_id": news.pk, "position": "left"},
        token=editor,
    )
    assert moved.status_code == 200, moved.content
    api(page, method="patch", json={"title_fr": "Autre"}, token=editor)
    revisions = api(page + "revisions/", token=editor).json()
    assert revisions["count"] >= 2
    old = api(page + f"revisions/{first}/", token=editor).json()
    assert old["content_object"]["title"] == "La paix"
    reverted = api(
        page + "actions/revert/", method="post", json={"revision_id": first}, token=editor
    )
    assert reverted.json()["title"] == "La paix"
    gone = api(f"pages/{copy.json()['id']}/", method="delete", token=editor)
    assert gone.status_code == 204, gone.content
    assert not Page.objects.filter(pk=copy.json()["id"]).exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_change_and_what_the_index_must_know_are_one_transaction(
    api, fra, news, editor, monkeypatch, django_db_serialized_rollback
):
    """Wagtail's unpublish is not atomic: were the outbox to fail, the page must still be live."""

    def fail(*args, **kwargs):
        assert transaction.get_connection().in_atomic_block
        raise RuntimeError("no outbox")

    monkeypatch.setattr("cms.access.indexing.enqueue", fail)
    with pytest.raises(RuntimeError):
        api(f"pages/{news.pk}/actions/unpublish/", method="post", json={}, token=editor)
    news.refresh_from_db()
    assert news.live
    monkeypatch.undo()
    api(f"pages/{news.pk}/actions/unpublish/", method="post", json={}, token=editor)
    news.refresh_from_db()
    assert not news.live


def test_the_schema_names_every_languages_column(api, editor):
    told = api("schema/missions.NewsPage/", token=editor).json()
    for direction in ("create", "patch"):
        names = set(told[direction]["properties"])
        assert {f"{f}_{c}" for f in ("title", "summary", "body") for c in codes.CODES} <= names
        assert "title" not in names
