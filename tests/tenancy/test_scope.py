"""Inside a scope only the scope's own pages, images, files and tags are found."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from taggit.utils import edit_string_for_tags
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file as image_file

from cms.access.models import SiteCollection
from cms.access.services import give_role
from cms.access.walls import scope_of
from cms.media.models import Tag
from cms.missions.models import HomePage, NewsPage
from cms.pages.models import Page
from cms.tenancy.scope import NOTHING, current, kept_inside, limit_to, limited_to
from tests.missions.factories import NewsPageFactory, site_of
from tests.worlds import world

pytestmark = pytest.mark.django_db


@dataclass
class Missions:
    """The home pages of three missions, and an editor of the first."""

    france: HomePage
    egypt: HomePage
    kenya: HomePage
    editor: User


@world
def missions():
    """One world: tests that need two of them and tests that need all take turns."""
    france = site_of("FRA")
    egypt = site_of("EGY", iso2="EG", title_fr="Mission permanente de l’Égypte")
    kenya = site_of("KEN", iso2="KE", title_fr="Mission permanente du Kenya")
    editor = User.objects.create_user("fra.editor")
    give_role(editor, "editor", site=france.mission.profile)
    return Missions(france, egypt, kenya, editor)


@pytest.fixture
def france(missions):
    return missions.france


@pytest.fixture
def egypt(missions):
    return missions.egypt


@pytest.fixture
def kenya(missions):
    return missions.kenya


@pytest.fixture
def editor(missions):
    return missions.editor


def collection_of(home):
    return SiteCollection.objects.get(site=home.mission.profile).collection


def test_without_a_scope_everything_is_found(france, egypt):
    assert current() is None
    assert set(Page.objects.filter(depth=2)) >= {france.page_ptr, egypt.page_ptr}


def test_a_page_of_another_mission_is_not_found(france, egypt, editor):
    own, foreign = (NewsPageFactory(parent=home, title_fr="Une") for home in (france, egypt))
    with limited_to(scope_of(editor)):
        assert list(NewsPage.objects.all()) == [own]
        assert not Page.objects.filter(pk=foreign.pk).exists()
        assert Page.objects.get(pk=own.pk).get_parent().specific == france
    assert NewsPage.objects.count() == 2


def test_two_hats_see_both_missions_and_nothing_between(france, egypt, kenya, editor):
    give_role(editor, "editor", site=kenya.mission.profile)
    with limited_to(scope_of(editor)):
        assert set(Page.get_first_root_node().get_children()) == {
            france.page_ptr,
            kenya.page_ptr,
        }


def test_the_scope_is_asked_for_when_a_query_runs_not_when_it_is_written(france, egypt, editor):
    with limited_to(NOTHING):
        written_inside = Page.objects.filter(depth=2)
        assert not written_inside.all().exists()
    assert written_inside.all().count() >= 2
    with limited_to(scope_of(editor)):
        assert list(written_inside.all()) == [france.page_ptr]


def test_conditions_hold_in_subqueries_negations_and_unions(france, egypt, editor):
    homes = Page.objects.filter(depth=2)
    with limited_to(scope_of(editor)):
        assert list(Page.objects.filter(pk__in=homes.values("pk"))) == [france.page_ptr]
        twins = homes.filter(pk=OuterRef("pk"))
        assert list(Page.objects.filter(Exists(twins))) == [france.page_ptr]
        assert not Page.objects.exclude(pk__in=Page.objects.values("pk")).exists()
        assert list(homes | homes.filter(live=False)) == [france.page_ptr]
    with limited_to(NOTHING):
        assert homes.count() == 0
        assert homes.update(live=False) == 0


@pytest.mark.parametrize("model", [get_image_model(), get_document_model()])
def test_media_of_another_mission_are_not_found(model, france, egypt, editor):
    own, foreign = (
        model.objects.create(
            title_ar="شعار", file=image_file(), collection=collection_of(home), **size(model)
        )
        for home in (france, egypt)
    )
    with limited_to(scope_of(editor)):
        assert list(model.objects.all()) == [own]
        assert not model.objects.filter(pk=foreign.pk).exists()


def size(model):
    return {"width": 1, "height": 1} if model is get_image_model() else {}


def test_two_missions_use_a_tag_of_the_same_name_and_neither_learns_of_the_other(
    france, egypt, editor
):
    images = get_image_model().objects
    own, foreign = (
        images.create(
            title_ar="شعار",
            file=image_file(),
            width=1,
            height=1,
            collection=collection_of(home),
        )
        for home in (france, egypt)
    )
    foreign.tags.add("ميثاق", "secret")
    with limited_to(scope_of(editor)):
        assert not Tag.objects.exists()
        own.tags.add("ميثاق", "章")
        assert edit_string_for_tags(own.tags.all()) == "ميثاق, 章"
        assert set(Tag.objects.values_list("name", flat=True)) == {"ميثاق", "章"}
    assert set(foreign.tags.names()) == {"ميثاق", "secret"}


def test_what_is_made_after_the_request_is_still_made_inside(france, egypt, editor):
    scope = scope_of(editor)
    rows = (page.pk for page in Page.objects.filter(depth=2).iterator())
    assert list(kept_inside(scope, rows)) == [france.pk]
    assert current() is None


def test_a_scope_ends_with_its_block_even_when_it_is_narrowed_inside():
    with limited_to(None):
        limit_to(NOTHING)
        assert current() is NOTHING
    assert current() is None


def test_a_person_without_a_role_sees_nothing_and_the_secretariat_everything(
    france, django_user_model
):
    from cms.access.services import ensure_secretariat

    nobody = django_user_model.objects.create_user("nobody")
    assert scope_of(nobody) == NOTHING
    secretary = django_user_model.objects.create_user("secretary")
    ensure_secretariat()
    give_role(secretary, "secretariat")
    assert scope_of(secretary) is None
    secretary.is_active = False
    assert scope_of(secretary) == NOTHING
