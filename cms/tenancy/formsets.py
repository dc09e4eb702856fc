"""Children in a form: each is one of the form's own object's, or new."""

from __future__ import annotations

from typing import Any


def limit_children(form: Any) -> None:
    """Have the formsets of a form, and those within them, refuse the id of another object's child
    as one that nobody has. Call it before the form is validated.

    Django's formsets take the id of any row of the table for one of theirs.
    """
    for formset in getattr(form, "formsets", {}).values():
        own = [child.pk for child in formset.get_queryset() if child.pk]
        for child_form in formset.forms:
            if "id" in child_form.fields:
                children = formset.model._base_manager.filter(pk__in=own)
                child_form.fields["id"].queryset = children
            limit_children(child_form)
