"""manage.py load_glossary [--terms FILE.json]"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.translation.glossary.loading import BadTerms, load_glossary, load_terms


class Command(BaseCommand):
    help = (
        "Load the names of States and organs into the glossary, and terms from a file; what was "
        "changed in the admin stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--terms", help="a JSON file; its form is in docs/howto/glossary.md")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["terms"]) if options["terms"] else None
        data = _content(path) if path else None
        result = load_glossary()
        try:
            if data is not None:
                result += load_terms(data)
        except (BadTerms, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{path} is not a file of terms: {error}") from error
        self.stdout.write(
            f"{result.made} terms made, {result.changed} changed, {result.unchanged} as they were, "
            f"{result.removed} removed, {len(result.left)} left as they were changed in the admin."
        )


def _content(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path} is not JSON in UTF-8: {error}.") from error
