from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "cms.library"
    label = "library"
    verbose_name = _("Documents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from blocks.symbols import register_resolver
        from cms.access.answers import register_answer
        from cms.access.policies import RolePolicy
        from cms.access.roles import Permission
        from cms.access.tiles import Tile, register_tile
        from cms.api.registry import register_router
        from cms.pages.rendered import know_parameters
        from cms.pages.syndication import register_sitemap

        from . import answers, facets, filing, indexing, models, relating, selectors
        from . import checks as checks  # registers them
        from .exporting import site_map

        facets.register()
        register_answer("documents", answers.document_named)
        filing.register()
        indexing.register()
        relating.register()
        know_parameters("body", "subject")
        register_sitemap(site_map.SECTION, site_map.documents_map)
        register_resolver(selectors.resolve_symbols)
        register_router("/documents/", _router, owner=self.name)
        for model in (models.Document, models.Subject, models.AgendaItem):
            register_permission_policy(model, RolePolicy(model, Permission.MANAGE_SITES))
        register_tile(
            Tile(
                name="documents",
                label=_("Documents"),
                description=_("Resolutions and other documents by symbol, in six languages."),
                icon="document",
                url=lambda request: f"/{request.language}/documents/",
                order=30,
            )
        )


def _router() -> Any:
    """The API's router of documents; imported when the addresses are made."""
    from .endpoints import router

    return router
