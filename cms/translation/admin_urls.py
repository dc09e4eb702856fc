"""The translators' addresses, below `/admin/translation/`. Each view's module has its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from .board.urls import urlpatterns as board
from .exchange.urls import urlpatterns as exchange
from .glossary.urls import urlpatterns as glossary
from .machine.urls import urlpatterns as machine
from .releasing.urls import urlpatterns as releasing
from .side_by_side.urls import urlpatterns as side_by_side
from .together.urls import urlpatterns as together

app_name = "translation"
urlpatterns: list[URLPattern | URLResolver] = [
    *board,
    *exchange,
    *glossary,
    *machine,  # before side_by_side, whose addresses end in a language
    *releasing,  # before side_by_side, whose addresses end in a language
    *side_by_side,
    *together,
]
