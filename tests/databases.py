"""Which tests PostgreSQL must pass too: those whose outcome the database can decide.

All tests run on SQLite. On PostgreSQL with Redis (`make test-databases`) run, of the tests that
touch a database at all:

- by themselves, all with transactions of their own (`django_db(transaction=True)`, `live_server`)
  and all marked `postgres`;
- the folders and files named here. `DECIDED` names for each the modules of the product that hold
  locks, catch the database's errors or ask which database it is; a guard refuses a module of that
  kind that is named nowhere. `QUERIES` says of the others which of their queries may differ.

What is left out asks the ORM for rows by key, or reads a page that was rendered from them: SQLite
has tried that. The whole suite passes on PostgreSQL too, in the double of the time:
`make test-suite DATABASE_URL=postgres://…`.
"""

from __future__ import annotations

from typing import Any

#: {tests: the modules of the product that they reach}
DECIDED: dict[str, tuple[str, ...]] = {
    "tests/access/test_parallel_changes.py": ("cms/pages/sites.py",),
    "tests/access/test_parallel_drafts.py": ("cms/pages/models.py", "cms/pages/sites.py"),
    "tests/candiweb/test_services.py": (
        "cms/candiweb/services/candidatures.py",
        "cms/candiweb/services/elections.py",
    ),
    "tests/committees/test_admin.py": ("cms/committees/services/sessions.py",),
    "tests/committees/test_draft_services.py": ("cms/committees/services/drafts.py",),
    "tests/library/": (
        "cms/library/filing.py",
        "cms/library/harvesting/entries.py",
        "cms/library/importing/loading.py",
        "cms/library/relating.py",
    ),
    "tests/lifecycle/test_deletion.py": ("cms/lifecycle/services/deletion.py",),
    "tests/lifecycle/test_jobs.py": ("cms/lifecycle/services/archives.py",),
    "tests/lifecycle/test_refused_archives.py": ("cms/lifecycle/archive/restoring.py",),
    "tests/lifecycle/test_round_trip.py": (
        "cms/lifecycle/archive/languages.py",
        "cms/lifecycle/archive/restoring.py",
    ),
    "tests/lifecycle/test_suspension.py": ("cms/lifecycle/services/status.py",),
    "tests/pages/test_kept_sql.py": ("cms/pages/kept_sql.py",),
    "tests/pages/test_publication.py": (
        "cms/pages/language_rows.py",
        "cms/pages/publication.py",
    ),
    "tests/people/test_departures.py": ("cms/people/services/authority.py",),
    "tests/people/test_invitations.py": ("cms/people/services/invitations.py",),
    "tests/people/test_joining.py": ("cms/people/services/joining.py",),
    "tests/search/test_indexer.py": ("search/versions.py",),
    "tests/search/test_rebuilding.py": ("search/building.py",),
    "tests/signin/test_limits.py": ("cms/signin/limits.py",),
    "tests/signin/test_second_factor.py": ("cms/signin/second_factor.py",),
    "tests/translation/test_board.py": ("cms/translation/board/services.py",),
    "tests/translation/test_machine.py": (
        "cms/translation/machine/proposing.py",
        "cms/translation/machine/services.py",
    ),
    "tests/translation/test_side_by_side.py": ("cms/translation/side_by_side/saving.py",),
    "tests/translation/test_together.py": ("cms/translation/together/services.py",),
}

#: {tests: what PostgreSQL may do otherwise}
QUERIES: dict[str, str] = {
    "tests/access/test_children_and_deletion.py": "what goes with a deleted row, and in what order",
    "tests/access/test_dashboard.py": "window functions",
    "tests/access/test_one_rule_three_forms.py": "who may read what, as one condition of a query",
    "tests/access/test_visibility_machine.py": "the same condition, on worlds that nobody drew",
    "tests/api/test_lists.py": "order and filters with empty values and other alphabets",
    "tests/api/test_parameters.py": "text, numbers and dates out of what a column can hold",
    "tests/audit/": "JSON, and dates cut to days in a zone",
    "tests/candiweb/test_import.py": "writing many rows at once",
    "tests/contracts/": "contracts that more than one implementation must keep",
    "tests/media/test_serving.py": "who may see which image or file, as a query that is kept",
    "tests/missions/test_directory.py": "order in six languages",
    "tests/missions/test_import.py": "writing many rows at once",
    "tests/pages/test_addresses.py": "paths compared with and without case",
    "tests/pages/test_page_model.py": "JSON, empty values, and order by a fallback of columns",
    "tests/pages/test_site_rows.py": "which site a request is for, as a query that is kept",
    "tests/search/test_commands.py": "the queue of what is to be indexed",
    "tests/search/test_reconciling.py": "rows read in batches beside the index",
    "tests/tenancy/": "limits joined into every query",
}


def decides(item: Any) -> bool:
    """Whether the database can decide how this collected test ends."""
    if item.get_closest_marker("postgres") or has_transactions_of_its_own(item):
        return True
    if not _touches_a_database(item):
        return False
    name = item.nodeid.partition("::")[0]
    return any(name.startswith(chosen) for chosen in (*DECIDED, *QUERIES))


def has_transactions_of_its_own(item: Any) -> bool:
    """Whether a collected test commits, so that the database is emptied after it."""
    if {"transactional_db", "live_server"} & set(item.fixturenames):
        return True
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(
        marker.kwargs.get("transaction") or marker.args[:1] == (True,)
    )


def _touches_a_database(item: Any) -> bool:
    return "db" in item.fixturenames or item.get_closest_marker("django_db") is not None
