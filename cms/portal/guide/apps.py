from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalGuideConfig(AppConfig):
    name = "cms.portal.guide"
    label = "portal_guide"
    verbose_name = _("Portal guide")
    default_auto_field = "django.db.models.BigAutoField"
