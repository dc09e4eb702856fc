"""The columns that need Wagtail's tables: locale and translation key."""

from django.db import migrations
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("pages.Page"),
        BootstrapTranslationKeyField("pages.Page"),
        BootstrapTranslatableModel("pages.Page"),
    ]
