"""The markup inside a piece of rich text: taken apart, put together, and guarded.

Every piece of text between tags is kept: what is no whole tag counts as words, so that nothing a
translator has typed can vanish. Entities become characters; the editor's own keys are dropped.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

# Possessive throughout: a tag that does not end is given up at once, whatever its length.
_TAG = re.compile(
    r"<(?P<close>/)?(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)"
    r"(?P<attributes>(?:\s++[^\s=<>\"'/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>=`]++))?+)*+)"
    r"\s*+/?+>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s=<>\"'/]++)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'<>=`]++)))?+"
)
_EDITOR_KEY = "data-block-key"
# fmt: off
_VOID = frozenset({  # HTML Living Standard, 13.1.2
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
})
#: What a translator may add, leave out or move as the language wants it.
FREE = frozenset({"b", "strong", "i", "em", "br"})
#: What paragraphs and lists are made of; their sequence is not a translator's to change.
STRUCTURE = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "hr", "blockquote",
    "pre", "div", "table", "thead", "tbody", "tr", "td", "th",
})
# fmt: on
#: "<" with what follows it, where a reader of HTML would expect a tag.
_BROKEN = re.compile(r"<[a-zA-Z/!?][^<]{0,20}")


class BrokenMarkup(ValueError):
    """Raised for a translation whose markup is not that of its source; the message says how."""


@dataclass(frozen=True)
class Tag:
    """One tag. `attributes`: name and value, sorted; `is_close`: of an end tag."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    is_close: bool = False

    @property
    def is_void(self) -> bool:
        """Whether it stands alone, like `<br/>`."""
        return self.name in _VOID and not self.is_close

    @property
    def is_free(self) -> bool:
        return self.name in FREE and not self.attributes

    def __str__(self) -> str:
        if self.is_close:
            return f"</{self.name}>"
        inside = "".join(f' {name}="{html.escape(value)}"' for name, value in self.attributes)
        return f"<{self.name}{inside}{'/' if self.is_void else ''}>"


Token = str | Tag


def tokens(text: str) -> list[Token]:
    """Words (as characters, without entities) and tags, in the order in which they stand."""
    found: list[Token] = []
    position = 0
    for match in _TAG.finditer(text):
        _append_words(found, text[position : match.start()])
        found.append(_tag(match))
        position = match.end()
    _append_words(found, text[position:])
    return found


def _append_words(found: list[Token], raw: str) -> None:
    if raw:
        found.append(html.unescape(raw))


def _tag(match: re.Match[str]) -> Tag:
    name = match["name"].lower()
    if match["close"]:
        return Tag(name, is_close=True)
    attributes: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(match["attributes"]):
        value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
        attributes.setdefault(attribute["name"].lower(), html.unescape(value))
    attributes.pop(_EDITOR_KEY, None)
    return Tag(name, tuple(sorted(attributes.items())))


def escaped(words: str) -> str:
    """Words as they stand in HTML."""
    return html.escape(words, quote=False)


def joined(parts: Iterable[Token]) -> str:
    """HTML of tokens, in one form: attributes sorted, entities only where they must be."""
    return "".join(escaped(part) if isinstance(part, str) else str(part) for part in parts)


def canonical(text: str) -> str:
    """The HTML in that one form."""
    return joined(tokens(text))


def partners(parts: list[Token]) -> dict[int, int]:
    """{position of a start tag: position of its end tag}; tags that are not nested have none."""
    pairs: dict[int, int] = {}
    open_: list[int] = []
    for position, part in enumerate(parts):
        if not isinstance(part, Tag) or part.is_void:
            continue
        if not part.is_close:
            open_.append(position)
        elif any(_names(parts, start) == part.name for start in open_):
            while _names(parts, open_[-1]) != part.name:
                open_.pop()
            pairs[open_.pop()] = position
    return pairs


def _names(parts: list[Token], position: int) -> str:
    part = parts[position]
    return part.name if isinstance(part, Tag) else ""


def check(target: str, source: str, *, known: str = "") -> None:
    """See that a translation has the markup of its source. Raises BrokenMarkup.

    Paragraphs and lists are the source's; links and all that carries meaning are there as often as
    in the source; bold and italic are free. `known`: the translation so far, which may already
    differ: what it has, the new one may have too.
    """
    parts = tokens(target)
    _check_words(target)
    _check_nesting(parts, tokens(source), tokens(known))
    _check_structure(parts, tokens(source), tokens(known))
    wanted, held, had = (_meaningful(one) for one in (tokens(source), parts, tokens(known)))
    for tag in sorted(wanted | held, key=str):
        least, most = sorted((wanted[tag], had[tag] if known else wanted[tag]))
        if held[tag] < least:
            raise BrokenMarkup(_("%(tag)s of the source is missing.") % {"tag": tag})
        if held[tag] > most:
            raise BrokenMarkup(
                _("%(tag)s stands there more often than in the source.") % {"tag": tag}
            )


def _check_words(target: str) -> None:
    if broken := _BROKEN.search(_TAG.sub(" ", target)):
        raise BrokenMarkup(
            _("“%(text)s” is no whole tag: write a plain “<” as &lt;.") % {"text": broken[0]}
        )


def _unpaired(parts: list[Token]) -> Counter[str]:
    pairs = partners(parts)
    paired = {*pairs, *pairs.values()}
    return Counter(
        str(part)
        for position, part in enumerate(parts)
        if isinstance(part, Tag) and not part.is_void and position not in paired
    )


def _check_nesting(parts: list[Token], source: list[Token], known: list[Token]) -> None:
    for tag in _unpaired(parts) - (_unpaired(source) | _unpaired(known)):
        raise BrokenMarkup(_("%(tag)s has no partner, or crosses another tag.") % {"tag": tag})


def _check_structure(parts: list[Token], source: list[Token], known: list[Token]) -> None:
    if _structure(parts) not in (_structure(source), _structure(known)):
        raise BrokenMarkup(
            _("The paragraphs and lists are not those of the source: %(there)s, not %(wanted)s.")
            % {
                "there": " ".join(_structure(parts)) or "–",
                "wanted": " ".join(_structure(source)) or "–",
            }
        )
    if _has_loose_words(parts) and not (_has_loose_words(source) or _has_loose_words(known)):
        raise BrokenMarkup(_("There are words outside the paragraphs."))


def _structure(parts: list[Token]) -> list[str]:
    """Names of the tags that make paragraphs and lists: "p", "/p"."""
    return [
        f"{'/' if part.is_close else ''}{part.name}"
        for part in parts
        if isinstance(part, Tag) and part.name in STRUCTURE
    ]


def _has_loose_words(parts: list[Token]) -> bool:
    """Whether there are words, or free tags, outside every tag of structure."""
    depth = 0
    for part in parts:
        if isinstance(part, Tag):
            if part.name in STRUCTURE and not part.is_void:
                depth += -1 if part.is_close else 1
        elif depth <= 0 and part.strip():
            return True
    return False


def _meaningful(parts: list[Token]) -> Counter[str]:
    """How often each tag stands there that a translator may not leave out or add."""
    return Counter(
        str(part)
        for part in parts
        if isinstance(part, Tag) and not part.is_free and not part.is_close
    )
