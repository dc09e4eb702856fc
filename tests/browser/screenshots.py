"""Draws docs/screenshots/people-invite-*.png, parallel-*.png, search-*.png, document-*.png,
board-*.png, side-by-side-*.png and editor-tabs.png again, from a demo being served.

    make run PORT=8123 DATA_DIR=/tmp/shots          (in another terminal, until it says "ready")
    .venv/bin/python -m tests.browser.screenshots 8123

A mission's administrator fills in the invitation of a colleague; nothing is sent. A visitor reads
a page in two languages side by side, searches, and reads about a document. An editor changes the
source of a page, and works on one of its translations side by side: this is saved in the demo.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from .conftest import FLAGS, PROGRAMS

PASSWORD = "demo-missions-2008"  # of the demo's accounts; this runs outside Django
FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"


@dataclass(frozen=True)
class Shot:
    """One picture. `site`: whose administrator (<site>.admin) is at work; `invites`: an address."""

    name: str
    site: str
    language: str
    invites: str
    roles: tuple[str, ...]
    translates: tuple[str, ...]


SHOTS = (
    Shot("people-invite-en", "gbr", "en", "m.okafor@example.org", ("editor",), ("fr",)),
    Shot("people-invite-ar", "egy", "ar", "s.mansour@example.org", ("publisher",), ("en", "fr")),
)


#: A page in two languages: name of the picture, site, path.
PARALLEL = (
    ("parallel-fr-ar", "fra", "/fr/about/?beside=ar"),
    ("parallel-zh-ar", "chn", "/zh/about/?beside=ar"),
)


@dataclass(frozen=True)
class SideBySide:
    """One picture of two languages side by side. `adds`: words for the source's summary."""

    name: str
    site: str
    source: str
    target: str
    adds: str


SIDE_BY_SIDE = (
    SideBySide("side-by-side-fr-ar", "fra", "fr", "ar", "depuis 1945."),
    SideBySide("side-by-side-ar-zh", "egy", "ar", "zh", "منذ عام 1945."),
)


def sign_in(page: Page, address: str, username: str) -> None:
    """Through the one sign-in page."""
    page.goto(f"{address}/admin/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")


def photograph(page: Page, name: str, *, full_page: bool = False) -> Path:
    """Keep what is seen, in 256 colours: half the bytes, and no eye misses the others."""
    file = FOLDER / f"{name}.png"
    seen = Image.open(BytesIO(page.screenshot(full_page=full_page))).convert("RGB")
    seen.quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    return file


def take(browser: Browser, shot: Shot, port: int) -> Path:
    """Fill in the invitation and photograph the window."""
    address = f"http://{shot.site}.localhost:{port}"
    context = browser.new_context(
        locale=shot.language, viewport={"width": 1280, "height": 1000}, device_scale_factor=1
    )
    page = context.new_page()
    sign_in(page, address, f"{shot.site}.admin")
    page.goto(f"{address}/admin/people/{shot.site}/invite/")
    page.fill("#id_email", shot.invites)
    page.select_option("#id_language", shot.language)
    for role in shot.roles:
        page.check(f"input[name=roles][value={role}]")
    for code in shot.translates:
        page.check(f"input[name=translator][value={code}]")
    page.wait_for_load_state("networkidle")
    file = photograph(page, shot.name)
    context.close()
    return file


