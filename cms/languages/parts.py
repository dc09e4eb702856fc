"""The parts of an object's words in one language: its fields, and the blocks of its streams.

Staleness is told part by part, so that a translator sees which block has changed. A part is known
by the digest of what a reader could see (`fingerprints`), never by its id alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .fingerprints import fingerprint, is_empty

#: {field: [[id of the block or "", digest, words], …]}
Parts = dict[str, list[list[Any]]]

_TAG = re.compile(r"<[^>]*>")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
#: Digits of a digest: enough to tell the wordings of one page's part from one another.
LENGTH = 12


def parts_of(values: Mapping[str, Any], language: str) -> Parts:
    """The parts of {field: value} of one language; empty fields have none."""
    found: Parts = {}
    for field, value in values.items():
        told = [
            [block, digest, count_words(content, language)]
            for block, content in contents(value)
            if (digest := digest_of(content))
        ]
        if told:
            found[field] = told
    return found


def contents(value: Any) -> Iterator[tuple[str, Any]]:
    """(id of the block or "", content) of each part of a field's value."""
    prepared = getattr(value, "get_prep_value", None)
    if not callable(prepared):
        yield "", value
        return
    for block in prepared():
        yield block.get("id") or "", {"type": block["type"], "value": block["value"]}


def gaps_between(
    source: Mapping[str, Any], target: Mapping[str, Any], language: str
) -> list[list[Any]]:
    """[[field, block, words], …]: parts of the source that the target leaves empty, where it has a
    place for them (a field, or a block with the same id). `language`: the source's."""
    found = []
    for field, value in source.items():
        there = dict(contents(target.get(field)))
        for block, content in contents(value):
            if block in there and _lacks(content, there[block]):
                found.append([field, block, count_words(content, language)])
    return found


def _lacks(source: Any, target: Any) -> bool:
    """Whether some text of the source has nothing beside it, in two values of one shape."""
    if isinstance(source, str):
        return not is_empty(source) and isinstance(target, str | None) and is_empty(target)
    if isinstance(source, Mapping) and isinstance(target, Mapping):
        return any(_lacks(value, target.get(key)) for key, value in source.items() if key != "id")
    if isinstance(source, list | tuple) and isinstance(target, list | tuple):
        return any(_lacks(*both) for both in zip(source, target, strict=False))
    return False


def digest_of(content: Any) -> str:
    """The digest of a part's content, "" for an empty one."""
    if isinstance(content, Mapping) and is_empty(content.get("value")):
        return ""
    return fingerprint({"": content})[:LENGTH]


def count_words(content: Any, language: str) -> int:
    """Words of all the texts in a part; Chinese is counted by its characters, as translators do."""
    return sum(_count(text, language) for text in _texts(content))


def _count(text: str, language: str) -> int:
    plain = _TAG.sub(" ", text)
    return len(_CHINESE.findall(plain)) if language == "zh" else len(plain.split())


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if key not in ("id", "type"):
                yield from _texts(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _texts(value)
