"""Exports of lists to spreadsheets, safe for whoever opens them.

Nothing that anybody wrote is a formula; the file speaks its reader's language to its last row; a
spreadsheet knows that the text is UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import translation
from wagtail.admin.views.mixins import SpreadsheetExportMixin

#: A cell that begins so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SafeSpreadsheetMixin(SpreadsheetExportMixin):
    """Wagtail's export in CSV (streamed) and XLSX. The queryset is read row by row."""

    #: Rows of one export: a spreadsheet holds a million at most, and nobody reads those.
    most_exported = 50_000

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        rows = queryset[: self.most_exported].iterator(chunk_size=2_000)
        return super().as_spreadsheet(rows, spreadsheet_format)

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Nothing that anybody wrote is a formula in a spreadsheet, nor becomes one."""
        told = super().preprocess_field_value(field, value, export_format)
        return f"'{told}" if isinstance(told, str) and told.startswith(FORMULA) else told

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        # The stream is read when the view, and with it the reader's language, is left; a
        # spreadsheet knows by the mark at the beginning that the text is UTF-8.
        language, rows = translation.get_language(), super().stream_csv(queryset)

        def told() -> Iterator[bytes]:
            yield "\ufeff".encode()
            while True:
                with translation.override(language):
                    row = next(rows, None)
                if row is None:
                    return
                yield row

        return told()
