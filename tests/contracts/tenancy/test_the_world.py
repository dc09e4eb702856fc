"""The world is as full as it says: a page type or a language left out would hide its leaks."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    APIToken,
    Collection,
    Comment,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
    get_page_models,
)

from cms.languages.fields import columns
from cms.lifecycle.models import SiteJob
from cms.media.models import File, SiteImage
from cms.missions.models import Office, Person
from cms.people.models import Invitation

from .mission_sites import mission_page_types
from .world import A, B, C, World

pytestmark = pytest.mark.django_db

HELD_BY_EACH_MISSION = (
    APIToken,
    Collection,
    Comment,
    File,
    Group,
    Invitation,
    Office,
    PageLogEntry,
    PageViewRestriction,
    Person,
    Redirect,
    Revision,
    SiteImage,
    SiteJob,
    Task,
    TaskState,
    User,
    Workflow,
    WorkflowState,
)


def test_every_page_type_stands_in_the_world(world: World):
    made = [model for model in get_page_models() if model.is_creatable]
    missing = [model._meta.label for model in made if not model.objects.exists()]
    assert not missing, f"add them to the canary world: {', '.join(missing)}"


@pytest.mark.parametrize("code", [A, B, C])
@pytest.mark.parametrize("model", HELD_BY_EACH_MISSION)
def test_each_mission_has_one_of_everything(world: World, model, code):
    assert world.objects(model, code)


@pytest.mark.parametrize("model", mission_page_types(), ids=lambda model: model.__name__)
def test_every_text_of_every_language_holds_the_victims_word(world: World, model):
    home = world.tenants[B].pages["home"]
    page = model.objects.descendant_of(home, inclusive=True).first()
    revision = page.get_latest_revision_as_object()
    for held, kind in ((page, "pub"), (revision, "sec")):
        empty = [
            column
            for column in columns(model)
            if f"canary{B}" not in str(getattr(held, column)).lower()
        ]
        assert not empty, (kind, empty)
