"""Two translators save one page twenty times each at the same moment; what is there afterwards.

Run as a program (`python -m tests.access.parallel_drafts`) on the database that DATABASE_URL names,
it prints the outcome as JSON, like `parallel_changes`.
"""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import asdict, dataclass, field
from typing import Any

SAVES = 20
LANGUAGES = ("ar", "zh")


@dataclass
class Outcome:
    """The answers' statuses, what failed, and the last words of the draft: {column: text}."""

    statuses: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)


def run() -> Outcome:
    """A mission's page; an Arabic and a Chinese translator, each in the editor and by the API."""
    from django.core.signals import got_request_exception
    from django.db import connection, connections

    from cms.missions.models import StandardPage

    page, hands = _world()
    outcome, barrier = Outcome(), threading.Barrier(len(hands))

    def note(**_kwargs: Any) -> None:
        outcome.errors.append(repr(sys.exc_info()[1])[:300])

    def work(language: str) -> None:
        form, patch = hands[language]
        try:
            barrier.wait()
            for number in range(1, SAVES // 2 + 1):
                words = f"{language} {number}"
                outcome.statuses.append(form.autosave(**{f"title_{language}": words}).status_code)
                outcome.statuses.append(patch(f"seo_title_{language}", words))
        except Exception as error:  # noqa: BLE001 - a thread's failure is the outcome
            outcome.errors.append(repr(error)[:300])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(language,)) for language in LANGUAGES]
    got_request_exception.connect(note)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        got_request_exception.disconnect(note)
    connection.close()
    draft = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    columns = [f"{name}_{code}" for name in ("title", "seo_title") for code in (*LANGUAGES, "fr")]
    outcome.words = {column: getattr(draft, column) or "" for column in columns}
    return outcome


def _world() -> tuple[Any, dict[str, Any]]:
    from django.contrib.auth.models import User
    from django.test import Client
    from wagtail.models import APIToken

    from cms.access.services import give_role
    from tests.missions.factories import StandardPageFactory, site_of

    from .open_form import OpenForm

    page = StandardPageFactory(title_fr="Eau", title_ar="ماء", title_zh="水", source_language="fr")
    page.save_revision().publish()
    site = site_of().mission.profile

    def hands_of(language: str) -> tuple[Any, Any]:
        user = User.objects.create_user(f"translator.{language}")
        give_role(user, "translator", site=site, language=language)
        token = APIToken.create_token(user=user, name="t")[1]

        def patch(column: str, words: str) -> int:
            body = {"meta": {"type": page._meta.label}, column: words}
            headers = {"host": site.site.hostname, "authorization": f"Bearer {token}"}
            path = f"/api/v3/pages/{page.pk}/"
            send = Client().patch
            answer = send(path, json.dumps(body), content_type="application/json", headers=headers)
            return answer.status_code

        return OpenForm(Client(), user, page, host=site.site.hostname), patch

    return page, {language: hands_of(language) for language in LANGUAGES}


def main() -> None:
    """Print the outcome as one line of JSON."""
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    print(json.dumps(asdict(run())))


if __name__ == "__main__":
    main()
