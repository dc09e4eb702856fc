"""The app of the stock project."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """The page type and its template."""

    name = "benchmarks.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"
