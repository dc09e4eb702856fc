"""What has changed from one wording to another, word by word.

Chinese, which has no spaces between words, is compared by characters; white space alone is no
change. Markup is left out: a translator sees which words have changed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

KEPT, ADDED, REMOVED = "", "ins", "del"

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: A Chinese character; a word with its vowel signs, apostrophes and hyphens; white space; a mark.
_TOKEN = re.compile(
    rf"[{_HAN}]|(?:(?![{_HAN}])[\w\u0300-\u036f\u064b-\u065f\u0670])+"
    rf"(?:['’\-](?:(?![{_HAN}])\w)+)*|\s+|[^\w\s]"
)
_BREAK = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Change:
    """A stretch of text. `kind`: KEPT, ADDED or REMOVED."""

    kind: str
    text: str


def plain(text: str, kind: str) -> str:
    """The words of a piece; `kind`: "text" or "html", whose paragraphs become lines."""
    if kind != "html":
        return text
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).strip()


def changes(old: str, new: str) -> list[Change]:
    """The stretches that make both texts: all but ADDED make the old one, all but REMOVED the new
    one (but for white space)."""
    before, after = _TOKEN.findall(old.strip()), _TOKEN.findall(new.strip())
    matcher = SequenceMatcher(None, _folded(before), _folded(after), autojunk=False)
    found: list[Change] = []
    for tag, start, end, from_, to in matcher.get_opcodes():
        kept = "".join(after[from_:to])
        removed = "".join(before[start:end])
        if tag == "equal" or not (removed + kept).strip():
            found.append(Change(KEPT, kept))
            continue
        if removed:
            found.append(Change(REMOVED, removed))
        if kept:
            found.append(Change(ADDED, kept))
    return found


def as_html(found: list[Change]) -> SafeString:
    """The changes with `<ins>` and `<del>`, escaped."""
    patterns = {KEPT: "{}", ADDED: "<ins>{}</ins>", REMOVED: "<del>{}</del>"}
    told = [format_html(patterns[change.kind], change.text) for change in found]
    return format_html_join("", "{}", ((part,) for part in told))


def _folded(tokens: list[str]) -> list[str]:
    return [" " if token.isspace() else token for token in tokens]
