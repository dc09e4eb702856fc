from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingConfig(AppConfig):
    name = "cms.finding"
    label = "finding"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.api.registry import register_router

        register_router("/search/", _router, owner=self.name)


def _router() -> Any:
    """The API's router of the search; imported when the addresses are made."""
    from .endpoints import router

    return router
