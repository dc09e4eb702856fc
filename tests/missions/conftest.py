"""What the tests of missions share."""

import pytest

from cms.missions.services import import_missions, reference_rows
from tests.worlds import world

from .factories import site_of


@pytest.fixture
def get(client):
    """`get("/fr/", host="fra.localhost")`: an anonymous visitor's request."""

    def get(path, host="fra.localhost", **headers):
        return client.get(path, headers={"host": host, **headers})

    return get


@world
def france():
    """The home page of France's site."""
    return site_of()


@world
def states():
    """The records of all 195 States, without sites."""
    import_missions(reference_rows())
