"""The form of the pieces that are written: one field a piece, by its place on the sheet.

A field that the form does not send (a piece that was not there when it was opened) keeps its
words; too long a text is refused with everything that was typed still in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.forms import Media, Widget
from django.utils.safestring import SafeString
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.languages import codes
from cms.languages.segments import Pair

from . import rich_text
from .labels import label_of

PREFIX = "piece-"


@dataclass
class PieceField:
    """One piece in the form. `value`: as it is stored; `errors`: sentences."""

    pair: Pair
    number: int
    widget: Widget
    value: str
    errors: list[str]

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.pair.key}"

    @property
    def id(self) -> str:
        return f"piece-{self.number}"

    def __str__(self) -> SafeString:
        value = rich_text.well_formed(self.value) if self.pair.kind == "html" else self.value
        attrs = {"id": self.id, "aria-describedby": f"{self.id}-about"}
        if self.errors:
            attrs["aria-invalid"] = "true"
        return self.widget.render(self.name, value, attrs=attrs)


class PieceForm:
    """Fields for these pairs. `data`: what was sent, if anything; `drafts`: {key: text} to show
    in place of what is stored (what was typed and could not be saved)."""

    def __init__(
        self,
        pairs: list[Pair],
        target: str,
        *,
        data: Any = None,
        drafts: Mapping[str, str] | None = None,
    ) -> None:
        self.target = codes.get(target)
        self.texts: dict[str, str] = {}
        self.fields: dict[str, PieceField] = {}
        for number, pair in enumerate(pairs, 1):
            value = (drafts or {}).get(pair.key, pair.target)
            made = PieceField(pair, number, self._widget(pair), value, [])
            self.fields[pair.key] = made
            if data is not None and made.name in data:
                self._read(made, data)
        if data is not None:
            self._read_others(data)

    def _widget(self, pair: Pair) -> Widget:
        attrs = {"lang": self.target.code, "dir": self.target.direction}
        if pair.kind == "html":
            return rich_text.editor(pair.features, name=label_of(pair), attrs=attrs)
        attrs["aria-label"] = label_of(pair)
        if not pair.lines:
            attrs["data-one-line"] = ""
        return AdminAutoHeightTextInput(attrs=attrs)

    def _read(self, made: PieceField, data: Any) -> None:
        if made.pair.kind == "html":
            made.value = rich_text.read(made.widget, data, made.name)
        else:
            made.value = _clean(data[made.name], lines=made.pair.lines)
        try:
            ProhibitNullCharactersValidator()(made.value)
            if made.pair.max_length:
                MaxLengthValidator(made.pair.max_length)(made.value)
        except ValidationError as error:
            made.errors = error.messages
        self.texts[made.pair.key] = made.value

    def _read_others(self, data: Any) -> None:
        """Words for pieces that were there when the form was opened and are not any more."""
        for name in data:
            key = name.removeprefix(PREFIX)
            if name.startswith(PREFIX) and key not in self.fields:
                self.texts[key] = data[name].replace("\x00", "")

    @property
    def is_valid(self) -> bool:
        return not any(made.errors for made in self.fields.values())

    @property
    def media(self) -> Media:
        """Of each kind of editor once: adding up those of every piece takes most of the time."""
        kinds = {made.pair.features: made.widget for made in self.fields.values()}
        return sum((widget.media for widget in kinds.values()), Media())


def _clean(text: str, *, lines: bool) -> str:
    text = text.replace("\r\n", "\n").strip()
    return text if lines else " ".join(text.split("\n"))
