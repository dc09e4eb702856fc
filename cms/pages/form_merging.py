"""The editor's form, put together with what others have saved since it was opened.

The form carries an outline of what it showed. Whoever saves changes of their own keeps those, and
takes everything else as it is by now: so two people at one page overwrite nothing, with Wagtail's
autosave or without. After a save the form stays open, and its outline becomes what it then said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from .conflicts import Conflict
from .contents import (
    Content,
    NoOutline,
    Outline,
    as_stored,
    outline_of,
    read_outline,
    rows_of,
    shape_of,
)
from .merging import Merged, merge

#: Wagtail's script saves again whenever a field changes, but for those named like the comments'
#: (8.0: `formData` of the `w-unsaved` controller); this one changes with every save.
SHOWN = "comments-shown"
#: "conflict-title_ar": the choice between two wordings.
CHOICE = "conflict-"


class ShownField(forms.CharField):
    """The outline of what the form showed, as text. Not a change of the page."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class MergingForm:
    """Mixed into the page's form, before Wagtail's."""

    instance: Any
    data: Any
    fields: dict[str, forms.Field]
    #: (column or relation) → what stays to be chosen there.
    conflicts: dict[str, list[Conflict]]
    is_merged = False

    def carry_outline(self) -> None:
        """Give the form the field that says what it showed."""
        self.conflicts = {}
        self.fields[SHOWN] = ShownField(required=False, initial=lambda: self.outline().dumps())

    def outline(self) -> Outline:
        """What the form says: the page's content as it now is."""
        return outline_of(type(self.instance), as_stored(self.instance.serializable_data()))

    def shown(self) -> Outline | None:
        """What the form showed when it was opened or last saved; None where it does not say."""
        try:
            return read_outline(self.data.get(SHOWN, ""))
        except NoOutline:
            return None

    def put_together(self, theirs: Content, *, base: Outline) -> Merged:
        """Put what the valid form says together with the last draft, which it was not opened with.

        Without conflicts, the form's page is then both, and `save` writes it; with some, nothing is
        changed and `conflicts` holds them.
        """
        super().save(commit=False)  # type: ignore[misc]
        mine = as_stored(self.instance.serializable_data())
        model = type(self.instance)
        self._sent = outline_of(model, mine)
        self._children = {
            name: list(getattr(self.instance, name).get_object_list())
            for name in shape_of(model).children
        }
        merged = merge(model, base=base, theirs=theirs, mine=mine, chosen=self._choices())
        if merged.conflicts:
            for conflict in merged.conflicts:
                self.conflicts.setdefault(conflict.column, []).append(conflict)
        else:
            self._take(merged.content, mine)
            self.is_merged = True
        return merged

    def _choices(self) -> dict[str, str]:
        return {
            name.removeprefix(CHOICE): value
            for name, value in self.data.items()
            if name.startswith(CHOICE)
        }

    def _take(self, content: Mapping[str, Any], mine: Mapping[str, Any]) -> None:
        """Make the form's page say what was put together."""
        page, shape = self.instance, shape_of(type(self.instance))
        other = page.with_content_json(dict(content))
        for name in (*shape.plain, *shape.streams):
            if content.get(name) != mine.get(name):
                attribute = page._meta.get_field(name).attname
                setattr(page, attribute, getattr(other, attribute))
        page.translations = content["translations"]
        for relation, child in shape.children.items():
            own = [key for key, _row in rows_of(child, mine.get(relation, ()))]
            known = dict(zip(own, self._children[relation], strict=True))
            wanted = [key for key, _row in rows_of(child, content.get(relation, ()))]
            found = getattr(other, relation).get_object_list()
            rows = []
            for key, fresh in zip(wanted, found, strict=True):
                row = known.get(key, fresh)  # the form's own, so that it learns its new id
                for name in (*child.plain, *child.streams):
                    attribute = row._meta.get_field(name).attname
                    setattr(row, attribute, getattr(fresh, attribute))
                rows.append(row)
            getattr(page, relation).set(rows)

    def save(self, commit: bool = True) -> Any:
        if not self.is_merged:
            return super().save(commit=commit)  # type: ignore[misc]
        if commit:
            self.instance.save()
            self._save_m2m()  # type: ignore[attr-defined]
        return self.instance

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        updates = super().get_field_updates_for_resave()  # type: ignore[misc]
        said = self._as_sent() if self.is_merged else self.outline()
        return [*updates, (SHOWN, said.dumps())]

    def _as_sent(self) -> Outline:
        """What the open form says: its own words, not those that others' were put to."""
        children = {}
        for name, rows in self._sent.children.items():
            saved = zip(rows, self._children[name], strict=True)
            children[name] = [
                (str(child.pk) if child.pk else key, columns) for (key, columns), child in saved
            ]
        return replace(self._sent, children=children)
