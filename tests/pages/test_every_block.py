"""A page that holds every family of blocks is saved, and stays what it was."""

import json

import pytest

from cms.languages.states import State
from cms.missions.models import StandardPage
from cms.pages.models import SourceWording
from tests.blocks.factories import FAMILIES, raw_stream
from tests.missions.factories import StandardPageFactory
from tests.worlds import world

pytestmark = pytest.mark.django_db


def every_block(language):
    """All families, dates and figures of tables among them; the same ids in each language."""
    return json.dumps(
        [block | {"id": f"block-{number}"} for number, block in enumerate(raw_stream(language))]
    )


@world
def page():
    page = StandardPageFactory(
        source_language="ar",
        title_ar="الإعلان",
        title_zh="宣言",
        body_ar=every_block("ar"),
        body_zh=every_block("zh"),
    )
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


def test_its_wordings_are_kept_for_those_who_translate_it(page):
    kept = SourceWording.objects.filter(page=page).values_list("value", flat=True)
    types = {value["type"] for value in kept if isinstance(value, dict)}
    assert types == set(FAMILIES) - {"image"}


def test_nothing_is_outdated_once_its_blocks_have_been_looked_at(page):
    draft = page.get_latest_revision_as_object()
    for code in ("ar", "zh"):
        assert len([child.value for child in getattr(draft, f"body_{code}")]) == len(FAMILIES) - 1
    draft.save_revision().publish()
    page.refresh_from_db()
    assert page.translation_states()["zh"] in (State.CURRENT, State.RELEASED)
    draft.body_ar[1].value["text"] = "إعلان آخر"
    draft.save_revision().publish()
    page.refresh_from_db()
    assert page.translation_states()["zh"] == State.OUTDATED
