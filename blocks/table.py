"""A table that a screen reader can read: a caption, column headings, row headings."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)

from blocks.family import Family
from blocks.richtext import RichTextBlock

CELL_FEATURES = ["bold", "italic", "link", "document-link"]


class TableBlock(Family):
    """Rows and columns of text or numbers.

    Wagtail's typed table is used rather than its spreadsheet one: its cells are blocks (escaped,
    translated and searched like any other) and its editor is not a third-party grid.
    """

    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False, label=_("Text"))),
            ("number", blocks.DecimalBlock(required=False, label=_("Number"))),
            (
                "rich_text",
                RichTextBlock(required=False, features=CELL_FEATURES, label=_("Text with links")),
            ),
        ],
        label=_("Table"),
        help_text=_("Give the table a caption and each column a heading."),
    )
    row_headings = blocks.BooleanBlock(
        required=False,
        default=True,
        label=_("The first column names its row"),
    )
    source = blocks.CharBlock(required=False, max_length=300, label=_("Source"))

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Figures or facts in rows and columns.")
        group = _("Facts")
        template = "blocks/table.html"

    def clean(self, value: Any) -> Any:
        """Ask for a caption, a row, and a heading for each column."""
        cleaned = super().clean(value)
        table: TypedTable = cleaned["table"]
        if self.is_deferred_validation:
            return cleaned
        problems = []
        if not (table.caption or "").strip():
            problems.append(_("Give the table a caption that says what it shows."))
        if not table.columns or not table.row_data:
            problems.append(_("Add at least one column and one row, or delete this block."))
        elif not all((column["heading"] or "").strip() for column in table.columns):
            problems.append(_("Give each column a heading."))
        if problems:
            raise StructBlockValidationError(
                block_errors={
                    "table": TypedTableBlockValidationError(
                        non_block_errors=[ValidationError(problem) for problem in problems]
                    )
                }
            )
        return cleaned

    def get_preview_value(self) -> Any:
        """Give a small table."""
        return self.to_python(
            {
                "table": {
                    "caption": str(_("Official languages")),
                    "columns": [
                        {"type": "text", "heading": str(_("Language"))},
                        {"type": "number", "heading": str(_("Adopted"))},
                    ],
                    "rows": [{"values": ["العربية", "1973"]}, {"values": ["Français", "1946"]}],
                },
                "row_headings": True,
                "source": "",
            }
        )

    def get_searchable_content(self, value: Any) -> list[str]:
        """Give caption, headings, cells row by row, and source; empty cells are left out."""
        table = value["table"]
        content = [table.caption, *(column["heading"] for column in table.columns)]
        for row in table.rows:
            for cell in row:
                if cell.value is not None:
                    content.extend(
                        cell.block.get_searchable_content(cell.value) or [str(cell.value)]
                    )
        return [text for text in [*content, value.get("source")] if text]

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{caption, columns: [{type, heading}], rows: [[cell]], row_headings, source}``.

        A cell is text, a number as a string (``"12.50"``, no rounding), display HTML, or null.
        """
        table = value["table"]
        return {
            "caption": table.caption or "",
            "columns": [
                {"type": column["block"].name, "heading": column["heading"]}
                for column in table.columns
            ],
            "rows": [
                [
                    str(cell.value)
                    if cell.block.name == "number" and cell.value is not None
                    else cell.block.get_api_representation(cell.value, context=context)
                    for cell in row
                ]
                for row in table.rows
            ],
            "row_headings": bool(value.get("row_headings")),
            "source": value.get("source") or "",
        }
