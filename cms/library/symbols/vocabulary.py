"""The letters of document symbols and what they stand for.

Source: "United Nations Document Series Symbols, 1946-1996" (ST/LIB/SER.B/5/Rev.5) and the UN
library's research guide on document symbols, <https://research.un.org/en/docs/symbols>.
"""

from __future__ import annotations

#: Documents date from 1945; a year beyond the century is a slip of the finger.
YEARS = range(1945, 2101)

#: {first piece: code by which the library files the body}. Others are parsed and filed nowhere.
ORGANS = {"A": "GA", "S": "SC", "E": "ECOSOC", "T": "TC", "ST": "ST"} | {
    organ: organ
    for organ in (
        *("CAT", "CCPR", "CED", "CEDAW", "CERD", "CMW", "CRC", "CRPD", "HRI"),
        *("CTOC", "CAC", "DP", "FCCC", "HSP", "ICCD", "ID", "LOS", "SPLOS", "TD", "UNEP", "UNW"),
    )
}
MAIN_COMMITTEES = frozenset(f"C.{number}" for number in range(1, 7))

#: Series of subsidiary bodies, written with the body's number: C.3, CN.4, CONF.62, WG.II.
BODY_SERIES = frozenset(
    {"C", "AC", "CN", "CONF", "SC", "GC", "GCSS", "WG", "SUB", "SUBCOM", "COM", "PC", "PREPCOM"}
)
#: Bodies written by letters alone between the organ and the rest.
BODIES_IN_LETTERS = frozenset({"HRC", "C", "B", "PC", "COP", "CP", "GEN", "CORE", "OPSC", "OPAC"})

#: {letters: what they say}. The second is the proposed type, the third the distribution
#: (values of `DocumentType` and `Distribution`), "" where the letters do not say.
NATURES: dict[str, tuple[str, str]] = {
    "L": ("draft", "limited"),
    "R": ("", "restricted"),
    "RES": ("resolution", ""),
    "DEC": ("decision", ""),
    "PV": ("record", ""),
    "SR": ("record", ""),
    "PRST": ("statement", ""),
    "NGO": ("statement", ""),
    "CRP": ("", ""),
    "INF": ("", ""),
    "WP": ("", ""),
    "BUR": ("", ""),
    "PET": ("", ""),
    "MISC": ("", ""),
    "RT": ("record", ""),
    "SGB": ("", ""),
    "AI": ("", ""),
    "IC": ("", ""),
}
#: Those that stand in a piece of their own: A/RES/79/1. The others carry their number: L.49.
IN_OWN_PIECE = frozenset({"RES", "DEC", "PRST", "SGB", "AI", "IC"})

#: {letters: (as printed, how the document stands to the one that it modifies)}.
MODIFIERS = {
    "REV": ("Rev", "revision"),
    "ADD": ("Add", "addendum"),
    "CORR": ("Corr", "corrigendum"),
    "AMEND": ("Amend", "amendment"),
    "SUMMARY": ("Summary", ""),
}
REISSUE = "*"

#: Words in brackets that belong to a symbol; any other ("closed", "meeting held in …") is a
#: remark of whoever wrote it down.
BRACKET_WORDS = frozenset(
    {"ANNEX", "CHAP", "FASC", "FASCICLE", "FOREWORD", "INCOME SECT", "INTRODUCTION", "PART"}
    | {"PROG", "RESUMED", "RESUMPTION", "SECT", "SUPP", "VOL"}
)
