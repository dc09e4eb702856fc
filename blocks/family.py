"""What every family has: a template, an API form, a preview, and its visible text in order."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

#: The page that shows one block to an editor who is about to choose it.
PREVIEW_TEMPLATE = "blocks/preview.html"


class Family(blocks.StructBlock):
    """A block with named parts. Families and the items inside them derive from it.

    ``visible`` names the parts whose words a reader sees, in reading order; the search indexes
    those and no others (not the level of a heading, not an address behind a link).
    """

    visible: ClassVar[tuple[str, ...]] = ()

    #: Parts of text that are the same in every language (a symbol, a number to dial): copied with
    #: the block, never given to a translator.
    common: ClassVar[tuple[str, ...]] = ()

    class Meta:
        preview_template = PREVIEW_TEMPLATE

    def get_searchable_content(self, value: Any) -> list[str]:
        """Give the visible text of the parts, in reading order."""
        content: list[str] = []
        for name in self.visible:
            part = value.get(name)
            if part is not None:
                content.extend(self.child_blocks[name].get_searchable_content(part))
        return content

    def refuse(self, value: Any, **messages: str | Promise) -> Any:
        """Return the cleaned value, or raise with a message beside each part that is named."""
        if messages:
            raise StructBlockValidationError(
                block_errors={
                    name: ValidationError(message, code="invalid")
                    for name, message in messages.items()
                }
            )
        return value


class ListFamily(Family):
    """A family that is a list: its part ``items`` is a ``ListBlock``."""

    visible = ("items",)

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        """Give the template ``items`` (``value.items`` is a method where the part is absent)."""
        return super().get_context(value, parent_context) | {"items": value.get("items") or ()}
