"""Who may change what of a page: a rule of a higher layer, filled from `AppConfig.ready()`.

Asked by `Page.save_revision`, which every surface passes (form, API, bulk actions, reverting, our
own tools), by the editor's form and by what Wagtail asks about whole pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import PagePermissionTester

from cms.languages import codes

from .contents import Outline, Shape, as_stored, outline_of, shape_of

if TYPE_CHECKING:
    from .models import Page


@dataclass(frozen=True)
class Writable:
    """What somebody may change of a page: the words of some languages, and, with `shared`, what all
    languages share and the page as a whole."""

    languages: frozenset[str]
    shared: bool


EVERYTHING = Writable(frozenset(codes.CODES), shared=True)

#: Says what a user may change of a page; EVERYTHING of what it has no say in.
Rule = Callable[[Any, "Page"], Writable]

_rules: list[Rule] = []


def register_rule(rule: Rule) -> None:
    """Add a rule, once; every rule narrows further."""
    if rule not in _rules:
        _rules.append(rule)


def writable(user: Any, page: Page) -> Writable:
    """What a user may change of a page that they may edit. Nobody (a command) may change all."""
    found = EVERYTHING
    for rule in _rules if user is not None else ():
        one = rule(user, page)
        found = Writable(found.languages & one.languages, found.shared and one.shared)
    return found


class ForeignLanguage(PermissionDenied):
    """Raised where a translator would change more than their languages. `columns`: what of."""

    def __init__(self, own: frozenset[str], changed: dict[str, str]) -> None:
        self.columns = tuple(changed)
        names = [codes.get(code).name for code in codes.CODES if code in own]
        super().__init__(
            _(
                "You translate into %(languages)s: what else this page says is for others to "
                "write. Leave these as they are: %(fields)s."
            )
            % {"languages": ", ".join(names), "fields": ", ".join(changed.values())}
        )


def check(page: Page, user: Any) -> None:
    """Raise ForeignLanguage unless all that the page says otherwise than its last draft is the
    user's to write. A translator costs a read of that draft, others nothing."""
    allowed = writable(user, page)
    if allowed.shared:
        return
    model = type(page)
    last = model._base_manager.get(pk=page.pk).get_latest_revision_as_object()
    before = outline_of(model, as_stored(last.serializable_data()))
    after = outline_of(model, as_stored(page.serializable_data()))
    refuse_foreign(model, changed_columns(shape_of(model), before, after), allowed)


def refuse_foreign(
    model: type[models.Model], changed: Iterator[tuple[str, str, str]], allowed: Writable
) -> None:
    """Raise ForeignLanguage for those of (column, field, language) that are not allowed."""
    foreign = {
        column: label(model, field, language)
        for column, field, language in changed
        if language not in allowed.languages
    }
    if foreign and not allowed.shared:
        raise ForeignLanguage(allowed.languages, foreign)


def changed_columns(
    shape: Shape, before: Outline, after: Outline
) -> Iterator[tuple[str, str, str]]:
    """(column or relation, field, language or "") of everything in which two outlines differ."""
    for column, (field, language) in shape.plain.items():
        if before.plain.get(column) != after.plain.get(column):
            yield column, field, language
    for column, (field, language) in shape.streams.items():
        sides = (side.streams.get(column, ()) for side in (before, after))
        then, now = ([digest for _key, digest in blocks] for blocks in sides)
        if then != now:
            yield column, field, language
    for relation, child in shape.children.items():
        yield from _changed_children(relation, child, before, after)
    for code in {*before.record, *after.record}:
        then_said, now_said = (side.record.get(code, ("", ""))[0] for side in (before, after))
        if then_said != now_said and code in before.record:
            yield f"translations.{code}", "translations", code


def _changed_children(
    relation: str, shape: Shape, before: Outline, after: Outline
) -> Iterator[tuple[str, str, str]]:
    then, now = (side.children.get(relation, []) for side in (before, after))
    same_rows = len(then) == len(now) and all(
        one == other or (one[0] == other[0] == "~")
        for (one, _columns), (other, _other) in zip(then, now, strict=True)
    )
    if not same_rows:
        yield relation, relation, ""
        return
    for (_key, columns), (_other, others) in zip(then, now, strict=True):
        for column, (field, language) in {**shape.plain, **shape.streams}.items():
            if columns.get(column) != others.get(column):
                yield f"{relation}.{column}", f"{relation}.{field}", language


def label(model: type[models.Model], field: str, language: str) -> str:
    """What people call a field, with the language in itself: "Title (العربية)"."""
    name, _dot, child = field.partition(".")
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    owner = found.related_model if child else model
    shown = owner._meta.get_field(child) if child else found
    text = getattr(shown, "verbose_name", "") or owner._meta.verbose_name_plural
    if not child and getattr(found, "one_to_many", False):
        text = found.related_model._meta.verbose_name_plural
    return f"{capfirst(text)} ({codes.get(language).name})" if language else str(capfirst(text))


class PagePermissions(PagePermissionTester):
    """Wagtail's answers, except that whoever writes single languages does nothing with the page as
    a whole: Wagtail lets whoever may change a draft delete, move and copy it."""

    def _whole(self) -> bool:
        return writable(self.user, self.page).shared

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(super().can_delete(ignore_bulk=ignore_bulk)) and self._whole()

    def can_copy(self) -> bool:
        return bool(super().can_copy()) and self._whole()
