"""Panels of what the form leaves out because its user may not write it, or what two have changed.

A form says both: `withheld`, names of fields; `shown_conflicts`, {field or relation: choices}.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel

#: Only Wagtail's own dialogue shows these.
_DIALOGUES = frozenset({"go_live_at", "expire_at"})


def prepare(panel: Any) -> None:
    """Make the panels below a bound one ready to be read where the form has no field for them, and
    put the choices between two wordings beside their panels (`conflicts`)."""
    form = panel.form
    withheld = frozenset(getattr(form, "withheld", ()))
    conflicts = getattr(form, "shown_conflicts", {})
    if not withheld and not conflicts:
        return
    for tab in panel.children:
        tab.is_withheld = bool(withheld) and not any(_writable(one) for one in _leaves(tab))
        for child in getattr(tab, "children", ()):
            leaves = list(_leaves(child))
            names = [_name(leaf) for leaf in leaves]
            child.conflicts = [one for name in names for one in conflicts.get(name, ())]
            for leaf in leaves:
                _show(leaf, withheld - _DIALOGUES)


def _leaves(panel: Any) -> Iterator[Any]:
    children = getattr(panel, "children", None)
    relation = getattr(panel.panel, "relation_name", None)
    if relation or children is None:
        yield panel
    for child in children or ():
        yield from _leaves(child)


def _name(panel: Any) -> str:
    relation = getattr(panel.panel, "relation_name", None)
    return str(relation or getattr(panel.panel, "field_name", ""))


def _writable(panel: Any) -> bool:
    return getattr(panel, "bound_field", None) is not None


def _show(panel: Any, withheld: frozenset[str]) -> None:
    if not isinstance(panel, FieldPanel.BoundPanel) or panel.bound_field is not None:
        return
    if panel.field_name not in withheld:
        return
    panel.read_only = True
    try:
        name = panel.panel.db_field.verbose_name
    except FieldDoesNotExist:
        name = panel.field_name
    panel.heading = panel.panel.heading or capfirst(name)
    if panel.value_from_instance is None:
        panel.value_from_instance = ""
    elif isinstance(panel.value_from_instance, bool):
        panel.value_from_instance = _("Yes") if panel.value_from_instance else _("No")
