from django.apps import AppConfig


class MissionsSiteConfig(AppConfig):
    name = "missions_site"
    label = "missions_site"
    default_auto_field = "django.db.models.BigAutoField"
