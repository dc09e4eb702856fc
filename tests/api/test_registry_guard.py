"""Every translated field has its place: a tab, a search entry, an API entry.

Walks modeltranslation's registry, so a field that somebody adds tomorrow is asked too.
"""

import pytest
from modeltranslation.translator import translator
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from cms.access.indexing import searchable_text
from cms.api.page_schemas import writable_names
from cms.api.telling import detail_schema
from cms.languages import codes
from cms.languages.fields import column, translated_fields
from cms.languages.tabs import LanguageTab
from cms.pages.forms import PageForm

PAGE_TYPES = sorted(get_page_models(), key=lambda model: model._meta.label)
RECORDS = sorted(
    (
        model
        for model in translator.get_registered_models(abstract=False)
        if model not in PAGE_TYPES
    ),
    key=lambda model: model._meta.label,
)
#: Fields that search finds otherwise than in the text (title), or not at all.
NOT_IN_TEXT = {"title", "seo_title"}
#: Fields that the API tells below `meta`.
IN_META = {"title", "seo_title", "search_description"}

by_label = pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model._meta.label)


def field_names(panel):
    """Names of the fields that a panel and its children edit."""
    if isinstance(panel, FieldPanel):
        yield panel.field_name
    for child in getattr(panel, "children", ()):
        yield from field_names(child)


def test_there_is_something_to_guard():
    assert len(PAGE_TYPES) > 10
    assert len(RECORDS) > 3


@by_label
@pytest.mark.parametrize("code", codes.CODES)
def test_every_translated_field_has_its_place_in_the_tab_of_each_language(model, code):
    tabs = {
        tab.language: set(field_names(tab))
        for tab in model.get_edit_handler().children
        if isinstance(tab, LanguageTab)
    }
    assert set(tabs) == set(codes.CODES)
    wanted = {column(name, code) for name in translated_fields(model)}
    assert wanted - tabs[code] == set(), "give these fields a panel in `translated_panels`"
    others = {column(n, c) for c in codes.CODES if c != code for n in translated_fields(model)}
    assert tabs[code] & others == set()


@by_label
def test_every_page_type_is_edited_with_our_form(model):
    assert issubclass(model.get_edit_handler().get_form_class(), PageForm)


@by_label
@pytest.mark.parametrize("code", codes.CODES)
def test_every_translated_field_of_a_type_that_is_found_is_in_its_text(db, model, code):
    if not model.search_kind:
        pytest.skip(f"{model._meta.label} is kept out of the index")
    page = model()
    words = {}
    for number, name in enumerate(n for n in translated_fields(model) if n not in NOT_IN_TEXT):
        field = model._meta.get_field(column(name, code))
        words[name] = f"unmistakable{number}"
        if not isinstance(field, StreamField):
            setattr(page, field.name, words[name])
            continue
        block = text_block(field, words[name])
        if block is None:
            del words[name]  # holds no words of its own
        else:
            setattr(page, field.name, block)
    page.extra_search_text = lambda code: ""  # asks the database; the fields are meant here
    text = searchable_text(page, code)
    assert [name for name, word in words.items() if word not in text] == []


def text_block(field, word):
    """A value of a StreamField that says a word, or None where its blocks say nothing simple."""
    children = field.stream_block.child_blocks
    if "rich_text" in children:
        return [("rich_text", children["rich_text"].to_python(f"<p>{word}</p>"))]
    return None


@by_label
def test_every_translated_field_is_told_by_the_api(model):
    told = {
        field.name if isinstance(field, APIField) else field for field in model.api_fields
    } | IN_META
    assert set(translated_fields(model)) - told == set(), "name these fields in `api_fields`"
    schema = detail_schema(model)
    assert set(translated_fields(model)) - IN_META <= set(schema.model_fields)


@by_label
def test_every_language_of_every_translated_field_may_be_written(model):
    wanted = {column(name, code) for code in codes.CODES for name in translated_fields(model)}
    assert wanted <= set(writable_names(model))


@pytest.mark.parametrize(
    "model",
    [model for model in RECORDS if model in get_snippet_models()],
    ids=lambda model: model._meta.label,
)
@pytest.mark.parametrize("code", codes.CODES)
def test_every_translated_field_of_a_record_is_in_its_form(model, code):
    view_set = model.snippet_viewset
    edited = set(field_names(view_set._edit_handler))
    wanted = {column(name, code) for name in translated_fields(model)}
    assert wanted - edited == set()


def children_of(model):
    """(panel, model) of the records that a page type's editor keeps inside the page."""

    def inline(panel):
        if isinstance(panel, InlinePanel):
            yield panel
        for child in getattr(panel, "children", ()):
            yield from inline(child)

    for panel in inline(model.get_edit_handler()):
        yield panel, panel.db_field.related_model


@by_label
def test_every_translated_field_of_a_pages_children_is_edited_and_told(model):
    for panel, child in children_of(model):
        wanted = {column(name, code) for code in codes.CODES for name in translated_fields(child)}
        assert wanted - set(field_names(panel.child_edit_handler)) == set()
        if panel.relation_name in {field.name for field in model.api_fields}:
            told = {field.name for field in getattr(child, "api_fields", ())}
            assert set(translated_fields(child)) - told == set(), child._meta.label
