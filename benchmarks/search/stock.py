"""The same notes in Wagtail's own database search, for `benchmarks.search.run --stock`.

Run by itself, in an empty folder: ``python -m benchmarks.search.stock AMOUNT`` makes a database of
notes there with the settings of `benchmarks.stock` and prints, as JSON, how long searching takes.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict

import django


def main() -> None:
    """Fill an empty database, search in it, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.stock.settings")
    django.setup()
    from django.core.management import call_command
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    from benchmarks.search import speed
    from benchmarks.stock.models import ArticlePage

    call_command("migrate", interactive=False, verbosity=0)
    home = Page.objects.get(depth=2)
    backend = get_search_backend()
    begun = time.perf_counter()
    pages = []
    for number, item in enumerate(speed.notes(int(sys.argv[1]))):
        ((title, body),) = item.texts.values()
        pages.append(
            ArticlePage(
                title=f"{item.symbol} {title}".strip()[:255],
                draft_title=title[:255],
                slug=f"note-{number}",
                body=body,
                path=Page._get_path(home.path, home.depth + 1, number + 1),
                depth=home.depth + 1,
                url_path=f"{home.url_path}note-{number}/",
                content_type_id=None,
            )
        )
    _write(pages)
    backend.add_bulk(ArticlePage, ArticlePage.objects.all())
    seconds = time.perf_counter() - begun

    def found(text: str, size: int = 10) -> list[object]:
        return list(backend.search(text, ArticlePage)[:size])

    result = {"seconds": seconds, "timings": {}}
    for name, queries in speed.searches().items():
        if queries[0].facets or queries[0].filters or name.startswith("completing"):
            continue
        calls = [lambda one=one: found(one.text, one.size) for one in queries]  # type: ignore[misc]
        result["timings"][name] = asdict(speed.timed(calls))  # type: ignore[index]
    print(json.dumps(result))


def _write(pages: list) -> None:  # type: ignore[type-arg]
    """Rows of the parent's table and of the page type's, without saving one by one."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Locale, Page

    from benchmarks.stock.models import ArticlePage

    kind, locale = ContentType.objects.get_for_model(ArticlePage), Locale.objects.first()
    names = ("title", "draft_title", "slug", "path", "depth", "url_path")
    Page.objects.bulk_create(
        [
            Page(
                content_type=kind,
                locale=locale,
                **{name: getattr(page, name) for name in names},
            )
            for page in pages
        ],
        batch_size=500,
    )
    ids = dict(Page.objects.filter(slug__startswith="note-").values_list("slug", "pk"))
    table = ArticlePage._meta.db_table
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (page_ptr_id, body) VALUES (%s, %s)",
            [(ids[page.slug], page.body) for page in pages],
        )


if __name__ == "__main__":
    main()
