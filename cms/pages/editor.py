"""The editor of a page: a tab a language, then the details that all languages share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    Panel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import AbstractPage

from cms.languages import codes
from cms.languages.fields import column, translated_fields
from cms.languages.tabs import LanguageTab, LanguageTabs, SharedTab

from .forms import PageForm

if TYPE_CHECKING:
    from .models import Page

#: Translated fields with a place of their own in each tab.
_PLACED = ("title", "seo_title", "search_description")


def _in_language(page_type: type[Page], panel: str | Panel, code: str) -> Panel:
    """A panel of a translated field, for one language's column; the tab says which language."""
    if isinstance(panel, str):
        field = page_type._meta.get_field(panel)
        # Wagtail gives its growing box to TextField itself, not to modeltranslation's subclass.
        widget = AdminAutoHeightTextInput() if type(field) is models.TextField else None
        return FieldPanel(column(panel, code), heading=capfirst(field.verbose_name), widget=widget)
    copy = panel.clone()
    copy.field_name = column(panel.field_name, code)
    return copy


def own_panels(page_type: type[Page]) -> list[str | Panel]:
    """What a type's tabs hold between the title and what search engines show, in order."""
    if page_type.translated_panels is not None:
        return page_type.translated_panels
    return [name for name in translated_fields(page_type) if name not in _PLACED]


def own_fields(page_type: type[Page]) -> list[str]:
    """Names of the translated fields that a type brings itself, in the order of its tabs."""
    return [
        panel if isinstance(panel, str) else panel.field_name for panel in own_panels(page_type)
    ]


def language_tab(page_type: type[Page], code: str) -> LanguageTab:
    """The tab of one language: title, the type's own fields, what search engines show."""
    own = own_panels(page_type)
    return LanguageTab(
        [
            FieldPanel(
                column("title", code),
                classname="title",
                heading=_("Title"),
                help_text="",
                widget=forms.TextInput(attrs={"placeholder": _("Title in this language")}),
            ),
            *[_in_language(page_type, panel, code) for panel in own],
            MultiFieldPanel(
                [
                    FieldPanel(column("seo_title", code), heading=_("Title in search engines")),
                    FieldPanel(
                        column("search_description", code),
                        heading=_("Description in search engines"),
                    ),
                ],
                heading=_("For search engines"),
                classname="collapsed",
            ),
        ],
        language=code,
    )


def page_tabs(page_type: type[Page]) -> LanguageTabs:
    """The tabs of a page type; Wagtail binds them to the type once a process."""
    tabs: list[Any] = [language_tab(page_type, code) for code in codes.CODES]
    if page_type.detail_panels:
        tabs.append(SharedTab(page_type.detail_panels, name="details", heading=_("Details")))
    tabs.append(
        SharedTab(
            [
                FieldPanel(
                    "slug",
                    help_text=_(
                        "One address for all languages. Left empty, it is made from the title."
                    ),
                ),
                "source_language",
                "show_in_menus",
                *AbstractPage.settings_panels,
            ],
            name="settings",
            heading=_("Settings"),
        )
    )
    # Wagtail's admin puts its own form on the swapped base model when it starts (8.0.1,
    # wagtail/admin/apps.py); types with a form of their own keep theirs.
    own_form = page_type.base_form_class
    form = own_form if issubclass(own_form, PageForm) else PageForm
    return LanguageTabs(tabs, base_form_class=form)
