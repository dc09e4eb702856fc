"""Forged ids, mixed lists and children under strange parents: refused whole, nothing changed."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, Revision

from cms.media.models import SiteImage
from cms.pages.models import Page

from .small_world import SmallWorld

pytestmark = pytest.mark.django_db

MADE_UP = 987_654_321


@pytest.fixture
def publisher(small_world: SmallWorld) -> Client:
    """A publisher of the French mission, signed in at its host."""
    client = small_world.client("publisher")
    client.defaults["HTTP_HOST"] = "fra.localhost"
    return client


def page(world: SmallWorld, code: str, state: str) -> Page:
    return Page.objects.get(pk=world.places[code].pages[state].pk)


def api(world: SmallWorld, method: str, path: str, body=None, *, token: str | None = None):
    token = token or world.tokens["publisher"]
    headers = {"host": "fra.localhost", "authorization": f"Bearer {token}"}
    return getattr(Client(), method)(
        f"/api/v3/{path}", body, content_type="application/json", headers=headers
    )


def bulk(client: Client, action: str, ids, model: str = "pages/page") -> int:
    query = "&".join(f"id={pk}" for pk in ids)
    return client.post(f"/admin/bulk/{model}/{action}/?{query}&next=/admin/").status_code


@pytest.mark.parametrize("stranger", ["another mission's", "made up"])
def test_a_list_of_own_pages_and_a_strangers_is_refused_whole(small_world, publisher, stranger):
    own = page(small_world, "fra", "draft")
    other = page(small_world, "egy", "draft").pk if stranger == "another mission's" else MADE_UP
    bulk(publisher, "publish", [own.pk, other])
    assert not page(small_world, "egy", "draft").live
    mixed = page(small_world, "fra", "draft").live
    bulk(publisher, "publish", [own.pk])
    assert page(small_world, "fra", "draft").live
    assert mixed is False


def test_a_mixed_list_is_answered_like_one_with_a_made_up_id(small_world, publisher):
    own = page(small_world, "fra", "draft").pk
    other = page(small_world, "egy", "draft").pk
    for action in ("publish", "unpublish", "delete", "move"):
        assert bulk(publisher, action, [own, other]) == bulk(publisher, action, [own, MADE_UP])


def test_a_mixed_list_of_images_deletes_no_strangers_image(small_world, publisher):
    own, other = (small_world.places[code].image for code in ("fra", "egy"))
    bulk(publisher, "delete", [own.pk, other.pk], model="media/siteimage")
    assert SiteImage._base_manager.filter(pk=other.pk).exists()
    bulk(publisher, "delete", [own.pk], model="media/siteimage")
    assert not SiteImage._base_manager.filter(pk=own.pk).exists()


def test_a_strangers_revision_is_not_found_below_ones_own_page(small_world, publisher):
    own = page(small_world, "fra", "live")
    theirs = Revision.objects.filter(object_id=str(small_world.places["egy"].pages["live"].pk))
    mine = Revision.objects.filter(object_id=str(own.pk))
    for revision, found in ((theirs.first().pk, 404), (MADE_UP, 404), (mine.first().pk, 200)):
        assert publisher.get(f"/admin/pages/{own.pk}/revisions/{revision}/view/").status_code == (
            found
        )
        answer = api(small_world, "get", f"pages/{own.pk}/revisions/{revision}/")
        assert answer.status_code == found


def test_ones_own_page_is_moved_and_copied_below_no_strangers_page(small_world, publisher):
    own, target = page(small_world, "fra", "draft"), page(small_world, "fra", "live")
    theirs = page(small_world, "egy", "live")
    answers = []
    for destination in (theirs.pk, MADE_UP):
        move = publisher.post(f"/admin/pages/{own.pk}/move/{destination}/confirm/")
        told = api(
            small_world, "post", f"pages/{own.pk}/actions/move/", {"destination_id": destination}
        )
        copied = api(
            small_world, "post", f"pages/{own.pk}/actions/copy/", {"destination_id": destination}
        )
        answers.append((move.status_code, told.status_code, copied.status_code))
    assert answers[0] == answers[1]
    assert page(small_world, "fra", "draft").path == own.path
    assert page(small_world, "egy", "live").numchild == theirs.numchild
    allowed = {"destination_id": target.pk, "position": "last-child"}
    assert api(small_world, "post", f"pages/{own.pk}/actions/move/", allowed).status_code == 200
    assert page(small_world, "fra", "draft").path.startswith(target.path)


@pytest.mark.parametrize("number", ["-1", "0", "00", "9" * 40, "1e3", "١٢", "%00", "1;2"])
def test_a_number_that_is_none_is_no_fault_of_the_server(small_world, publisher, number):
    assert 400 <= publisher.get(f"/admin/pages/{number}/edit/").status_code < 500
    assert 400 <= api(small_world, "get", f"pages/{number}/").status_code < 500
    bulk_status = publisher.get(f"/admin/bulk/pages/page/delete/?id={number}").status_code
    assert bulk_status in (302, 400, 404)


def test_a_stale_token_opens_nothing_even_of_ones_own(small_world):
    own = small_world.places["fra"].pages["draft"].pk
    path = f"pages/{own}/?version=draft"
    assert api(small_world, "get", path).status_code == 200
    APIToken.objects.filter(user=small_world.people["publisher"]).update(revoked_at=timezone.now())
    assert api(small_world, "get", path).status_code == 401
    changed = api(small_world, "delete", f"pages/{own}/")
    assert changed.status_code == 401
    assert Page.objects.filter(pk=own).exists()


def test_anothers_token_opens_only_what_is_theirs(small_world):
    own = small_world.places["fra"].pages["draft"].pk
    secretary = small_world.tokens["committee_secretary"]
    stranger = api(small_world, "get", f"pages/{own}/?version=draft", token=secretary)
    nobody = api(small_world, "get", f"pages/{MADE_UP}/?version=draft", token=secretary)
    assert stranger.status_code == nobody.status_code == 404
    assert api(small_world, "get", f"pages/{own}/?version=draft").status_code == 200
