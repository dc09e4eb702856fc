"""Rich text: paragraphs, lists and links. Headings are a family of their own."""

import re
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.api.rich_text import APIRichText
from wagtail.rich_text import RichText, expand_db_html

from blocks.family import PREVIEW_TEMPLATE

#: What editors may do inside a paragraph. No headings (the heading family keeps their order), no
#: embeds and no images (their families ask for alternative text and wait for a click).
FEATURES = ("bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link", "hr")

#: Inside an item (an answer, an event): no rules across the page.
ITEM_FEATURES = tuple(feature for feature in FEATURES if feature != "hr")

#: The editor's own marks on paragraphs; nobody else's business.
_EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')


class RichTextBlock(blocks.RichTextBlock):
    """Running text, stored as Wagtail's rich text, shown as HTML.

    The editor only makes markup that its features allow. What comes another way (an import, an
    old revision, a form that was tampered with) is brought down to the same features by ``clean``.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", list(FEATURES))
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        group = _("Text")
        template = "blocks/rich_text.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = _(
            "<p>All human beings are born free and equal in dignity and rights. They are endowed "
            "with reason and conscience and should act towards one another in a spirit of "
            "brotherhood.</p>"
        )

    def clean(self, value: Any) -> RichText:
        """Drop markup outside the features; refuse a required text without any word."""
        cleaned = super().clean(value)
        source = self._within_features(cleaned.source)
        if not strip_tags(source).strip() and "<hr" not in source:
            if self.required and not self.is_deferred_validation:
                raise ValidationError(
                    _("Write some text here, or delete this block."), code="required"
                )
            source = ""
        return RichText(source)

    def _within_features(self, source: str) -> str:
        """Give the source as it is if it keeps to the features, else what is left of it.

        The sanitiser also drops the editor's keys, which tie comments to paragraphs and keep
        revisions comparable: a text that was fine keeps them.
        """
        allowed, _removed = APIRichText.sanitize_db_html(source, features=self.features)
        without_keys = BeautifulSoup(_EDITOR_KEYS.sub("", source), "html.parser")
        # Trees, not strings: the order of attributes says nothing.
        return source if without_keys == BeautifulSoup(allowed, "html.parser") else allowed

    def get_api_representation(self, value: Any, context: dict | None = None) -> str:
        """Give display HTML, unless the request asks Wagtail for another ``rich_text_format``."""
        request = (context or {}).get("request")
        asked = request.GET.get("rich_text_format") if request is not None else None
        if asked and asked != APIRichText.FORMAT_HTML:
            return super().get_api_representation(value, context=context)
        return _EDITOR_KEYS.sub("", expand_db_html(value.source))
