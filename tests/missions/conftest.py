"""What the tests of missions share."""

import pytest

from cms.missions.services import import_missions, reference_rows


@pytest.fixture
def get(client):
    """`get("/fr/", host="fra.localhost")`: an anonymous visitor's request."""

    def get(path, host="fra.localhost", **headers):
        return client.get(path, headers={"host": host, **headers})

    return get


@pytest.fixture
def states(db):
    """The records of all 195 States, without sites."""
    import_missions(reference_rows())
