"""Rich text: paragraphs, lists and links. Headings are a family of their own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

#: What editors may do inside a paragraph. No headings (the heading family keeps their order),
#: no embeds and no images (their families ask for alternative text and consent).
FEATURES = ("bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link", "hr")


class RichTextBlock(blocks.RichTextBlock):
    """Running text, stored as Wagtail's rich text, shown as HTML."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", list(FEATURES))
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "blocks/rich_text.html"
