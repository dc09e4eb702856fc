"""The steps of the demo, in order. Each is idempotent; a finished one is not run again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_noop

from . import (
    accounts,
    candiweb,
    committees,
    directory,
    glossary,
    index,
    library,
    missions,
    portal,
)
from .models import LoadedStep

#: report(label, done, total): how far a step is.
Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Step:
    """One step. Raise `version` when its code or data changes, and it is run again."""

    name: str
    label: str
    load: Callable[[Report], None]
    version: int = 1


STEPS: tuple[Step, ...] = (
    Step("directory", gettext_noop("Directory"), directory.load),
    Step("missions", gettext_noop("Missions"), missions.load),
    Step("committees", gettext_noop("Main Committees"), committees.load),
    Step("candiweb", gettext_noop("CandiWeb"), candiweb.load),
    Step("portal", gettext_noop("Member State portal"), portal.load),
    Step("library", gettext_noop("Documents"), library.load, version=2),
    Step("glossary", gettext_noop("Glossary"), glossary.load),
    Step("accounts", gettext_noop("Accounts"), accounts.load, version=2),
    Step("index", gettext_noop("Search index"), index.load),
)


def pending() -> list[Step]:
    """The steps that are still to do (all of them on a database without our tables)."""
    if LoadedStep._meta.db_table not in connection.introspection.table_names():
        return list(STEPS)
    done = dict(LoadedStep.objects.values_list("name", "version"))
    return [step for step in STEPS if done.get(step.name) != step.version]


def finish(step: Step) -> None:
    """Note that a step is complete."""
    LoadedStep.objects.update_or_create(name=step.name, defaults={"version": step.version})
