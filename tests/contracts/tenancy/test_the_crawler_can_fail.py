"""A crawler that finds nothing must be able to find something."""

from __future__ import annotations

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.test import override_settings
from django.urls import include, path

from cms.missions.models import NewsPage
from cms.pages.models import Page
from missions_site.urls import urlpatterns as real

from .addresses import Address, all_addresses
from .changing import Changes
from .crawl import Crawl
from .table import Unfillable
from .world import B, World

pytestmark = pytest.mark.django_db


def tell_title(request: HttpRequest, page_id: int) -> HttpResponse:
    page = NewsPage._base_manager.filter(pk=page_id).first()
    return HttpResponse(page.title_ar if page else "")


def tell_header(request: HttpRequest, page_id: int) -> HttpResponse:
    page = NewsPage._base_manager.filter(pk=page_id).first()
    response = HttpResponse()
    response["ETag"] = f'"{page.slug if page else ""}"'
    return response


def tell_existence(request: HttpRequest, page_id: int) -> HttpResponse:
    if not NewsPage._base_manager.filter(pk=page_id).exists():
        raise Http404
    return HttpResponse(status=403)


def change(request: HttpRequest, page_id: int) -> HttpResponse:
    if request.method == "POST":
        Page._base_manager.filter(pk=page_id).update(slug="changed")
    return HttpResponse()


def refuse(request: HttpRequest, page_id: int) -> HttpResponse:
    get_object_or_404(NewsPage.objects.none(), pk=page_id)
    raise AssertionError("never reached")


def nothing(request: HttpRequest, orchid: str) -> HttpResponse:
    return HttpResponse()


planted = [
    path("title/<int:page_id>/", tell_title, name="title"),
    path("header/<int:page_id>/", tell_header, name="header"),
    path("existence/<int:page_id>/", tell_existence, name="existence"),
    path("change/<int:page_id>/", change, name="change"),
    path("refuse/<int:page_id>/", refuse, name="refuse"),
    path("orchid/<str:orchid>/", nothing, name="orchid"),
]
urlpatterns = [path("admin/planted/", include((planted, "planted"))), *real]


@pytest.fixture(autouse=True)
def _planted(world: World):
    with override_settings(ROOT_URLCONF=__name__):
        yield


def address(name: str) -> Address:
    return next(found for found in all_addresses() if found.name == f"planted:{name}")


def crawl(world: World, name: str) -> list[str]:
    made = Crawl(world, world.callers["editor"])
    made.visit(address(name))
    Changes(made).visit(address(name))
    return [f"{leak.method} {leak.what}" for leak in made.report.leaks]


def test_a_title_in_the_body_is_caught(world):
    found = crawl(world, "title")
    assert any(f"canary{B}" in what and "in body" in what for what in found)


def test_a_slug_in_a_header_is_caught(world):
    found = crawl(world, "header")
    assert any(f"canary{B}" in what and "in ETag" in what for what in found)


def test_another_answer_for_what_exists_is_caught(world):
    assert "GET differs from a made-up id: 403 and 404" in crawl(world, "existence")


def test_a_change_of_a_strangers_row_is_caught(world):
    found = crawl(world, "change")
    assert any(what.startswith("POST changed pages_page") and B in what for what in found)


def test_a_view_that_refuses_strangers_and_nobodys_alike_is_not_accused(world):
    assert crawl(world, "refuse") == []


def test_a_pattern_that_the_table_can_not_fill_is_named(world):
    with pytest.raises(Unfillable, match="planted:orchid.*orchid"):
        crawl(world, "orchid")


@pytest.mark.parametrize(
    "language_word", ["كناري", "金丝雀", "yellow", "jaunâtre", "жёлтый", "pájaro"]
)
def test_the_secretariat_sees_everybodys_words_in_six_languages(world, language_word):
    boss = Crawl(world, world.callers["secretariat"])
    edit = next(found for found in all_addresses() if found.name == "wagtailadmin_pages:edit")
    answer = boss.look(
        edit, "victim's", edit.path({"page_id": world.tenants[B].pages["newspage"].pk})
    )
    assert f"{language_word} zanzibird canary{B}" in answer.body, (answer.status, answer.error)
