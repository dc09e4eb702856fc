"""Other forms of a word than the one in the text, by rules that know nothing of our analysis.

Rules of number, gender, case and person, and what Arabic writes onto a word. They are what a
school grammar says; a form that does not exist in the language may come out of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_Rule = tuple[str, Sequence[str]]
"""An ending, and those it may be exchanged for."""

_ENGLISH: tuple[_Rule, ...] = (
    ("men", ("man",)),
    ("children", ("child",)),
    ("ies", ("y",)),
    ("sses", ("ss",)),
    ("ches", ("ch",)),
    ("xes", ("x",)),
    ("ing", ("ed", "es", "ing")),
    ("ied", ("y", "ies", "ying")),
    ("ated", ("ate", "ates", "ating")),
    ("ized", ("ize", "izes", "izing")),
    ("ate", ("ates", "ated", "ating")),
    ("ise", ("ises", "ised", "ising")),
    ("ize", ("izes", "ized", "izing")),
    ("ss", ("sses",)),
    ("us", ()),
    ("is", ()),
    ("s", ("", "'s")),
    ("ch", ("ches",)),
    ("sh", ("shes",)),
    ("x", ("xes",)),
    ("ay", ("ays",)),
    ("ey", ("eys",)),
    ("y", ("ies",)),
    ("man", ("men",)),
    ("ed", ("ing", "ed")),
    ("", ("s", "'s", "s")),
)
_FRENCH: tuple[_Rule, ...] = (
    ("eaux", ("eau",)),
    ("aux", ("al", "ale", "ales")),
    ("eau", ("eaux",)),
    ("al", ("aux", "ale", "ales")),
    ("ales", ("al", "aux")),
    ("ale", ("aux", "ales", "al")),
    ("ives", ("if", "ifs")),
    ("ive", ("if", "ives")),
    ("ifs", ("ive", "if")),
    ("if", ("ive", "ifs")),
    ("euses", ("eux",)),
    ("euse", ("eux",)),
    ("eux", ("euse", "euses")),
    ("elles", ("el", "els")),
    ("elle", ("el", "elles")),
    ("els", ("elle", "el")),
    ("el", ("elle", "els")),
    ("iennes", ("ien", "iens")),
    ("ienne", ("ien", "iennes")),
    ("iens", ("ienne", "ien")),
    ("ien", ("ienne", "iens")),
    ("ées", ("é", "és", "er")),
    ("ée", ("é", "ées", "er")),
    ("és", ("é", "ée", "er")),
    ("ité", ("ités",)),
    ("é", ("ée", "és")),
    ("ants", ("ant", "antes")),
    ("ant", ("ants", "ante")),
    ("er", ("é", "ée", "és", "ant", "ent", "era")),
    ("sse", ("sses",)),
    ("ous", ()),
    ("s", ("",)),
    ("x", ()),
    ("z", ()),
    ("", ("s",)),
)
_SPANISH: tuple[_Rule, ...] = (
    ("iones", ("ión",)),
    ("ión", ("iones",)),
    ("ces", ("z",)),
    ("ados", ("ado", "ada", "adas")),
    ("adas", ("ado", "ada", "ados")),
    ("ado", ("ados", "ada", "adas")),
    ("ada", ("adas", "ado", "ados")),
    ("idad", ("idades",)),
    ("idades", ("idad",)),
    ("ales", ("al",)),
    ("ores", ("or", "ora")),
    ("tades", ("tad",)),
    ("ar", ("an", "ado", "ando", "ará", "aron")),
    ("er", ("en", "ido", "iendo")),
    ("ir", ("en", "ido", "iendo")),
    ("z", ("ces",)),
    ("al", ("ales",)),
    ("or", ("ores", "oras")),
    ("icos", ("ico", "ica", "icas")),
    ("icas", ("ico", "ica", "icos")),
    ("ico", ("icos", "ica", "icas")),
    ("ica", ("icas", "ico", "icos")),
    ("os", ("o",)),
    ("as", ("a",)),
    ("es", ("e",)),
    ("is", ()),
    ("o", ("os",)),
    ("a", ("as",)),
    ("e", ("es",)),
    ("d", ("des",)),
    ("l", ("les",)),
    ("n", ("nes",)),
    ("r", ("res",)),
)


def _case(endings: str) -> list[_Rule]:
    """Endings of one declension, each exchanged for the others."""
    forms = endings.split()
    return [(form, [other for other in forms if other != form]) for form in forms]


_RUSSIAN: tuple[_Rule, ...] = tuple(
    sorted(
        (
            *_case("ение ения ению ением ении ений ениям ениями ениях"),
            *_case("ание ания анию анием ании аний аниям аниями аниях"),
            *_case("ция ции цию цией ций циям циями циях"),
            *_case("ость ости остью остей остям остями остях"),
            *_case("ство ства ству ством стве ствам ствами ствах"),
            *_case("ный ная ное ные ного ной ному ным ную ных ными"),
            *_case("ский ская ское ские ского ской скому ским скую ских скими"),
            *_case("вый вая вое вые вого вой вому вым вую вых выми"),
            *_case("тель теля телю телем теле тели телей телям телями телях"),
            *_case("ика ики ике ику икой икам иками иках"),
            *_case("ина ины ине ину иной инам инами инах"),
            *_case("тор тора тору тором торе торы торов торам торами торах"),
            *_case("нт нта нту нтом нте нты нтов нтам нтами нтах"),
            *_case("рт рта рту ртом рте рты ртов ртам ртами ртах"),
            *_case("ка ки ке ку кой кам ками ках"),
            *_case("да ды де ду дой дам дами дах"),
            *_case("на ны не ну ной нам нами нах"),
            *_case("ать ают ает ал али ала"),
            *_case("ить ят ит ил или ила"),
            ("ец", ("ца", "цу", "цев", "цам", "цами")),
            ("цы", ("ец", "цев", "цам", "цами", "цах")),
            ("цев", ("ец", "цы", "цам", "цами", "цах")),
        ),
        key=lambda rule: -len(rule[0]),
    )
)

_RULES = {"en": _ENGLISH, "fr": _FRENCH, "es": _SPANISH, "ru": _RUSSIAN}
_LETTERS = re.compile(r"[^\W\d_]+")


def inflected(word: str, language: str, rng: random.Random) -> str:
    """Another form of a lower-case word; the word itself where no rule knows one."""
    if not _LETTERS.fullmatch(word):
        return word
    if language == "ar":
        return _arabic(word, rng)
    for ending, others in _RULES.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: len(word) - len(ending)] + rng.choice(list(others)) if others else word
    return word


_Change = Callable[[str], str]


def _arabic(word: str, rng: random.Random) -> str:
    bare = word
    for clitic in ("وال", "بال", "فال", "كال", "ال", "ولل", "لل"):
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            bare = word[len(clitic) :]
            break
    was_defined = bare != word
    changes: list[_Change] = [lambda one: f"ال{one}", lambda one: f"وال{one}"]
    changes += [lambda one: f"بال{one}", lambda one: f"لل{one}", lambda one: f"فال{one}"]
    if len(bare) >= 4:
        changes += [lambda one: f"و{one}", lambda one: f"ب{one}", lambda one: f"ل{one}"]
        changes += [lambda one: f"ك{one}", lambda one: f"ف{one}"]
    if was_defined:
        changes += [lambda one: one] * 3
    if bare.endswith("ة") and len(bare) > 4:
        changes += [lambda one: f"{one[:-1]}ات", lambda one: f"ال{one[:-1]}ات"]
        changes += [lambda one: f"{one[:-1]}تها", lambda one: f"{one[:-1]}تهم"]
    elif bare.endswith("ات") and len(bare) > 5:
        changes += [lambda one: f"{one[:-2]}ة", lambda one: f"ال{one[:-2]}ة"]
        changes += [lambda one: f"{one}ها", lambda one: f"{one}هم"]
    elif bare.endswith(("ية", "ي")) and len(bare) > 4:
        stem = bare.removesuffix("ة").removesuffix("ي")
        changes += [lambda one: f"{stem}ي", lambda one: f"{stem}ية", lambda one: f"{stem}يين"]
    elif not bare.endswith(("ا", "ء", "ى")) and len(bare) >= 4:
        changes += [lambda one: f"{one}ها", lambda one: f"{one}هم", lambda one: f"{one}ه"]
    return rng.choice(changes)(bare)
