"""The translators' addresses, below `/admin/translation/`. Each view's module has its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "translation"
urlpatterns: list[URLPattern | URLResolver] = []
