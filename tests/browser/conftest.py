"""A real Chromium, found on this machine, and the site's hosts served live.

Without a Chromium these tests skip, saying so by name; in CI (CI=true) they fail instead.
Every `<name>.localhost` leads to this machine in Chromium, so each kind of site has its host.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# In CI we are root in a container: Chromium's own sandbox and /dev/shm can't be had there.
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
MISSING = f"No Chromium was found (looked for {', '.join(PROGRAMS)})"

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `-m browser` and `-m "not browser"` are complete."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where this machine's Chromium is; skip without one, fail in CI."""
    for program in PROGRAMS:
        if path := shutil.which(program):
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(f"{MISSING}, and CI needs one: .ci/install")
    pytest.skip(f"{MISSING}: apt-get install chromium")


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One browser for all tests of this process."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's synchronous API keeps an event loop in this thread; the ORM is used between
        # its calls, never inside one.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def django_db_setup(chromium: Browser, django_db_setup: None) -> None:
    """Make the test database after the browser has started.

    Playwright leaves an event loop in this thread, and under a loop Django keeps connections in
    another place: one made before would not be the one that remembers what migrations put there.
    """


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts (`new_context(locale="fr", java_script_enabled=False, …)`)."""
    made: list[BrowserContext] = []

    def make(**options) -> BrowserContext:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("locale", "en")
        context = chromium.new_context(**options)
        context.set_default_timeout(20_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    _wait_for_the_server()


def _wait_for_the_server() -> None:
    """Until no request is answered any more: a form asks who else is there of its own accord, and
    SQLite empties no table that is being read."""
    for thread in threading.enumerate():
        if thread.name.endswith("(process_request_thread)"):
            thread.join(timeout=10)


@pytest.fixture
def browser_page(new_context: Callable[..., BrowserContext]) -> Page:
    """An empty page in a context of its own, for a desktop visitor who reads English."""
    return new_context().new_page()


@pytest.fixture
def site_url(live_server, django_db_serialized_rollback) -> Callable[..., str]:
    """Addresses on the live server: `site_url("/en/")`, `site_url("/fr/", host="fra")`.

    The server shares this test's database; what migrations put there is restored afterwards.
    """
    port = live_server.thread.port

    def address(path: str = "/", *, host: str = "") -> str:
        hostname = f"{host}.localhost" if host else "localhost"
        return f"http://{hostname}:{port}{path}"

    return address


FINISH_ANIMATIONS = """() => document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .forEach((one) => one.finish())"""


@pytest.fixture
def accessibility_faults() -> Callable[[Page], list[str]]:
    """What axe-core finds against WCAG 2.2 level AA, one line a fault with the first places."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def faults(page: Page) -> list[str]:
        # What is still fading in has not the colours that people will read.
        page.evaluate(FINISH_ANIMATIONS)
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
        return [
            f"{violation['id']}: {violation['help']} — "
            + "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            for violation in found.response["violations"]
        ]

    return faults
