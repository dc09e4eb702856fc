from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalGuideConfig(AppConfig):
    name = "cms.portal.guide"
    label = "portal_guide"
    verbose_name = _("Portal guide")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.access.dashboard import register_quick_action
        from cms.access.tiles import Tile, register_tile

        from .selectors import add_guide_page_url, guide_url

        register_quick_action(_("Add a guide page"), add_guide_page_url, kinds=["portal"], order=20)

        register_tile(
            Tile(
                name="guide",
                label=_("Guide"),
                description=_("How the services for permanent missions work, step by step."),
                icon="info",
                url=guide_url,
                order=10,
            )
        )
