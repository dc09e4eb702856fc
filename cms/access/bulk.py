"""Bulk actions: on things that all exist for the user, or on none.

Wagtail's take those of the named ids that they find, and answer a missing parent with an error 500.
"""

from __future__ import annotations

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.bulk_action import dispatcher
from wagtail.permissions import policy_registry

from cms.pages.models import Page
from cms.pages.sites import hold_sites

from .record_policies import SiteRecordPolicy
from .sections import BULK_SECTIONS
from .selectors import holds

#: SQLite's largest integer has 19 digits.
LONGEST_ID = 18


def bulk_action(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Wagtail's bulk action. Raises Http404 unless every id named is found."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    closed_to_others = BULK_SECTIONS.get(app_label)
    if closed_to_others is not None and not holds(request.user, closed_to_others):
        raise Http404
    named = set(request.GET.getlist("id")) - {"all"}
    _require(model, request, named)
    _require(Page, request, {request.GET["childOf"]} if request.GET.get("childOf") else set())
    with transaction.atomic():
        if issubclass(model, Page):
            hold_sites(*(int(pk) for pk in named))
        return dispatcher.index(request, app_label, model_name, action)


def is_id(text: str) -> bool:
    """Whether a text is a number that may be an object's id."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ID


def _require(model: type[Model], request: HttpRequest, ids: set[str]) -> None:
    if not all(is_id(pk) for pk in ids):
        raise Http404
    found = model._default_manager.filter(pk__in=ids)
    policy = policy_registry.get_by_type(model, fallback=False)
    if isinstance(policy, SiteRecordPolicy):
        own = policy.instances_user_has_permission_for(request.user, "change")
        found = found.filter(pk__in=own.values("pk"))
    if ids and found.count() != len(ids):
        raise Http404
