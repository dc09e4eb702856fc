"""How two wordings are shown to whoever has to choose: both, with who wrote the other and when."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.fields import RichTextField
from wagtail.models import Revision

from cms.languages import codes, formats

from .changing import label
from .conflicts import Conflict
from .form_merging import CHOICE

_BETWEEN_BLOCKS = re.compile(r"</(p|li|h\d|td|tr|div|blockquote|figcaption)>", re.IGNORECASE)


@dataclass(frozen=True)
class ShownConflict:
    """One choice as the tab shows it. `name`: of the radio buttons; `language`: None for what all
    languages share; `theirs`, `mine`: plain text, "" where it was taken out."""

    name: str
    label: str
    language: codes.Language | None
    theirs: str
    mine: str
    keep_mine: str
    take_theirs: str
    told: str


def show_conflicts(form: Any, theirs: Revision | None) -> None:
    """Put an error on each field that two have changed, and what to choose from beside it.

    `theirs`: the revision that was saved since the form was opened.
    """
    told = _told(theirs)
    form.shown_conflicts = {
        column: [_shown(form.instance, conflict, told) for conflict in conflicts]
        for column, conflicts in form.conflicts.items()
    }
    for column, conflicts in form.shown_conflicts.items():
        message = " ".join([told, _("Choose which words to keep.")])
        if column in form.fields:
            form.add_error(column, message)
        else:
            for shown in conflicts:
                form.add_error(None, f"{shown.label}: {message}")


def _told(revision: Revision | None) -> str:
    if revision is None:
        return _("Somebody else has changed this since you opened the page.")
    return _("%(name)s has changed this since you opened the page (%(time)s).") % {
        "name": get_user_display_name(revision.user) if revision.user else _("Somebody else"),
        "time": formats.moment(revision.created_at),
    }


def _shown(page: Any, conflict: Conflict, told: str) -> ShownConflict:
    return ShownConflict(
        name=f"{CHOICE}{conflict.key}",
        label=_label(page, conflict),
        language=codes.get(conflict.language) if conflict.language else None,
        theirs=plain_text(page, conflict.column, conflict.theirs),
        mine=plain_text(page, conflict.column, conflict.mine),
        keep_mine=conflict.keep_mine,
        take_theirs=conflict.take_theirs,
        told=told,
    )


def _label(page: Any, conflict: Conflict) -> str:
    is_child = conflict.column == conflict.key.partition("#")[0] and "." in conflict.key
    field = f"{conflict.column}.{conflict.field}" if is_child else conflict.field
    return label(type(page), field, conflict.language)


def plain_text(page: Any, column: str, value: Any) -> str:
    """A value of content as words: a field's, a block's, or a child's row."""
    if value is None:
        return ""
    if not isinstance(value, Mapping):
        field = page._meta.get_field(column) if column in page.__dict__ else None
        return _words(str(value)) if isinstance(field, RichTextField) else str(value)
    if value.keys() >= {"type", "value"}:
        stream = page._meta.get_field(column).stream_block.to_python([value])
        return _words(str(stream))
    texts = [str(one) for one in value.values() if isinstance(one, str) and one]
    return " · ".join(dict.fromkeys(_words(text) for text in texts))


def _words(text: str) -> str:
    lines = html.unescape(strip_tags(_BETWEEN_BLOCKS.sub("\n", text))).splitlines()
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
