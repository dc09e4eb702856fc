"""Texts to find, from units that exist in all six languages, and texts that are in the way.

To find: the articles of the Universal Declaration and of the Charter, the Sustainable Development
Goals and targets, the labels of the thesaurus, in six languages; the Security Council's
resolutions and the Third Committee's drafts, in English. In the way (`noise`): paragraphs of the
general debate and of resolutions in English, and sentences of the same units, shuffled word by
word and language by language.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from search.analysis import LANGUAGES
from search.documents import Document

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

_ALIGNED = {
    "udhr": ("udhr_articles.csv", "article"),
    "charter": ("charter_articles.csv", "article"),
    "goal": ("sdg_goals.csv", "key"),
    "target": ("sdg_targets.csv", "key"),
    "unbis": ("unbis_concepts.csv", "id"),
}
_RESOLUTIONS = "sc_resolution_texts.jsonl"
_DRAFTS = "third_committee_78_drafts.csv"
_SPEECHES = "general_debate_2010_2023.jsonl.gz"
_TITLE = 60
_PARAGRAPH = 700
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Item:
    """Something to find: its texts as (title, body) by language."""

    key: str
    kind: str
    texts: dict[str, tuple[str, str]]
    symbol: str = ""
    day: datetime | None = None
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def documents(self) -> list[Document]:
        """What goes into the index."""
        return [
            Document(
                key=self.key,
                language=language,
                site="bench",
                kind=self.kind,
                audience="public",
                url=f"/{language}/{self.key}",
                title=title,
                body=body,
                symbol=self.symbol,
                date=self.day,
                languages=tuple(self.texts),
                facets=self.facets,
            )
            for language, (title, body) in self.texts.items()
        ]

    def text(self, language: str) -> str:
        """Title and body in one language; "" where there is none."""
        title, body = self.texts.get(language, ("", ""))
        return f"{title} {body}" if body else title


def missing() -> str:
    """What keeps the texts from being read, in a sentence; "" if nothing."""
    names = [*(file for file, _ in _ALIGNED.values()), _RESOLUTIONS, _DRAFTS, _SPEECHES]
    absent = [name for name in names if not (DATA / name).exists()]
    return f"The shared data ({', '.join(absent)}) is not in {DATA}." if absent else ""


def items() -> list[Item]:
    """All there is to find, some 7,500 objects."""
    return [*_aligned(), *_resolutions(), *_drafts()]


def _aligned() -> Iterator[Item]:
    for kind, (file, column) in _ALIGNED.items():
        with (DATA / file).open(encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows)):
                texts = {code: _BLANKS.sub(" ", row[code]).strip() for code in LANGUAGES}
                yield Item(
                    key=f"{kind}:{number}-{row[column]}",
                    kind=kind,
                    texts={
                        code: (text, "") if kind == "unbis" else (_beginning(text), text)
                        for code, text in texts.items()
                        if text
                    },
                )


def _beginning(text: str) -> str:
    """The first words of a text that has no title."""
    return text if len(text) <= _TITLE else text[:_TITLE].rsplit(" ", 1)[0]


def _resolutions() -> Iterator[Item]:
    with (DATA / _RESOLUTIONS).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            yield Item(
                key=f"resolution:{number}",
                kind="resolution",
                texts={"en": (f"Security Council resolution {row['symbol'][6:]}", row["text"])},
                symbol=row["symbol"],
                day=datetime(row["year"], 6, 1, tzinfo=UTC) + timedelta(days=number % 180),
            )


def _drafts() -> Iterator[Item]:
    with (DATA / _DRAFTS).open(encoding="utf-8", newline="") as rows:
        for number, row in enumerate(csv.DictReader(rows)):
            yield Item(
                key=f"draft:{number}",
                kind="draft",
                texts=dict.fromkeys(("en", "fr", "ar"), (row["title"] or row["symbol"], "")),
                symbol=row["symbol"],
            )


def noise(amount: int, seed: str = "noise") -> Iterator[Item]:
    """`amount` objects that nobody looks for: five of eight in English, the others spread over
    the other languages. Endless texts are made by beginning again, shuffled anew."""
    rng = random.Random(seed)
    english = _paragraphs(rng)
    others = {code: _shuffled(code, rng) for code in LANGUAGES if code != "en"}
    turns = cycle(["en", "ar", "en", "zh", "en", "fr", "en", "ru", "en", "es", *["en"] * 3])
    bodies = ("GA", "SC", "ECOSOC", "HRC")
    for number in range(amount):
        language = next(turns)
        text = next(english if language == "en" else others[language])
        yield Item(
            key=f"noise:{number}",
            kind="speech" if language == "en" else "note",
            texts={language: (_beginning(text), text)},
            day=datetime(1946, 1, 1, tzinfo=UTC) + timedelta(days=rng.randrange(29_000)),
            facets={
                "body": (rng.choice(bodies),),
                "subject": (f"s{rng.randrange(400)}", f"s{rng.randrange(400)}"),
                "session": (str(rng.randrange(1, 80)),),
            },
        )


def _paragraphs(rng: random.Random) -> Iterator[str]:
    """Paragraphs of the general debate, one of four resolutions' between; then shuffled ones."""
    pool: list[str] = []
    with gzip.open(DATA / _SPEECHES, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in _cut(json.loads(line)["text"]):
                pool.append(paragraph)
    rng.shuffle(pool)
    yield from pool
    while True:
        first, second = rng.choice(pool), rng.choice(pool)
        yield f"{first[: len(first) // 2]} {second[len(second) // 2 :]}"


def _cut(text: str) -> Iterator[str]:
    """A long text in pieces of about one paragraph, at the ends of sentences."""
    piece = ""
    for sentence in re.split(r"(?<=[.!?])\s+", _BLANKS.sub(" ", text)):
        piece = f"{piece} {sentence}".strip()
        if len(piece) >= _PARAGRAPH:
            yield piece
            piece = ""
    if piece:
        yield piece


def _shuffled(language: str, rng: random.Random) -> Iterator[str]:
    """Sentences of a language's words in an order that says nothing."""
    texts = [item.text(language) for item in _aligned() if item.kind != "unbis"]
    labels = [item.text(language).lower() for item in _aligned() if item.kind == "unbis"]
    if language == "zh":
        pool = [part for text in texts for part in re.split(r"[,,。;:;、\s]+", text) if part]
    else:
        pool = [word for text in texts for word in text.split()]
    pool += [word for label in labels for word in label.split()]
    blank = "" if language == "zh" else " "
    while True:
        yield blank.join(rng.choices(pool, k=rng.randint(20, 90)))
