from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "cms.people"
    label = "people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.access.services import register_role_follower

        from . import approval, checks, departures  # noqa: F401

        departures.register()
        register_role_follower(approval.follow_roles)
