"""The translators' addresses, below `/admin/translation/`. Each view's module has its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from .board.urls import urlpatterns as board
from .exchange.urls import urlpatterns as exchange
from .glossary.urls import urlpatterns as glossary
from .side_by_side.urls import urlpatterns as side_by_side
from .together.urls import urlpatterns as together

app_name = "translation"
urlpatterns: list[URLPattern | URLResolver] = [
    *board,
    *exchange,
    *glossary,
    *side_by_side,
    *together,
]
