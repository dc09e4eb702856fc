from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "cms.committees"
    label = "committees"
    verbose_name = _("Main Committees")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.access.media import register_shown
        from cms.media.models import File
        from cms.pages.rendered import know_parameters

        from . import indexing, menus, policies, selectors

        indexing.register()
        policies.register()
        menus.register_quick_actions()
        register_shown(File, selectors.files_of_statements)
        know_parameters("item", "state")
