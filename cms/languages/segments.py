"""An object's text in pieces, each piece of the source beside what translates it.

What translators, exchange files and machines work on: `pairs` gives the pieces, `fill` puts
translations back, `copy_structure` makes the blocks that a translation lacks. Images, links to
pages, numbers and choices are no pieces: they come along when a block is made. So are texts that
are the same in every language (`blocks.family.Family.common`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst
from wagtail.fields import RichTextField, StreamField

from . import codes
from .fields import column, translated_fields
from .pieces import ABSENT, Parts, Place, Wish, shown


@dataclass(frozen=True)
class Pair:
    """One piece of source beside the piece of target that translates it.

    `key`: stable, "title" or "body.<source block's id>.heading" ("+" before the id of a block that
    only the target has); `field`: "title", "body"; `block`: id of the top-level source block, ""
    for a plain field or a piece of the target only; `kind`: "text" or "html" (Wagtail's own stored
    form of rich text); `label`: what the editor calls it, in the active language; `source`,
    `target`: "" where there is none. `heading`, `part`: the label in two, the block and what is in
    it ("" where it is all of it). `features`: of the rich text editor; `max_length`:
    characters, None without a limit; `lines`: whether a text may have several.
    """

    key: str
    field: str
    block: str
    kind: str
    label: str
    source: str
    target: str
    heading: str = ""
    part: str = ""
    features: tuple[str, ...] = ()
    max_length: int | None = None
    lines: bool = False


class UnknownPiece(LookupError):
    """Raised for a key that names no piece of an object; the message says which."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            f"{key!r} is no piece of this text: it may have been removed since. Take the keys "
            "from cms.languages.segments.pairs()."
        )


class SameLanguage(ValueError):
    """Raised where a language is to be translated into itself."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Source and target are both {code!r}: choose two languages.")


def pairs(instance: models.Model, source: str, target: str) -> list[Pair]:
    """The pieces in which either language says something, in the source's reading order.

    Raises UnknownLanguage, SameLanguage.
    """
    return [pair for pair in _all_pairs(instance, source, target) if pair.source or pair.target]


def fill(instance: models.Model, source: str, target: str, texts: Mapping[str, str]) -> None:
    """Set the target's texts by the pairs' keys; nothing is saved.

    A block that the target lacks is made, with the source block's id and all that is no text.
    Other texts and other languages are left as they are. Raises UnknownPiece before anything is
    set.
    """
    known = {pair.key for pair in _all_pairs(instance, source, target)}
    for key in texts:
        if key not in known:
            raise UnknownPiece(key)
    for field in _text_fields(instance):
        own = {key: text for key, text in texts.items() if _is_of(key, field.name)}
        if not own:
            continue
        if isinstance(field, StreamField):
            stream = _stream(instance, field, source, target)
            setattr(instance, column(field.name, target), stream.written(Wish(own)))
        else:
            _set_plain(instance, field, target, own[field.name])


def copy_structure(
    instance: models.Model,
    source: str,
    target: str,
    *,
    blocks: Collection[str] | None = None,
    with_text: bool = False,
) -> None:
    """Make the target's blocks like the source's; nothing is saved, and no text is ever lost.

    Without `blocks`, all that are missing are made and the order becomes the source's; what only
    the target has stays. With `blocks` (ids of source blocks), those alone are made, and what is
    no text in them (images, links, numbers) becomes the source's. `with_text`: texts that are
    empty take the source's words.
    """
    _check_languages(source, target)
    for field in _text_fields(instance):
        if isinstance(field, StreamField):
            # A block that is named is the editor's choice: it takes the source's images as well.
            wish = Wish(everything=True, values=blocks is not None, words=with_text)
            stream = _stream(instance, field, source, target)
            setattr(instance, column(field.name, target), stream.written(wish, only=blocks))
        elif with_text and blocks is None and not shown(_value(instance, field, target)):
            _set_plain(instance, field, target, shown(_value(instance, field, source)))


_TAG = re.compile(r"<[^>]*>")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_VOWEL_SIGNS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670]")
_WORD = re.compile(r"[^\W_]+(?:['’.,:/()-]+[^\W_]+)*")


def words(text: str, language: str) -> int:
    """How much there is to translate: words; in Chinese, characters and the words between them.

    `text` may be HTML. A number, a symbol (A/RES/79/1) and an elided article with its noun are
    each one word. Raises UnknownLanguage.
    """
    codes.get(language)
    plain = _VOWEL_SIGNS.sub("", html.unescape(_TAG.sub(" ", text)))
    han = len(_HAN.findall(plain))
    # In other languages too a Chinese name counts by character: it has no spaces to count by.
    return han + len(_WORD.findall(_HAN.sub(" ", plain)))


# --- fields ----------------------------------------------------------------------------------


def _text_fields(instance: models.Model) -> Iterator[Any]:
    meta = type(instance)._meta
    for name in translated_fields(type(instance)):
        field = meta.get_field(name)
        if isinstance(field, models.URLField | models.EmailField | models.SlugField):
            continue
        if isinstance(field, StreamField | models.CharField | models.TextField):
            yield field


def _all_pairs(instance: models.Model, source: str, target: str) -> Iterator[Pair]:
    """Every piece, also those that are empty in both languages."""
    _check_languages(source, target)
    for field in _text_fields(instance):
        if not isinstance(field, StreamField):
            yield _plain_pair(instance, field, source, target)
            continue
        stream = _stream(instance, field, source, target)
        for couple in stream.couples:
            block = stream.source_parts[couple[0]].id if couple[0] is not None else ""
            for place in stream.places_of(couple):
                yield _pair(place, field.name, block)


def _pair(place: Place, field: str, block: str) -> Pair:
    return Pair(field=field, block=block, **vars(place))


def _plain_pair(instance: models.Model, field: Any, source: str, target: str) -> Pair:
    rich = isinstance(field, RichTextField)
    return Pair(
        key=field.name,
        field=field.name,
        block="",
        kind="html" if rich else "text",
        label=str(capfirst(field.verbose_name)),
        source=shown(_value(instance, field, source)),
        target=shown(_value(instance, field, target)),
        heading=str(capfirst(field.verbose_name)),
        features=tuple(field.features or ()) if rich else (),
        max_length=None if rich else field.max_length,
        lines=isinstance(field, models.TextField),
    )


def _is_of(key: str, field: str) -> bool:
    return key == field or key.startswith(f"{field}.")


def _check_languages(source: str, target: str) -> None:
    codes.get(source)
    codes.get(target)
    if source == target:
        raise SameLanguage(source)


def _value(instance: models.Model, field: Any, code: str) -> Any:
    return getattr(instance, column(field.name, code))


def _set_plain(instance: models.Model, field: Any, target: str, text: str) -> None:
    if shown(_value(instance, field, target)) != text:
        setattr(instance, column(field.name, target), text)


def _stream(instance: models.Model, field: Any, source: str, target: str) -> Parts:
    ours, theirs = (
        value.get_prep_value() if (value := _value(instance, field, code)) else ABSENT
        for code in (source, target)
    )
    return Parts(field.stream_block, ours, theirs, field.name)
