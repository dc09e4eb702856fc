"""Our interface's catalogues: extracted, compiled and checked without any system tool.

The source strings are English; `locale/<django code>/LC_MESSAGES/django.po` holds each language,
English included (its plural forms are needed). Extraction reads Python and Django templates with
Babel; a template is first turned into Python by Django's own `templatize`.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from . import codes

DOMAIN = "django"
#: Comment of entries whose translators doubted them; whoever has reviewed one deletes it.
WAITING = "native speaker: please review"

_KEYWORDS: dict[str, Any] = {  # Babel's: which arguments of a call are messages
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_COMMENTS = re.compile(r"{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
_SKIPPED = {"tests", "benchmarks", "migrations", "var", "node_modules", "locale", "docs"}
#: Plural rules of CLDR as gettext writes them; Arabic has six forms.
_PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 && n%100<=99 ? 4 : 5);",
    "zh": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    "es": "nplurals=2; plural=(n != 1);",
}


_NPLURALS = re.compile(r"nplurals=(\d+)")


@dataclass(frozen=True)
class Problem:
    """One entry that a catalogue lacks or has wrong."""

    language: str
    msgid: str
    reason: str

    def __str__(self) -> str:
        return f"{self.language}: {self.reason}: {self.msgid!r}"


def locale_name(language: codes.Language) -> str:
    """The folder of a language below `locale/`: Django's `zh-hans` is `zh_Hans`."""
    primary, _, script = language.django_code.partition("-")
    return f"{primary}_{script.title()}" if script else primary


def po_path(locale_dir: Path, language: codes.Language) -> Path:
    """Where a language's catalogue lies."""
    return locale_dir / locale_name(language) / "LC_MESSAGES" / f"{DOMAIN}.po"


def source_files(root: Path) -> Iterator[Path]:
    """Our own Python files and templates, in a stable order."""
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if any(part.startswith(".") or part in _SKIPPED for part in parts):
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts):
            yield path


def extract_messages(root: Path) -> Catalog:
    """Every translatable string of our own code and templates."""
    catalog = Catalog(project="missions", charset="utf-8")
    for path in source_files(root):
        origin = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # templatize turns a comment into one of Python, which would swallow what follows it.
            text = _COMMENTS.sub("", text)
            # One logical line: the blanked-out markup keeps its indentation, which is not Python's.
            text = " ".join(templatize(text, origin=origin).split("\n")).strip()
        found = extract(
            "python", io.BytesIO(text.encode()), keywords=_KEYWORDS, comment_tags=("Translators:",)
        )
        for _line, message, comments, context in found:
            # File names without line numbers: moving code does not touch the catalogues.
            catalog.add(message, locations=[(origin, 0)], auto_comments=comments, context=context)
    return catalog


def read_catalogue(locale_dir: Path, language: codes.Language) -> Catalog:
    """A language's catalogue as it stands; an empty one where there is no file."""
    path = po_path(locale_dir, language)
    if not path.exists():
        return Catalog(locale=locale_name(language), domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=locale_name(language), domain=DOMAIN)


def update_catalogue(locale_dir: Path, language: codes.Language, template: Catalog) -> int:
    """Bring a catalogue in line with the template; give the number of entries without text."""
    catalog = read_catalogue(locale_dir, language)
    # Babel moves the template's own message objects into the catalogue.
    catalog.update(copy.deepcopy(template), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    if language.code == "en":
        for message in catalog:
            if message.id:
                message.string = message.id
    path = po_path(locale_dir, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, include_lineno=False, omit_header=True)
    path.write_bytes(_header(language).encode() + buffer.getvalue())
    return sum(not _is_translated(message) for message in catalog if message.id)


def _header(language: codes.Language) -> str:
    return (
        'msgid ""\nmsgstr ""\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Language: {locale_name(language)}\\n"\n'
        f'"Plural-Forms: {_PLURALS[language.code]}\\n"\n\n'
    )


def compile_catalogues(locale_dir: Path) -> list[Path]:
    """Write every catalogue's binary form beside it, only where it would differ."""
    written = []
    for language in codes.LANGUAGES:
        catalog = read_catalogue(locale_dir, language)
        buffer = io.BytesIO()
        write_mo(buffer, catalog)
        path = po_path(locale_dir, language).with_suffix(".mo")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != buffer.getvalue():
            path.write_bytes(buffer.getvalue())
            written.append(path)
    return written


def waiting(locale_dir: Path, language: codes.Language) -> list[str]:
    """The msgids of a catalogue that wait for a native speaker, in the file's order."""
    return [
        _first(message)
        for message in read_catalogue(locale_dir, language)
        if message.id and any(WAITING in comment for comment in message.user_comments)
    ]


def problems(root: Path, locale_dir: Path) -> list[Problem]:
    """What is missing, fuzzy, stale or would break at run time, in all six languages."""
    template = extract_messages(root)
    found: list[Problem] = []
    for language in codes.LANGUAGES:
        catalog = read_catalogue(locale_dir, language)
        found += _problems_of_plurals(locale_dir, language)
        for message in template:
            if message.id:
                found += _problems_of(language.code, message, catalog)
        wanted = {(message.id, message.context) for message in template}
        found += [
            Problem(language.code, _first(message), "no longer used")
            for message in catalog
            if message.id and (message.id, message.context) not in wanted
        ]
    return found


def _problems_of(code: str, message: Message, catalog: Catalog) -> Iterator[Problem]:
    msgid = _first(message)
    own = catalog.get(message.id, context=message.context)
    if own is None or not _is_translated(own):
        yield Problem(code, msgid, "missing")
        return
    if own.fuzzy:
        yield Problem(code, msgid, "fuzzy")
    texts = [own.string] if isinstance(own.string, str) else list(own.string or ())
    for text in texts:
        # A plural's singular may leave the number out ("one vote").
        unknown = _placeholders(text) - _placeholders(" ".join(_all(message)))
        lost = _placeholders(msgid) - _placeholders(text) if len(texts) == 1 else set()
        if unknown or lost:
            names = ", ".join(sorted(unknown | lost))
            yield Problem(code, msgid, f"placeholders differ ({names})")


def _problems_of_plurals(locale_dir: Path, language: codes.Language) -> Iterator[Problem]:
    """Whether a catalogue's header has the language's rule, and its plurals as many forms.

    Read from the file itself: Babel puts in its own rule, and empty forms, where they are missing.
    """
    path = po_path(locale_dir, language)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    stated = "".join(re.findall(r'^"Plural-Forms: *(.*?)(?:\\n)?"$', text, re.MULTILINE))
    if _without_spaces(stated) != _without_spaces(_PLURALS[language.code]):
        yield Problem(language.code, "Plural-Forms", f"should be {_PLURALS[language.code]}")
    wanted = int(_NPLURALS.findall(_PLURALS[language.code])[0])
    for entry in re.split(r"\n\s*\n", text):
        numbers = [int(one) for one in re.findall(r"^msgstr\[(\d+)\]", entry, re.MULTILINE)]
        if numbers and numbers != list(range(wanted)):
            msgid = "".join(re.findall(r'^msgid "(.*)"$', entry, re.MULTILINE))
            yield Problem(language.code, msgid, f"has {len(numbers)} plural forms, not {wanted}")


def _without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))


def _all(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _first(message: Message) -> str:
    return _all(message)[0]


def _is_translated(message: Message) -> bool:
    if isinstance(message.string, str):
        return bool(message.string)
    return bool(message.string) and all(message.string or ())
