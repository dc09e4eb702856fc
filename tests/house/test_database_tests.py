"""The tests that PostgreSQL must pass too are chosen by a rule that forgets none."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.databases import DECIDED, QUERIES, decides

ROOT = Path(settings.BASE_DIR)
#: What means something else on another database.
DIFFERS = re.compile(
    r"select_for_update|skip_locked|(?:ignore|update)_conflicts|\bRawSQL\b|\.raw\(|\.extra\("
    r"|\.cursor\(|\bconnection\.vendor\b|\bCollate\("
    r"|\b(?:IntegrityError|OperationalError|DatabaseError)\b"
)


def modules_where_databases_differ():
    for package in ("blocks", "cms", "missions_site", "search"):
        for file in sorted((ROOT / package).rglob("*.py")):
            outside = "migrations" in file.parts or "engines" in file.parts  # no models there
            if not outside and DIFFERS.search(file.read_text()):
                yield str(file.relative_to(ROOT))


def test_each_module_that_holds_locks_or_asks_for_the_database_is_tried_on_both():
    named = {module for modules in DECIDED.values() for module in modules}
    missing = set(modules_where_databases_differ()) - named
    assert not missing, f"Name in tests/databases.py the tests that reach {sorted(missing)}"


def test_no_module_is_named_that_has_nothing_of_the_kind_any_more():
    named = {module for modules in DECIDED.values() for module in modules}
    assert named <= set(modules_where_databases_differ())


@pytest.mark.parametrize("name", [*DECIDED, *QUERIES])
def test_each_chosen_file_or_folder_is_there(name):
    assert (ROOT / name).exists()


def test_a_test_with_transactions_of_its_own_is_chosen_wherever_it_stands(request):
    assert not decides(request.node)
    request.node.add_marker(pytest.mark.django_db)
    assert not decides(request.node)
    request.node.add_marker(pytest.mark.django_db(transaction=True), append=False)
    assert decides(request.node)


def test_a_test_for_postgresql_is_chosen_wherever_it_stands(request):
    assert not decides(request.node)
    request.node.add_marker(pytest.mark.postgres)
    assert decides(request.node)
