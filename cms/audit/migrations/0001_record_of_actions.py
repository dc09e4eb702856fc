import uuid

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pages", "0004_site_status"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("leading", models.BooleanField(default=True)),
                ("site_code", models.CharField(blank=True, max_length=32)),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date and time"
                    ),
                ),
                ("actor_name", models.CharField(blank=True, max_length=255, verbose_name="person")),
                ("action", models.CharField(max_length=255, verbose_name="action")),
                ("object_type", models.CharField(blank=True, max_length=200, verbose_name="type")),
                ("object_id", models.CharField(blank=True, max_length=255)),
                ("object_label", models.CharField(blank=True, max_length=255, verbose_name="name")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="address")),
                ("session", models.CharField(blank=True, max_length=32)),
                (
                    "detail",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="details",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="pages.siteprofile",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the record",
                "verbose_name_plural": "entries of the record",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["site", "-at"], name="audit_site_at"),
                    models.Index(fields=["leading", "-at"], name="audit_leading_at"),
                    models.Index(fields=["at"], name="audit_at"),
                    models.Index(fields=["site", "object_type"], name="audit_site_type"),
                ],
            },
        ),
    ]
