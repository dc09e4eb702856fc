from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "cms.access"
    label = "access"
    verbose_name = _("Access")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import facets, indexing, media, placement, references, serving, writing

        facets.register()
        indexing.register()
        media.register()
        placement.register()
        references.register()
        serving.register()
        writing.register()
