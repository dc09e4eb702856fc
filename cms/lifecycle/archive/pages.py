"""One page as an archive describes it, and the page that a description makes."""

from __future__ import annotations

import datetime
import decimal
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.functional import Promise
from modelcluster.models import (
    get_all_child_m2m_relations,
    get_serializable_data_for_fields,
)
from wagtail.fields import StreamField
from wagtail.models import PageViewRestriction

from cms.access.audiences import PORTAL_GROUP
from cms.languages import states
from cms.pages.models import Page

from .content import Json, Walk, child_relations, content_fields
from .languages import told_languages
from .references import PAGE, Exporter

#: Columns of the base page that an archive says elsewhere, or that belong to one database.
HOUSEKEEPING = frozenset(
    {
        "path",
        "depth",
        "numchild",
        "translation_key",
        "locale",
        "latest_revision",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "draft_title",
        "content_type",
        "url_path",
        "owner",
        "latest_revision_created_at",
        "alias_of",
        "translations",
        "draft_translations",
    }
)
#: Columns that an archive holds as they are, beside the content.
FACTS = ("live", "has_unpublished_changes", "expired")
MOMENTS = ("first_published_at", "last_published_at", "latest_revision_created_at")


def plain(value: Any) -> Json:
    """A column's value as JSON, with nothing rounded. For `json.dumps(default=…)`."""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID | Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in an archive: {value!r}")


def stored(instance: models.Model) -> dict[str, Any]:
    """{column or relation: value} of an object and its inline children, as the database has it.

    modelcluster's `serializable_data` gives blocks without an id a new one each time.
    """
    data: dict[str, Any] = get_serializable_data_for_fields(instance)
    for field in instance._meta.fields:
        if isinstance(field, StreamField):
            data[field.name] = list(getattr(instance, field.attname).raw_data)
    for many in get_all_child_m2m_relations(type(instance)):
        data[many.name] = sorted(getattr(instance, many.name).values_list("pk", flat=True))
    for relation in child_relations(type(instance)):
        data[relation.get_accessor_name()] = [
            stored(child) for child in children(instance, relation)
        ]
    return data


def children(instance: models.Model, relation: Any) -> models.QuerySet[Any]:
    """An object's inline children, in an order that the same content always has."""
    model = relation.related_model
    rows = model._base_manager.filter(**{relation.field.name: instance.pk})
    return rows.order_by(*model._meta.ordering, "pk")


def child_numbers(data: Mapping[str, Any], model: type[models.Model]) -> dict[str, dict[Any, int]]:
    """{relation: {id: number}}: the inline children of the live page, counted from 1."""
    return {
        name: {row["pk"]: number for number, row in enumerate(data[name], start=1)}
        for name in (relation.get_accessor_name() for relation in child_relations(model))
    }


# --- to the archive ------------------------------------------------------------------------------


def describe(
    page: Page,
    *,
    exporter: Exporter,
    parent: str | None,
    restriction: PageViewRestriction | None,
    home: Page,
) -> dict[str, Json]:
    """A specific page as JSON. `parent`: its reference; `home`: the site's home page."""
    references, walk = exporter.references, Walk(exporter)
    name = str(references.name(PAGE, page.pk))
    live = stored(page)
    exporter.begin(name, child_numbers(live, type(page)))
    return {
        "id": name,
        "parent": parent,
        "type": page._meta.label,
        "address": "/" + page.url_path[len(home.url_path) :],
        "translation_key": str(page.translation_key),
        "alias_of": references.name(PAGE, page.alias_of_id) if page.alias_of_id else None,
        **{fact: getattr(page, fact) for fact in (*FACTS, *MOMENTS)},
        "view_restriction": _restriction(restriction),
        "translations": told_states(page.translations, page.source_language),
        "draft_translations": told_states(page.draft_translations, page.source_language),
        "content": _content(walk, page, live, home),
        "draft": _draft(walk, page, home),
        "languages": told_languages(page),
    }


def _content(walk: Walk, page: Page, data: dict[str, Any], home: Page) -> dict[str, Json]:
    content = walk.instance(type(page), data, left_out=HOUSEKEEPING)
    if page.pk == home.pk:
        del content["slug"]  # it is the site's code
    return content


def _draft(walk: Walk, page: Page, home: Page) -> dict[str, Json] | None:
    """The latest revision where it differs from what is published."""
    revision = page.latest_revision if page.has_unpublished_changes else None
    if revision is None:
        return None
    source = revision.content.get("source_language") or page.source_language
    return {
        "created_at": revision.created_at,
        "approved_go_live_at": revision.approved_go_live_at,
        "translations": told_states(revision.content.get("translations") or {}, source),
        "content": _content(walk, page, revision.content, home),
    }


def told_states(record: states.Record, source: str) -> dict[str, dict[str, str]]:
    """How far each language is translated. Fingerprints depend on ids, so only that of a source
    which has since changed is kept."""
    told: dict[str, dict[str, str]] = {}
    for code, state in states.states(record, source).items():
        if state is states.State.MISSING:
            continue
        told[code] = {"state": state.value}
        if code != source and record[code]["source"] != record.get(source, {}).get("text"):
            told[code]["followed"] = record[code]["source"]
        if states.is_machine(record, code):
            told[code]["by"] = "machine"
    return told


def _restriction(restriction: PageViewRestriction | None) -> dict[str, Json] | None:
    """Who may see a page: by the names of roles, and never with a password."""
    if restriction is None:
        return None
    told: dict[str, Json] = {"type": restriction.restriction_type}
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        told["groups"] = sorted(_group(group) for group in restriction.groups.all())
    return told


def _group(group: Any) -> str:
    if group.name == PORTAL_GROUP:
        return "portal"
    role = getattr(group, "role_group", None)
    return f"role:{role.role}:{role.language}" if role is not None else f"group:{group.name}"


# --- from the archive ----------------------------------------------------------------------------


def record_of(page: Page, told: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Any]]:
    """The record behind the states that an archive tells, for the content as it is now."""
    now = states.fingerprints(page)
    source = now.get(page.source_language, "")
    record: dict[str, dict[str, Any]] = {
        code: {"text": now[code], "source": state.get("followed", source)}
        for code, state in told.items()
        if now.get(code)
    }
    for code, state in told.items():
        if code in record and state["state"] in list(states.Status):
            machine = state.get("by") == "machine"
            record = states.with_status(record, code, state["state"], machine=machine)
    return record


def known_columns(model: type[models.Model]) -> frozenset[str]:
    """What the content of a page type may name."""
    return frozenset(
        [
            *(field.name for field in content_fields(model, HOUSEKEEPING)),
            *(relation.get_accessor_name() for relation in child_relations(model)),
            *(many.name for many in get_all_child_m2m_relations(model)),
        ]
    )


def numbered_children(page: Page) -> dict[str, dict[int, Any]]:
    """{relation: {number: id}} of a page that has just been made."""
    return {
        relation.get_accessor_name(): dict(
            enumerate(children(page, relation).values_list("pk", flat=True), start=1)
        )
        for relation in child_relations(type(page))
    }


def with_streams_as_text(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """Content with its streams as text, which modelcluster makes instances from."""
    turned = dict(data)
    for field in model._meta.fields:
        if isinstance(field, StreamField) and isinstance(turned.get(field.name), list):
            turned[field.name] = json.dumps(turned[field.name])
    for relation in child_relations(model):
        name = relation.get_accessor_name()
        turned[name] = [
            with_streams_as_text(relation.related_model, row) for row in turned.get(name, ())
        ]
    return turned
