from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalHomeConfig(AppConfig):
    name = "cms.portal.home"
    label = "portal_home"
    verbose_name = _("Portal home")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.access.dashboard import register_quick_action
        from cms.access.roles import Permission

        from .selectors import notices_url

        register_quick_action(
            _("Write a notice"),
            notices_url,
            permission=Permission.CHANGE_PAGE,
            kinds=["portal"],
            order=10,
        )