def take_parallel(browser: Browser, port: int) -> list[Path]:
    """Photograph the whole page, as a visitor sees it."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    files = []
    for name, site, path in PARALLEL:
        page.goto(f"http://{site}.localhost:{port}{path}", wait_until="networkidle")
        files.append(photograph(page, name, full_page=True))
    return files


@dataclass(frozen=True)
class Reading:
    """One picture of what a visitor sees of the directory's site. `types`: into the search box,
    whose suggestions are shown then; `height`: of the window, in pixels."""

    name: str
    language: str
    path: str
    width: int
    height: int
    types: str = ""


READINGS = (
    Reading("search-en", "en", "/en/search/?scope=all&q=rights+of+the+child&body=GA", 1280, 1000),
    Reading("search-ar-telephone", "ar", "/ar/search/?scope=all", 360, 740, "a c3 78 l1"),
    Reading("document-en", "en", "/en/documents/A/RES/217(III)[A]", 1280, 1000),
    Reading("document-zh-telephone", "zh", "/zh/documents/A/RES/217(III)[A]", 360, 740),
)


def take_reading(browser: Browser, shot: Reading, port: int) -> Path:
    """Photograph the window below the site's masthead: what is asked and found."""
    size = {"width": shot.width, "height": shot.height}
    context = browser.new_context(locale=shot.language, viewport=size)
    page = context.new_page()
    page.goto(f"http://localhost:{port}{shot.path}", wait_until="networkidle")
    if shot.types:
        page.locator("#results-query").press_sequentially(shot.types)
        page.wait_for_selector("#results-query-suggestions [role=option]")
    page.evaluate("scrollTo({top: document.querySelector('main').offsetTop, behavior: 'instant'})")
    file = photograph(page, shot.name)
    context.close()
    return file


#: An editor's screen: name of the picture, site, path ("{page}": the id of the page "about").
DESKS = (
    ("board-en", "gbr", "/admin/translation/"),
    ("board-ar", "egy", "/admin/translation/"),
    ("languages-fr", "fra", "/admin/translation/{page}/languages/"),
    ("editor-tabs", "gbr", "/admin/pages/{page}/edit/"),
)


def take_desk(browser: Browser, port: int, *, name: str, site: str, path: str) -> Path:
    """Photograph a screen as an editor of the site sees it."""
    address = f"http://{site}.localhost:{port}"
    context = browser.new_context(viewport={"width": 1360, "height": 900})
    page = context.new_page()
    sign_in(page, address, f"{site}.editor")
    page.goto(address + path.format(page=id_of_about(page, address, site)))
    page.wait_for_load_state("networkidle")
    file = photograph(page, name)
    context.close()
    return file


def id_of_about(page: Page, address: str, site: str) -> int:
    """The id of a site's page "about"."""
    found = page.goto(f"{address}/api/v3/pages/?site={site}&limit=100").json()
    return next(item["id"] for item in found["items"] if item["meta"]["slug"] == "about")


def take_side_by_side(browser: Browser, shot: SideBySide, port: int) -> Path:
    """Change a word of the source, leave a piece out of the translation, and photograph it."""
    address = f"http://{shot.site}.localhost:{port}"
    context = browser.new_context(viewport={"width": 1360, "height": 1400})
    page = context.new_page()
    about = id_of_about(page, address, shot.site)
    sign_in(page, address, f"{shot.site}.editor")
    translation = f"{address}/admin/translation/{about}"
    page.goto(f"{translation}/{shot.source}/?source={shot.target}", wait_until="networkidle")
    summary = page.locator("textarea[name=piece-summary]")
    if not summary.input_value().endswith(shot.adds):
        summary.fill(f"{summary.input_value().rstrip('.')} {shot.adds}")
    page.click("[data-save]")
    page.wait_for_load_state("networkidle")
    page.goto(f"{translation}/{shot.target}/?source={shot.source}", wait_until="networkidle")
    page.locator("[data-piece] textarea").nth(2).fill("")
    page.click("[data-save]")
    page.wait_for_load_state("networkidle")
    page.wait_for_selector(".DraftEditor-root")
    file = photograph(page, shot.name)
    context.close()
    return file


def main(port: int) -> None:
    """Take every picture."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        for shot in SHOTS:
            print(take(browser, shot, port))
        print(*take_parallel(browser, port), sep="\n")
        for reading in READINGS:
            print(take_reading(browser, reading, port))
        for two in SIDE_BY_SIDE:
            print(take_side_by_side(browser, two, port))
        for name, site, path in DESKS:
            print(take_desk(browser, port, name=name, site=site, path=path))
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
