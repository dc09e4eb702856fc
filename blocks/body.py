"""The standard body of a page: every family, in the order in which editors are offered them."""

from wagtail import blocks

from blocks.richtext import RichTextBlock


class StandardBody(blocks.StreamBlock):
    """The block set of ``ContentField()``."""

    rich_text = RichTextBlock()
