"""The OpenAPI document: a change of the API fails here until it is meant.

Regenerate it deliberately, and read the difference before committing it:

    REGENERATE_OPENAPI=1 .venv/bin/python -m pytest tests/api/test_openapi.py
"""

import functools
import json
import os
from pathlib import Path

import pytest
from ninja.responses import NinjaJSONEncoder
from pydantic import TypeAdapter

from cms.api.api import api as headless
from cms.api.telling import detail_schema
from cms.languages import codes
from tests.api.conftest import publish

SNAPSHOT = Path(__file__).parent / "openapi.json"


@functools.cache
def current():
    """The document as it is now, in a form that differs only where the API does."""
    with codes.override("en"):
        document = headless.get_openapi_schema()
    return json.loads(json.dumps(document, cls=NinjaJSONEncoder))


def test_the_api_is_what_it_was():
    document = current()
    if os.environ.get("REGENERATE_OPENAPI"):
        text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False)
        SNAPSHOT.write_text(text + "\n", encoding="utf-8")
    assert SNAPSHOT.exists(), "make it: see the head of this file"
    assert document == json.loads(SNAPSHOT.read_text(encoding="utf-8")), (
        "the API has changed: if that is meant, regenerate the document (see the head of this file)"
    )


def test_every_operation_is_named_once_and_described():
    operations = [operation for path in current()["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) > 30
    assert [one["operationId"] for one in operations if not one.get("summary")] == []


def test_every_read_of_content_takes_a_language():
    paths = current()["paths"]
    for path in (
        "pages/",
        "pages/find/",
        "pages/{page_id}/",
        "sites/",
        "search/",
        "images/",
        "files/",
        "documents/",
    ):
        taken = {one["name"] for one in paths[f"/api/v3/{path}"]["get"]["parameters"]}
        assert "lang" in taken, path
        if path not in ("sites/", "documents/"):
            assert "site" in taken, path


@pytest.mark.parametrize("code", codes.CODES)
def test_what_is_told_is_what_the_document_says(api, home, index, news, code):
    for page in (home, index, news):
        page = publish(page)
        told = api(f"pages/{page.pk}/", lang=code).json()
        TypeAdapter(detail_schema(type(page))).validate_python(told)
        assert set(told) == set(detail_schema(type(page)).model_fields)
