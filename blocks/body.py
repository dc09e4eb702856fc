"""The standard body of a page: every family, in the order in which editors are offered them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError

from blocks.accordion import AccordionBlock
from blocks.call_to_action import CallToActionBlock
from blocks.contact_card import ContactCardBlock
from blocks.documents import DocumentsBlock
from blocks.embed import EmbedBlock
from blocks.heading import HeadingBlock
from blocks.image import ImageBlock
from blocks.people import PeopleBlock
from blocks.quote import QuoteBlock
from blocks.richtext import RichTextBlock
from blocks.statistics import StatisticsBlock
from blocks.table import TableBlock
from blocks.timeline import TimelineBlock


class StandardBody(blocks.StreamBlock):
    """The block set of ``ContentField()``. The page's title is its only heading of level one."""

    rich_text = RichTextBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    accordion = AccordionBlock()
    image = ImageBlock()
    embed = EmbedBlock()
    table = TableBlock()
    timeline = TimelineBlock()
    statistics = StatisticsBlock()
    documents = DocumentsBlock()
    people = PeopleBlock()
    contact_card = ContactCardBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        template = "blocks/stream.html"

    def clean(self, value: Any) -> blocks.StreamValue:
        """Keep headings in order (unless this is a draft) and their ids apart."""
        cleaned = super().clean(value)
        headings = [
            (index, child) for index, child in enumerate(cleaned) if child.block_type == "heading"
        ]
        if not self.is_deferred_validation:
            _refuse_skipped_levels(headings)
        _separate_anchors(headings)
        return cleaned


def _refuse_skipped_levels(headings: list[tuple[int, Any]]) -> None:
    """Raise beside each heading that is more than one level below the one before it."""
    errors, previous = {}, 1
    for index, child in headings:
        level = child.value.number
        if level > previous + 1:
            errors[index] = ValidationError(
                _("This heading skips a level: raise it, or put a heading of its section first."),
                code="heading_order",
            )
        previous = level
    if errors:
        raise StreamBlockValidationError(block_errors=errors)


def _separate_anchors(headings: list[tuple[int, Any]]) -> None:
    """Number the ids that repeat: ``section-agenda``, ``section-agenda-2``."""
    used: set[str] = set()
    for _index, child in headings:
        wanted = anchor = child.value.anchor_id
        number = 2
        while anchor in used:
            anchor, number = f"{wanted}-{number}", number + 1
        used.add(anchor)
        child.value["anchor"] = anchor
