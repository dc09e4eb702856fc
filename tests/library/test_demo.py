"""The demo's documents."""

import pytest

from cms.library.models import Document, Subject
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
