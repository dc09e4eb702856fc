"""The demo's documents."""

import pytest

from cms.library.families import corrigenda_for, latest_revision
from cms.library.models import Document, DocumentFile, Subject
from missions_site.demo import families
from missions_site.demo.library import load

pytestmark = pytest.mark.django_db


def test_at_least_a_thousand_real_documents_are_loaded_once():
    steps = []
    load(lambda *step: steps.append(step))
    total = Document.objects.count()
    assert total >= 1000
    assert steps[-1] == ("Documents", total, total)
    assert (
        Subject.objects.exclude(name_ar="").exclude(name_zh="").count() == Subject.objects.count()
    )
    titled = Document.objects.exclude(title_ar="").exclude(title_ru="").exclude(title_zh="")
    assert titled.count() >= 1000
    load(lambda *step: None)
    assert Document.objects.count() == total


def test_families_and_files_are_shown_in_six_languages():
    families.load()
    declaration = Document.objects.get(key="A/RES/217(III)[A]")
    files = DocumentFile.objects.current().filter(version__document=declaration)
    assert files.count() == 18
    draft = Document.objects.get(symbol="A/C.3/78/L.14")
    assert latest_revision(draft).symbol == "A/C.3/78/L.14/Rev.1"
    assert [item.number for item in draft.agenda_items.all()] == ["24 (b)"]
    shown = Document.objects.get(symbol="ST/DEMO/1")
    assert [each.symbol for each in corrigenda_for(shown, "ar")] == ["ST/DEMO/1/Corr.1"]
    assert corrigenda_for(shown, "fr") == []
    kept = list(DocumentFile.objects.values_list("pk", flat=True))
    families.load()
    assert list(DocumentFile.objects.values_list("pk", flat=True)) == kept
