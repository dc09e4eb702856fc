"""What a symbol says, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..ordering import natural_key
from .vocabulary import MAIN_COMMITTEES, MODIFIERS, NATURES, ORGANS


@dataclass(frozen=True)
class Modifier:
    """What a document does to another: `kind` ("Rev", "Add", "Corr", "Amend", "Summary", "*"),
    `number` ("1", "1-3", "" for none), `text` as printed, with the slash before it, `part` of it in
    brackets as in the key ("(PARTII)")."""

    kind: str
    number: str
    text: str
    part: str = ""

    @property
    def relation(self) -> str:
        """ "revision", "addendum", "corrigendum", "amendment"; "" where it is none of these."""
        return MODIFIERS.get(self.kind.upper(), ("", ""))[1]


@dataclass(frozen=True)
class ParsedSymbol:
    """A symbol taken apart; made by `parse_symbol`. Texts are "" where the symbol has no such part.

    `stem`, `stem_key`: all before the modifiers, as printed and as in the key. `organ`: the first
    piece, capitals. `bodies`: the pieces of subsidiary bodies, from the highest ("CN.4", "SUB.2").
    `session`: of a body, as printed: "79", "S-10", "XX"; `session_number`: decoded, without the S;
    `year`: where the symbol has a year for a session. `series`: code of the nature, "L", "RES".
    `number`: within the series, "" for none. `part`: "A", "A-B", "Part I", "Resumption 1".
    `others`: pieces that no rule speaks of, such as a State's code in "CCPR/C/USA/CO/4".
    """

    stem: str
    stem_key: str
    organ: str
    bodies: tuple[str, ...] = ()
    session: str = ""
    session_number: int | None = None
    year: int | None = None
    series: str = ""
    number: str = ""
    part: str = ""
    others: tuple[str, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    siblings: str = ""

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """As printed."""
        return self.stem + "".join(modifier.text for modifier in self.modifiers)

    @cached_property
    def key(self) -> str:
        """The one spelling for looking up: "A/C.3/78/L.49/REV.1", "S/RES/1325(2000)"."""
        return self.stem_key + "".join(map(_modifier_key, self.modifiers))

    @property
    def order_key(self) -> str:
        """Sorts as people count, compared as plain text: A/RES/79/2 before A/RES/79/10."""
        return natural_key(self.key)

    @property
    def body(self) -> str:
        """The subsidiary body, the highest: "C.3", "CN.4", "HRC"; "" for the organ itself."""
        return self.bodies[0] if self.bodies else ""

    @property
    def filed_under(self) -> str:
        """The code by which the library files the body; "" for an organ that is not known.

        A Main Committee by its own code ("C.3"), and the Human Rights Council; else the organ.
        """
        if self.organ == "A" and (self.body in MAIN_COMMITTEES or self.body == "HRC"):
            return self.body
        return ORGANS.get(self.organ, "")

    @property
    def filed_session(self) -> str:
        """The session in Arabic numerals: "79", "20" (for XX), "S-6" (for S-VI)."""
        if self.session_number is None:
            return ""
        kind, _, rest = self.session.upper().partition("-")
        return f"{kind}-{self.session_number}" if rest else str(self.session_number)

    @property
    def document_type(self) -> str:
        """The type that the series says (a value of `DocumentType`); "" where it says none."""
        return NATURES.get(self.series, ("", ""))[0]

    @property
    def distribution(self) -> str:
        """ "limited", "restricted", or "" where the symbol does not say (general, as a rule)."""
        return NATURES.get(self.series, ("", ""))[1]

    def proposals(self) -> dict[str, object]:
        """{column of `Document`: value} of what the symbol says, for a document that is new."""
        said = {
            "body": self.filed_under,
            "session": self.filed_session,
            "year": self.year,
            "document_type": self.document_type,
            "distribution": self.distribution,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def relation(self) -> str:
        """How it stands to its parent: "revision", "addendum", "corrigendum", "amendment"; ""."""
        return self.modifiers[-1].relation if self.modifiers else ""

    def parent(self) -> ParsedSymbol | None:
        """The symbol without its last modifier; None for one that has none."""
        return self._with(self.modifiers[:-1]) if self.modifiers else None

    def root(self) -> ParsedSymbol:
        """The symbol without modifiers."""
        return self._with(()) if self.modifiers else self

    def _with(self, modifiers: tuple[Modifier, ...]) -> ParsedSymbol:
        names = set(self.__dataclass_fields__) - {"modifiers"}
        return ParsedSymbol(**{name: getattr(self, name) for name in names}, modifiers=modifiers)


def _modifier_key(modifier: Modifier) -> str:
    if modifier.kind == "*":
        return modifier.text
    number = f".{modifier.number}" if modifier.number else ""
    return f"/{modifier.kind.upper()}{number}{modifier.part}"
