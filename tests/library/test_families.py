"""What revises, adds to, corrects and amends what."""

import pytest

from cms.access.audiences import PUBLIC
from cms.library.families import corrigenda_for, family, latest_revision
from cms.library.models import Document, DocumentRelation
from cms.library.relating import RelationRefused, propose_relations, relate, unrelate
from cms.library.suffixes import family_key, suffix_of

from .factories import DocumentFactory

pytestmark = pytest.mark.django_db


def make(*symbols, **values):
    return [DocumentFactory(symbol=symbol, **values) for symbol in symbols]


def edges():
    found = DocumentRelation.objects.order_by("document__order_key", "of__order_key")
    return [(edge.document.symbol, edge.kind, edge.of.symbol) for edge in found]


def test_the_end_of_a_symbol_says_what_it_is_of():
    assert suffix_of("A/C.3/78/L.49/REV.1*")[1:] == ("revision", 1)
    assert suffix_of("A/78/1/ADD.12").parent == "A/78/1"
    assert suffix_of("A/78/1/CORR.1").kind == "corrigendum"
    assert suffix_of("A/78/1/AMEND.1").kind == "amendment"
    assert suffix_of("A/RES/78/1") is None
    assert suffix_of("A/78/REV.X") is None
    assert family_key("A/C.3/78/L.49/REV.1/ADD.2/CORR.3") == "A/C.3/78/L.49"


def test_a_document_is_related_to_its_parent_by_symbol_when_it_is_saved():
    make("A/78/1", "A/78/1/Rev.1", "A/78/1/Add.2", "A/78/1/Corr.1", "A/78/1/Amend.1")
    make("A/78/1/Rev.1/Corr.1", "A/78/10/Add.1")
    assert edges() == [
        ("A/78/1/Add.2", "addendum", "A/78/1"),
        ("A/78/1/Amend.1", "amendment", "A/78/1"),
        ("A/78/1/Corr.1", "corrigendum", "A/78/1"),
        ("A/78/1/Rev.1", "revision", "A/78/1"),
        ("A/78/1/Rev.1/Corr.1", "corrigendum", "A/78/1/Rev.1"),
    ]


def test_a_parent_that_arrives_later_is_found():
    make("A/78/1/Rev.1/Corr.1", "A/78/1/Rev.3", "A/78/1/Rev.2")
    assert edges() == [("A/78/1/Rev.3", "revision", "A/78/1/Rev.2")]
    make("A/78/1/Rev.1", "A/78/1")
    assert edges() == [
        ("A/78/1/Rev.1", "revision", "A/78/1"),
        ("A/78/1/Rev.1/Corr.1", "corrigendum", "A/78/1/Rev.1"),
        ("A/78/1/Rev.2", "revision", "A/78/1"),
        ("A/78/1/Rev.3", "revision", "A/78/1"),
    ]
    Document.objects.get(symbol="A/78/1").delete()
    assert edges()[1:] == [
        ("A/78/1/Rev.2", "revision", "A/78/1/Rev.1"),
        ("A/78/1/Rev.3", "revision", "A/78/1/Rev.2"),
    ]


def test_what_people_have_settled_stays():
    first, second = make("A/78/1", "A/78/1/Rev.1")
    assert unrelate(second, of=first)
    second.save()
    propose_relations()
    assert edges() == []
    other = DocumentFactory(symbol="A/78/2")
    relate(other, of=first, kind="amendment")
    other.save()
    assert edges() == [("A/78/2", "amendment", "A/78/1")]


def test_a_circle_is_refused_and_a_line_is_not():
    one, two, three = make("A/78/1", "A/78/2", "A/78/3")
    relate(two, of=one, kind="revision")
    relate(three, of=two, kind="revision")
    for later in (two, three):
        with pytest.raises(RelationRefused, match="comes from it"):
            relate(one, of=later, kind="revision")
    with pytest.raises(RelationRefused):
        relate(one, of=one, kind="revision")
    relate(three, of=one, kind="addendum")
    assert len(edges()) == 3


def test_what_is_no_relation_is_refused():
    one, two = make("A/78/1", "A/78/2")
    for wrong in ({"kind": "sequel"}, {"kind": "corrigendum", "languages": ["de"]}):
        with pytest.raises(RelationRefused):
            relate(two, of=one, **wrong)
    with pytest.raises(RelationRefused, match="corrigendum"):
        relate(two, of=one, kind="revision", languages=["fr"])
    assert edges() == []


def test_the_family_is_in_order_each_below_what_it_is_of():
    symbols = [
        "A/78/1",
        "A/78/1/Rev.1",
        "A/78/1/Rev.1/Add.1",
        "A/78/1/Rev.2",
        "A/78/1/Rev.10",
        "A/78/1/Add.1",
        "A/78/1/Corr.1",
    ]
    made = make(*reversed(symbols))
    DocumentFactory(symbol="A/78/2")
    for document in made:
        found = family(document)
        assert [member.document.symbol for member in found.members] == symbols
        assert [member.depth for member in found.members] == [0, 1, 2, 1, 1, 1, 1]
    assert found.members[0].kind == ""
    assert found.members[2].of.symbol == "A/78/1/Rev.1"


def test_the_newest_revision_is_known_from_any_of_them():
    made = make("A/78/1", "A/78/1/Rev.2", "A/78/1/Rev.10", "A/78/1/Add.1")
    for document in made[:3]:
        assert latest_revision(document).symbol == "A/78/1/Rev.10"
    assert family(made[2]).newer_revision is None
    assert family(made[0]).newer_revision.symbol == "A/78/1/Rev.10"
    assert family(made[3]).newer_revision is None


def test_a_revision_under_another_symbol_is_followed():
    one, two, three = make("A/78/9", "A/78/3", "A/78/3/Rev.1")
    relate(two, of=one, kind="revision")
    assert latest_revision(one) == three
    assert {member.document for member in family(three).members} == {one, two, three}


def test_a_corrigendum_may_concern_some_languages_only():
    report, all_, some = make("A/78/1", "A/78/1/Corr.1", "A/78/1/Corr.2")
    relate(some, of=report, kind="corrigendum", languages=["ru", "ar"])
    for language in ("ar", "ru"):
        assert corrigenda_for(report, language) == [all_, some]
    for language in ("zh", "en", "fr", "es"):
        assert corrigenda_for(report, language) == [all_]
    assert corrigenda_for(all_, "ar") == []


def test_the_hidden_are_neither_shown_nor_named():
    first, hidden, last = make("A/78/1", "A/78/1/Rev.1", "A/78/1/Rev.1/Corr.1")
    hidden.distribution = "restricted"
    hidden.save()
    found = family(first, {PUBLIC})
    assert hidden not in [member.document for member in found.members]
    assert hidden not in [member.of for member in found.members]
    assert found.newer_revision is None
    assert family(first, frozenset()).members == ()


def test_a_family_costs_few_queries_however_large(django_assert_max_num_queries):
    first = DocumentFactory(symbol="A/78/1")
    make(*(f"A/78/1/Add.{number}" for number in range(1, 30)))
    with django_assert_max_num_queries(4):
        assert len(family(first).members) == 30


def test_all_of_a_library_is_proposed_in_few_queries(django_assert_max_num_queries):
    make("A/78/1", *(f"A/78/1/Add.{number}" for number in range(1, 40)))
    before = edges()
    DocumentRelation.objects.all().delete()
    with django_assert_max_num_queries(20):
        assert propose_relations() == 39
    assert edges() == before
    assert propose_relations() == 0
