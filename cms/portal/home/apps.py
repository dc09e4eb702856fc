from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalHomeConfig(AppConfig):
    name = "cms.portal.home"
    label = "portal_home"
    verbose_name = _("Portal home")
    default_auto_field = "django.db.models.BigAutoField"
