"""The editor's form of somebody who may not change everything: the rest is left out of it.

What is not in the form is taken from the last draft, whatever a browser sends; the tabs show it to
read (`withheld`).
"""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME

from .changing import Writable
from .contents import Shape, shape_of

#: Fields that are about the person who edits, not about the page.
_OWN = frozenset({"comment_notifications"})
_BOOKKEEPING = frozenset({"id", DELETION_FIELD_NAME, ORDERING_FIELD_NAME})
_COMMENTS = "comments"


def limit_form(form: Any, allowed: Writable) -> None:
    """Leave out of a page's form what its user may not change. Sets `form.withheld`, the names of
    what was left out."""
    form.withheld = frozenset()
    if allowed.shared:
        return
    shape = shape_of(type(form.instance))
    own = _columns_in(shape, allowed) | _OWN
    own |= {f"translation_status_{code}" for code in allowed.languages}
    withheld = {name for name in form.fields if name not in own and not _is_hidden(form, name)}
    for name in withheld:
        del form.fields[name]
    if "mark_current" in form.fields:
        choices = form.fields["mark_current"].choices
        form.fields["mark_current"].choices = [
            (code, name) for code, name in choices if code in allowed.languages
        ]
    for relation, child in shape.children.items():
        if relation in form.formsets:
            withheld |= _limit_children(form.formsets[relation], _columns_in(child, allowed))
    form.withheld = frozenset(withheld)


def _is_hidden(form: BaseForm, name: str) -> bool:
    return form.fields[name].widget.is_hidden


def _columns_in(shape: Shape, allowed: Writable) -> set[str]:
    columns = {**shape.plain, **shape.streams}
    return {name for name, (_field, code) in columns.items() if code in allowed.languages}


def _limit_children(formset: Any, own: set[str]) -> set[str]:
    """Children keep their rows: none is added, and what is theirs to write can be written."""
    withheld: set[str] = set()
    for form in formset.forms:
        for name in [name for name in form.fields if name not in own | _BOOKKEEPING]:
            del form.fields[name]
            withheld.add(name)
        form.withheld = frozenset(withheld)
    formset.max_num = len(formset.forms)
    return withheld
