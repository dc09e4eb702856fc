"""United Nations documents by symbol."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family, ListFamily
from blocks.symbols import clean_symbol, resolve


class SymbolBlock(blocks.CharBlock):
    """A document symbol, tidied when it is saved."""

    def clean(self, value: Any) -> str:
        """Put slashes and case right; refuse what can't be a symbol."""
        cleaned = super().clean(value)
        return clean_symbol(cleaned) if cleaned else cleaned


class DocumentItem(Family):
    """One document."""

    symbol = SymbolBlock(
        max_length=100, label=_("Symbol"), help_text=_("For example: A/RES/79/1, S/2024/1")
    )
    title = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Title"),
        help_text=_("Left empty, the official title is shown where it is known."),
    )

    visible = ("symbol", "title")
    common = ("symbol",)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        label_format = "{symbol} {title}"


class DocumentsBlock(ListFamily):
    """A list of documents, each a link to its permanent address."""

    items = blocks.ListBlock(DocumentItem(), min_num=1, label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents by symbol")
        description = _("Links to United Nations documents; official titles are filled in.")
        group = _("Facts")
        template = "blocks/documents.html"
        preview_value = {
            "items": [
                {"symbol": "A/RES/217(III)", "title": _("Universal Declaration of Human Rights")},
                {"symbol": "A/RES/79/1", "title": ""},
            ]
        }

    def clean(self, value: Any) -> Any:
        """Refuse a symbol that is listed twice."""
        cleaned = super().clean(value)
        symbols = [item["symbol"] for item in cleaned["items"]]
        twice = sorted({symbol for symbol in symbols if symbol and symbols.count(symbol) > 1})
        if twice:
            return self.refuse(
                cleaned,
                items=_("Listed twice: %(symbols)s. Keep one.") % {"symbols": ", ".join(twice)},
            )
        return cleaned

    def links(self, value: Any) -> list[dict[str, str]]:
        """Give ``{symbol, title, language, url}`` for each document, in order.

        ``language`` is empty where the editor wrote the title: it is then in the page's.
        """
        items = [
            (_plain(item.get("symbol")), item.get("title")) for item in value.get("items") or ()
        ]
        found = resolve([symbol for symbol, _title in items])
        return [
            {
                "symbol": symbol,
                "title": str(title or found[symbol].title),
                "language": "" if title else found[symbol].language,
                "url": found[symbol].url,
            }
            for symbol, title in items
            if symbol
        ]

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        """Give the template ``links``."""
        return super().get_context(value, parent_context) | {"links": self.links(value)}

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{items: [{symbol, title, language, url}]}``."""
        return {"items": self.links(value)}


def _plain(symbol: str | None) -> str:
    """Give the tidied symbol of an item that may never have been through ``clean``."""
    try:
        return clean_symbol(symbol or "")
    except ValidationError:
        return symbol or ""
