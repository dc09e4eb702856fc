"""Documents and the registry refuse what would go wrong later."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from search import registry
from search.documents import InvalidDocument, objects_of
from search.registry import BuilderError, builder_for, builders, register_builder
from tests.search.conftest import Notes
from tests.search.factories import document


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"key": "12"}, "not an object's key"),
        ({"key": "page:"}, "not an object's key"),
        ({"language": "de"}, "not one of ar, zh, en, fr, ru, es"),
        ({"language": "zh-hans"}, "not one of"),
        ({"audience": ""}, "who may find it"),
        ({"date": datetime(2024, 1, 1)}, "time zone"),
        ({"date": date(2024, 1, 1)}, "time zone"),
    ],
)
def test_a_wrong_document_is_refused_by_name(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidDocument, match=message):
        document(**wrong)


@pytest.mark.parametrize("field", ["site", "kind", "audience"])
def test_the_languages_of_an_object_agree_on_where_it_belongs(field: str) -> None:
    with pytest.raises(InvalidDocument, match=f"differ in {field}"):
        objects_of([document(), document(language="fr", **{field: "other"})])


def test_a_language_is_given_once() -> None:
    with pytest.raises(InvalidDocument, match="given twice"):
        objects_of([document(), document()])


def test_documents_are_put_together_by_object() -> None:
    objects = objects_of(
        [document("a:1"), document("b:1"), document("a:1", "fr", version=7)],
    )
    assert {key: len(item.documents) for key, item in objects.items()} == {"a:1": 2, "b:1": 1}
    assert objects["a:1"].version == 7


@pytest.fixture
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_builders", {})


@pytest.mark.usefixtures("empty_registry")
def test_a_builder_is_found_by_its_prefix() -> None:
    notes = Notes()
    register_builder("note", notes)
    assert builder_for("note") is notes
    assert builders() == {"note": notes}


@pytest.mark.usefixtures("empty_registry")
def test_a_prefix_belongs_to_one_builder() -> None:
    class Other(Notes):
        pass

    register_builder("note", Notes())
    register_builder("note", Notes())
    with pytest.raises(BuilderError, match="belongs to Notes already"):
        register_builder("note", Other())


@pytest.mark.parametrize("prefix", ["", "a:b"])
def test_a_prefix_without_sense_is_refused(prefix: str) -> None:
    with pytest.raises(BuilderError, match="no prefix"):
        register_builder(prefix, Notes())
