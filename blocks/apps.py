"""The Django app of the block families."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlocksConfig(AppConfig):
    """The app ``blocks``: templates, static files and template tags, no models."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "blocks"
    label = "blocks"
    verbose_name = _("Content blocks")
