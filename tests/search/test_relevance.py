"""What people look for comes first, on real texts in six languages.

The texts are read from the folder of shared data beside the project; without it these tests are
skipped. Only texts that may be used freely are read: the Universal Declaration of Human Rights
and the Sustainable Development Goals; the labels of the thesaurus stand beside them in the index.
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from opencc import OpenCC

from search.analysis import LANGUAGES, query_terms
from search.documents import Document
from search.engines import engine_from_url
from search.engines.base import Engine
from tests.search.elasticsearch_server import engine_of_tests, needs_elasticsearch, wipe
from tests.search.factories import document, query

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = {"udhr": "udhr_articles.csv", "sdg": "sdg_targets.csv", "unbis": "unbis_concepts.csv"}

pytestmark = pytest.mark.skipif(
    not all((DATA / name).exists() for name in FILES.values()),
    reason=f"the shared data ({', '.join(FILES.values())}) is not in {DATA}",
)

INFLECTED = {
    "ar": {
        "udhr:5": "التعذيب والعقوبات القاسية", "udhr:4": "استعبادهم والرق",
        "udhr:26": "تعليم مجاني إلزامي", "udhr:15": "جنسيته",
        "udhr:24": "استراحة وأوقات الفراغ", "udhr:20": "اشتراك بالجمعيات السلمية",
    },
    "zh": {
        "udhr:5": "酷刑 刑罚", "udhr:4": "奴隸制度", "udhr:26": "免费教育",
        "udhr:15": "剥夺国籍", "udhr:24": "休息和閒暇", "udhr:20": "和平集会结社",
    },
    "en": {
        "udhr:5": "tortured and cruelly punished", "udhr:4": "slaves, slave trading",
        "udhr:26": "schools: free elementary educational stages",
        "udhr:15": "deprived of nationalities",
        "udhr:24": "resting, periodical paid holiday", "udhr:20": "peacefully assembling",
    },
    "fr": {
        "udhr:5": "tortures, peine cruelle", "udhr:4": "l'esclave et les servitudes",
        "udhr:26": "enseignements élémentaires gratuits", "udhr:15": "les nationalites",
        "udhr:24": "congé payé périodiquement", "udhr:20": "réunions et associations pacifiques",
    },
    "ru": {
        "udhr:5": "жестокие пытки", "udhr:4": "рабы, работорговли",
        "udhr:26": "бесплатные начальные образования", "udhr:15": "гражданством",
        "udhr:24": "оплаченные отпуска", "udhr:20": "мирное собрание и ассоциация",
    },
    "es": {
        "udhr:5": "las torturas y la pena cruel", "udhr:4": "esclavos y servidumbres",
        "udhr:26": "instrucciones elementales gratuitas", "udhr:15": "nacionalidades",
        "udhr:24": "vacación pagada periódica", "udhr:20": "reunión y asociación pacífica",
    },
}  # fmt: skip


def texts() -> dict[str, dict[str, str]]:
    found = {}
    for name, file in FILES.items():
        with (DATA / file).open(encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows)):
                key = f"{name}:{row.get('article') or number}"
                found[key] = {code: row[code] for code in LANGUAGES if row[code]}
    return found


@pytest.fixture(scope="module")
def corpus() -> dict[str, dict[str, str]]:
    return texts()


@pytest.fixture(
    scope="module", params=["embedded", pytest.param("elasticsearch", marks=needs_elasticsearch)]
)
def engine(
    corpus: dict[str, dict[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Engine]:
    if request.param == "embedded":
        engine = engine_from_url(f"embedded://{tmp_path_factory.mktemp('relevance')}")
    else:
        engine = engine_of_tests("relevance")
    with engine.rebuilding() as fresh:
        for key, row in corpus.items():
            fresh.add(_documents(key, row))
        with fresh.swapping():
            pass
    yield engine
    engine.close()
    if request.param == "elasticsearch":
        wipe("relevance")


def _documents(key: str, row: dict[str, str]) -> list[Document]:
    if key.startswith("unbis"):
        return [document(key, code, kind="subject", title=text) for code, text in row.items()]
    return [
        document(key, code, kind="article", title=" ".join(text.split()[:6])[:60], body=text)
        for code, text in row.items()
    ]


def reciprocal_rank(engine: Engine, *, text: str, language: str, key: str) -> float:
    hits = engine.search(query(text, language, kinds=("article",))).hits
    return next((1 / rank for rank, hit in enumerate(hits, 1) if hit.key == key), 0.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_inflected_words_find_their_article(engine: Engine, language: str) -> None:
    ranks = {
        text: reciprocal_rank(engine, text=text, language=language, key=key)
        for key, text in INFLECTED[language].items()
    }
    assert sum(ranks.values()) / len(ranks) >= 0.9, ranks


def without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(one for one in apart if not "\u0300" <= one <= "\u036f")


VARIANTS: dict[str, Callable[[str], str]] = {
    "ar with tatweel": lambda text: re.sub(r"(\w)(\w)", r"\1ـ\2", text, count=3),
    "ar with vowel marks": lambda text: "".join(f"{one}\u064e" for one in text),
    "ar without hamza": lambda text: text.translate(str.maketrans("أإآةى", "اااهي")),
    "zh in traditional characters": OpenCC("s2t").convert,
    "en in capitals": str.upper,
    "fr without accents": without_accents,
    "ru without ё": lambda text: text.replace("ё", "е"),
    "es without accents": without_accents,
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_words_of_an_article_find_it_however_they_are_written(
    engine: Engine, corpus: dict[str, dict[str, str]], variant: str
) -> None:
    language = variant[:2]
    rng = random.Random(variant)
    ranks = {}
    for key, row in corpus.items():
        if key.startswith("unbis"):
            continue
        text = unicodedata.normalize("NFC", row[language])
        words = [word for word in re.findall(r"[\w\u064b-\u0652\u0640]+", text) if len(word) > 3]
        chosen = " ".join(
            word[:8] if language == "zh" else word for word in rng.sample(words, min(5, len(words)))
        )
        if query_terms(chosen, language):
            typed = VARIANTS[variant](chosen)
            ranks[typed] = reciprocal_rank(engine, text=typed, language=language, key=key)
    assert len(ranks) > 150
    assert sum(ranks.values()) / len(ranks) >= 0.95, [t for t, r in ranks.items() if r < 1]


def test_every_document_is_counted(engine: Engine, corpus: dict[str, dict[str, str]]) -> None:
    assert engine.count() == len(corpus) > 6_000
    with_word = sum(
        any(
            "2030" in re.findall(r"\d+", unicodedata.normalize("NFKC", text))
            for text in row.values()
        )
        for row in corpus.values()
    )
    assert engine.search(query("2030", "ar")).total == with_word > 50
