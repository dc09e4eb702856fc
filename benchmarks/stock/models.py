"""One ordinary page type: a title and a rich text, both in the API."""

from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index


class ArticlePage(Page):
    """A page as most Wagtail projects have it."""

    body = RichTextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    api_fields = [APIField("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    template = "stock/article_page.html"
