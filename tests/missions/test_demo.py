"""The demo's missions: complete after any interruption, with marks of every state to be seen."""

import json
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cms.languages import codes
from cms.languages.states import State
from cms.missions.models import Mission, OpeningHours
from cms.pages.models import Page, SiteProfile
from missions_site.demo import directory, missions
from tests.worlds import world

pytestmark = pytest.mark.django_db
CODES = {"FRA", "KAZ", "VAT"}


@contextmanager
def only_three():
    """Within, the loader knows three of the missions, two of them with content."""
    rows = [row for row in missions.reference_rows() if row[1]["code"] in CODES]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for name in ("fra", "kaz"):
            shutil.copy(missions.FOLDER / f"{name}.json", folder)
        patch.setattr(missions, "reference_rows", lambda: rows)
        patch.setattr(missions, "FOLDER", Path(folder))
        yield


@pytest.fixture
def few():
    with only_three():
        yield


@world
def loaded():
    """What the loader told of its steps."""
    with only_three():
        return load()


def load():
    told = []
    directory.load(lambda *step: None)
    missions.load(lambda *step: told.append(step))
    return told


def test_every_mission_has_its_site_and_the_files_their_pages(loaded):
    assert loaded == [("FRA", 1, 5), ("KAZ", 2, 5), ("VAT", 3, 5), ("FRA", 4, 5), ("KAZ", 5, 5)]
    assert set(SiteProfile.objects.values_list("code", flat=True)) == {
        "directory",
        "fra",
        "kaz",
        "vat",
    }
    data = json.loads((missions.FOLDER / "fra.json").read_text(encoding="utf-8"))
    news = Page.objects.get(url_path="/fra/news/")
    assert news.numchild == len(data["news"])
    assert str(Mission.objects.get(code="FRA").representative) in set(
        data["permanent_representative"]["name"].values()
    )
    assert OpeningHours.objects.filter(first_day=0, last_day=4).count() == 2
    assert Page.objects.get(url_path="/fra/about/").live
    assert not Page.objects.get(url_path="/vat/about/").live


def test_a_second_load_changes_nothing(loaded, few):
    before = list(Page.objects.order_by("path").values_list("path", "url_path", "live"))
    load()
    assert list(Page.objects.order_by("path").values_list("path", "url_path", "live")) == before


def test_marks_of_every_state_are_there_to_be_seen(loaded):
    seen = {
        state
        for page in Page.objects.filter(depth__gte=2)
        for state in page.translation_states().values()
    }
    assert seen == {State.SOURCE, State.CURRENT, State.OUTDATED, State.MISSING}


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_every_public_page_of_the_demo_renders(language, loaded, get):
    pages = Page.objects.filter(live=True, depth__gte=2)
    assert pages.count() > 30
    for page in pages:
        site = page.url_path.split("/")[1]
        host = "localhost" if site == "directory" else f"{site}.localhost"
        rest = "/".join(page.url_path.split("/")[2:])
        response = get(f"/{language}/{rest}", host=host)
        assert response.status_code == 200, page.url_path
        assert response["Content-Language"] in codes.CODES


def test_a_load_that_was_stopped_is_completed(few):
    directory.load(lambda *step: None)

    def stop(label, done, total):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        missions.load(stop)
    load()
    assert Page.objects.get(url_path="/kaz/news/").numchild > 0
    assert Page.objects.filter(url_path="/fra/news/").count() == 1
