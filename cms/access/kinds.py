"""What each kind of thing in the index is called, for people who read results."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import capfirst
from wagtail.models import get_page_models

_LABELS: dict[str, Promise] = {}


def register_kind_label(kind: str, label: Promise) -> None:
    """Name a kind of record (pages are named by their type); from `AppConfig.ready()`."""
    _LABELS[kind] = label


def kind_label(kind: str) -> str:
    """The name of a kind in the active language; "" for one that nobody has named."""
    if kind in _LABELS:
        return capfirst(str(_LABELS[kind]))
    for model in get_page_models():
        if model.search_kind == kind and model.search_kind != "page":
            return capfirst(str(model._meta.verbose_name))
    return ""
