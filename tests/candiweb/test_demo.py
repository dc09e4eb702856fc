"""The demo's CandiWeb: what is loaded, that a second load adds nothing, that it shows."""

import pytest

from cms.candiweb.models import BallotResult, Candidature, Election, ElectionPage
from cms.languages.codes import CODES
from missions_site.demo import candiweb

pytestmark = pytest.mark.django_db


def _load():
    seen = []
    candiweb.load(lambda label, done, total: seen.append((done, total)))
    return seen


def test_twenty_elections_are_loaded_once(get):
    assert _load()[-1] == (20, 20)
    before = [
        model.objects.count() for model in (Election, ElectionPage, Candidature, BallotResult)
    ]
    assert before[:2] == [20, 20]
    _load()
    assert before == [
        model.objects.count() for model in (Election, ElectionPage, Candidature, BallotResult)
    ]
    for code in CODES:
        for path in ("", "chart/", "security-council-2020/", "chart/?year=2024"):
            assert get(f"/{code}/{path}").status_code == 200
    html = get("/en/chart/").content.decode()
    assert "Illustrative content" in html
    assert "NV/DEMO" in get("/en/security-council-2031/").content.decode()


def test_an_interrupted_load_is_completed_by_the_next():
    class Killed(RuntimeError):
        pass

    def report(label, done, total):
        if done == 3:
            raise Killed

    with pytest.raises(Killed):
        candiweb.load(report)
    assert Election.objects.count() == 3
    _load()
    assert Election.objects.count() == ElectionPage.objects.count() == 20
