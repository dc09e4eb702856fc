"""`python -m benchmarks.world [--missions N]`: the sites that are measured, made once a folder.

Without `--missions` the folder holds the demo already (`run_platform --prepare-only`). Added to
either, on the site of France: a page of sixty blocks in six languages, news enough for the board,
and a publisher who is signed in. Prints what `benchmarks.editing` needs, as JSON, on the last line.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import cycle, islice
from typing import Any

import django

MISSION, HOST = "FRA", "fra.localhost"
BLOCKS, BOARD_PAGES = 60, 1000
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


def main(arguments: list[str]) -> None:
    """Make what is not there yet; describe it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--missions", type=int, default=0, help="how many; 0: the demo is there")
    options = parser.parse_args(arguments)
    django.setup()
    from django.conf import settings

    from missions_site.runner.preparation import hold_data_folder

    with hold_data_folder(settings.DATA_DIR):
        if options.missions:
            _make_missions(options.missions)
        print(json.dumps(_describe(_long_page(), _publisher())))


def _make_missions(count: int) -> None:
    """Directory and the first missions of the list, with the content that ships; searchable."""
    from django.core.management import call_command

    from cms.missions.services import import_missions, provision_mission, reference_rows
    from cms.pages.models import SiteProfile
    from missions_site.demo import directory, missions
    from missions_site.runner.preparation import collect_static_if_changed

    call_command("migrate", interactive=False, verbosity=0)
    if SiteProfile.objects.filter(code=MISSION.lower()).exists():
        return
    collect_static_if_changed()
    directory.load(lambda *_progress: None)
    rows = sorted(reference_rows(), key=lambda row: row[1]["code"] != MISSION)[:count]
    import_missions(rows)
    for _number, row in rows:
        provision_mission(row["code"])
        content = missions.DATA / f"{row['code'].lower()}.json"
        if content.exists():
            missions.fill_mission(json.loads(content.read_text(encoding="utf-8")))
    call_command("search_rebuild", verbosity=0)


def _long_page() -> Any:
    """The page of sixty blocks; with it come the pages that fill the board."""
    from cms.missions.models import HomePage, StandardPage
    from cms.pages.models import Page, SiteProfile

    site = SiteProfile.objects.select_related("site").get(code=MISSION.lower())
    home = HomePage.objects.get(pk=site.site.root_page_id)
    page = StandardPage.objects.child_of(home).filter(slug="sixty-blocks").first()
    if page is not None:
        return page
    titles = {f"title_{code}": f"Sixty blocks ({code})" for code in LANGUAGES}
    bodies = {f"body_{code}": json.dumps(_sixty_blocks(code)) for code in LANGUAGES}
    page = StandardPage(slug="sixty-blocks", source_language="fr", **titles, **bodies)
    home.add_child(instance=page)
    page.save_revision().publish()
    missing = BOARD_PAGES - Page.objects.descendant_of(home).count()
    if missing > 0:
        _add_news(home, missing)
    return page


def _sixty_blocks(code: str) -> list[dict[str, Any]]:
    """Blocks of several families in turn; the same ids in each language, as translators keep
    them."""
    text = f"{code} " + "lorem ipsum " * 12
    rich = f"<p>{text}</p>"
    event = {"date_text": "1948", "date": "1948-12-10", "title": code, "text": rich}
    values: list[tuple[str, Any]] = [
        ("rich_text", rich),
        ("heading", {"text": f"Section ({code})", "level": "2", "anchor": ""}),
        ("quote", {"text": text, "attribution": code, "role": "", "source_url": ""}),
        ("accordion", _list({"title": code, "text": rich})),
        ("timeline", _list(event)),
        ("statistics", _list({"figure": "193", "label": code, "note": ""})),
    ]
    return [
        {"type": family, "value": value, "id": f"00000000-0000-4000-8000-{number:012}"}
        for number, (family, value) in enumerate(islice(cycle(values), BLOCKS))
    ]


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"items": [{"type": "item", "value": item, "id": f"{0:08}-0000-4000-8000-{1:012}"}]}


def _add_news(home: Any, count: int) -> None:
    """So many published items, written past the tree and the indexes: a board reads neither."""
    from django.db import transaction
    from django.utils import timezone
    from wagtail.signal_handlers import disable_reference_index_auto_update

    from cms.languages import states
    from cms.missions.models import NewsIndexPage, NewsPage
    from cms.pages import language_rows
    from cms.pages.models import Page

    section = NewsIndexPage.objects.child_of(home).first()
    last = section.get_last_child()
    taken = int(last.path[-4:], 36) if last else 0
    now = timezone.now()
    with transaction.atomic(), disable_reference_index_auto_update():
        for number in range(1, count + 1):
            page = NewsPage(
                title_fr=f"Actualité {number}",
                title_ar=f"خبر {number}" if number % 2 else "",
                slug=f"item-{number}",
                source_language="fr",
                path=section._get_path(section.path, section.depth + 1, taken + number),
                depth=section.depth + 1,
                url_path=f"{section.url_path}item-{number}/",
                locale_id=section.locale_id,
                first_published_at=now,
                last_published_at=now,
            )
            page.translations = states.refreshed_record({}, page, page.source_language)
            page.draft_translations = page.translations
            page.save_base()
            language_rows.note_live(page)
        Page.objects.filter(pk=section.pk).update(numchild=section.numchild + count)


def _publisher() -> str:
    """The key of a session of the mission's publisher."""
    from django.contrib.auth.models import User
    from django.test import Client

    from cms.access.services import give_role
    from cms.pages.models import SiteProfile

    user, _created = User.objects.get_or_create(username="bench-publisher")
    give_role(user, "publisher", site=SiteProfile.objects.get(code=MISSION.lower()))
    client = Client(headers={"host": HOST})
    client.force_login(user)
    return client.cookies["sessionid"].value


def _describe(page: Any, session: str) -> dict[str, Any]:
    """What the page's editor would send, and the addresses that are asked."""
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.urls import reverse

    from cms.pages.models import SiteProfile

    from .forms import sent_by

    setup_test_environment()  # lets an answer show the form that it was made from
    client = Client(headers={"host": HOST})
    client.cookies["sessionid"] = session
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(edit).context["form"]
    beside = reverse("translation:side_by_side", args=[page.pk, "ar"])
    screens = [
        ["side by side, French and Arabic, 60 blocks", beside],
        [f"board, {BOARD_PAGES:,} pages", reverse("translation:board")],
    ]
    return {
        "sites": SiteProfile.objects.count(),
        "session": session,
        "edit": edit,
        "sent": sent_by(form),
        "screens": screens,
    }


if __name__ == "__main__":
    main(sys.argv[1:])
