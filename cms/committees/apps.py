from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "cms.committees"
    label = "committees"
    verbose_name = _("Main Committees")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import indexing, menus, policies

        indexing.register()
        policies.register()
        menus.register_quick_actions()
