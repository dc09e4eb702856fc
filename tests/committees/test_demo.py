"""The demo's committees: what is loaded, that a second load adds nothing, that it shows."""

import pytest

from cms.committees.models import CommitteeSession, DraftProposal, DraftState, SessionPage
from cms.languages.codes import CODES
from missions_site.demo import committees

pytestmark = pytest.mark.django_db


def _load():
    seen = []
    committees.load(lambda label, done, total: seen.append((done, total)))
    return seen


def test_the_six_committees_are_loaded_once_with_two_sessions_each(get):
    assert _load()[-1] == (12, 12)
    before = [model.objects.count() for model in (CommitteeSession, SessionPage, DraftProposal)]
    assert before[:2] == [12, 12]
    _load()
    assert [
        model.objects.count() for model in (CommitteeSession, SessionPage, DraftProposal)
    ] == before
    for number in range(1, 7):
        for code in CODES:
            assert get(f"/{code}/", host=f"c{number}.localhost").status_code == 200
    html = get("/ar/78/drafts/").content.decode()
    assert "A/C.3/78/L.9" in html
    voted = DraftProposal.objects.get(symbol="A/C.3/78/L.24")
    assert (voted.draft_state, voted.votes_yes) == (DraftState.ADOPTED_BY_VOTE, 168)
    assert DraftProposal.objects.get(symbol="A/C.3/78/L.63").amends.symbol.endswith("L.31/Rev.1")


def test_an_interrupted_load_is_completed_by_the_next():
    class Killed(RuntimeError):
        pass

    def report(label, done, total):
        if done == 5:
            raise Killed

    with pytest.raises(Killed):
        committees.load(report)
    assert CommitteeSession.objects.count() == 5
    _load()
    assert CommitteeSession.objects.count() == 12
    assert CommitteeSession.objects.filter(is_current=True).count() == 6
