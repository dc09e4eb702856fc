"""Whether a site is shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0003_finalize_page_model"),
    ]

    operations = [
        migrations.AddField(
            model_name="siteprofile",
            name="status",
            field=models.CharField(
                choices=[("active", "Active"), ("suspended", "Suspended")],
                default="active",
                editable=False,
                max_length=16,
                verbose_name="status",
            ),
        ),
    ]
