"""The whole call of ``/api/v3/search/`` beside the engine's own time, in one process.

``python -m benchmarks.search.api SITE HOST`` in the settings of a platform that has such a mission
site at that host: fills the index at SEARCH_URL (name one of its own) with notes of that site and
asks both.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import islice

import django

ASKED = (
    "a term, ten hits with passages",
    "three terms",
    "a phrase",
    "a symbol",
    "a term and four facets",
)


def main() -> None:
    """Fill the index, ask, print."""
    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.test.utils import override_settings

    from benchmarks.search import speed
    from search.engines import engine_from_url

    site = sys.argv[1]
    engine = engine_from_url(settings.SEARCH_URL)
    with engine.rebuilding() as fresh:
        made = speed.notes(10_000)
        while some := list(islice(made, 500)):
            fresh.add([replace(one, site=site) for item in some for one in item.documents()])
        with fresh.swapping():
            pass
    client = Client(SERVER_NAME=sys.argv[2])
    with override_settings(ALLOWED_HOSTS=["*"]):
        for name in ASKED:
            queries = speed.searches()[name]
            asked = [{"q": one.text, "site": "all", "facets": list(one.facets)} for one in queries]
            answer = client.get("/api/v3/search/", asked[0])
            alone, whole = speed.timed_in_turn(
                [lambda one=one: engine.search(one) for one in queries],  # type: ignore[misc]
                [lambda one=one: client.get("/api/v3/search/", one) for one in asked],  # type: ignore[misc]
            )
            print(
                f"{name}: {answer.status_code}, {len(answer.json()['items'])} hits; engine "
                f"{alone.cpu:.1f} ms of processor ({alone.p50:.1f} passed), whole call "
                f"{whole.cpu:.1f} ({whole.p50:.1f})"
            )


if __name__ == "__main__":
    main()
