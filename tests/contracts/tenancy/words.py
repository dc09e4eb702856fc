"""Words that nobody writes by chance, and where they are seen.

Every text of the world is `NATIVE[language] + FEATHER + token`: the first word proves the six
languages, the second is common to all tenants (so that a search can ask for everybody's), the
third says whose it is and whether the public may read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cms.languages import codes

#: In every text of every tenant; what the crawler searches for, since pages repeat the question.
FEATHER = "zanzibird"
NATIVE = {
    "ar": "كناري",
    "zh": "金丝雀",
    "en": "yellow",
    "fr": "jaunâtre",
    "ru": "жёлтый",
    "es": "pájaro",
}
_TOKEN = re.compile(r"canary([a-z0-9]+?)(pub|sec)", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """The words of one tenant (`code`: "egy"), public ones or secret ones."""

    code: str
    secret: bool = False

    @property
    def token(self) -> str:
        """ "canaryegypub" or "canaryegysec": letters and digits, so it fits any field."""
        return f"canary{self.code}{'sec' if self.secret else 'pub'}"

    def text(self, language: str) -> str:
        """A text in one language."""
        return f"{NATIVE[language]} {FEATHER} {self.token}"

    @property
    def name(self) -> str:
        """For fields that have no language: names of people, groups, files."""
        return f"{FEATHER} {self.token}"

    @property
    def slug(self) -> str:
        """For addresses."""
        return f"{FEATHER}-{self.token}"

    def titles(self) -> dict[str, str]:
        """{"title_ar": …}, six languages."""
        return {f"title_{code}": self.text(code) for code in codes.CODES}


def of_group(code: str) -> re.Pattern[str]:
    """How the product itself names a site's groups, workflows and tasks: "egy: editor"."""
    return re.compile(rf"(?<![\w-]){re.escape(code)}: [a-z]", re.IGNORECASE)


def tokens_in(text: str, *, of: Iterable[str], secret_only: bool = False) -> set[str]:
    """The tokens of these tenants that a text holds."""
    wanted = set(of)
    return {
        match.group(0).lower()
        for match in _TOKEN.finditer(text)
        if match.group(1).lower() in wanted and (not secret_only or match.group(2).lower() == "sec")
    }
