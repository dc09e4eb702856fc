"""A process that releases a set of pages, to be killed by tests.

``python -m tests.translation.release_process prepare | slowly | release`` on the database that
DATABASE_URL names. ``slowly`` waits after the second page of three has been released, inside the
transaction, and says so by the file that BEGUN names.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import django

SET = "Eau"
PAGES = 3


def prepare() -> None:
    """A mission with three pages in French and English, nothing released, and a set of them."""
    from django.db import connection

    from cms.translation.together.services import add_pages
    from tests.sites import make_site
    from tests.translation.desk import add_page, person

    site = make_site("fra", title_fr="Mission")
    publisher = person("claire", ("publisher", site))
    pages = [add_page(site, "fr", title=f"Eau {number}", en="Water") for number in range(PAGES)]
    found = add_pages(None, pages, languages=["fr", "en"], by=publisher)
    found.name = SET
    found.save()
    connection.close()  # so that the file holds all of it, and not the log beside it


def release() -> str:
    """Release the set; says "out" or "taken"."""
    from django.contrib.auth.models import User

    from cms.translation.models import ReleaseSet
    from cms.translation.together.services import Taken, release_together

    try:
        release_together(ReleaseSet.objects.get(name=SET), user=User.objects.get(username="claire"))
    except Taken:
        return "taken"
    return "out"


def slowly() -> str:
    """Release, and stop in the middle for long enough to be killed there."""
    from wagtail.signals import page_published

    seen: list[Any] = []

    def wait(**published: Any) -> None:
        seen.append(published["instance"].pk)
        if len(seen) == 2:
            Path(os.environ["BEGUN"]).touch()
            time.sleep(float(os.environ.get("FOR", "30")))

    page_published.connect(wait)
    return release()


if __name__ == "__main__":
    django.setup()
    print({"prepare": prepare, "release": release, "slowly": slowly}[sys.argv[1]]())
