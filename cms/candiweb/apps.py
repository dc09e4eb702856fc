from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CandiwebConfig(AppConfig):
    name = "cms.candiweb"
    label = "candiweb"
    verbose_name = _("CandiWeb")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.pages.rendered import know_parameters

        from . import indexing, menus, policies

        indexing.register()
        policies.register()
        menus.register()
        know_parameters("year", "body")
