from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MissionsConfig(AppConfig):
    name = "cms.missions"
    label = "missions"
    verbose_name = _("Missions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.languages.names import register_official_names, register_state_names
        from cms.pages.rendered import know_parameters

        from . import archiving, menus, policies
        from . import signals as _receivers  # noqa: F401  (registers them)
        from .selectors import official_names, state_names

        register_state_names(state_names)
        register_official_names(official_names)
        policies.register()
        menus.register_quick_actions()
        archiving.register()
        know_parameters("past", "group", "letter")
