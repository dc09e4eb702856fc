from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="indexstate",
            name="rebuild_objects",
            field=models.PositiveIntegerField(
                default=0, verbose_name="objects treated by the rebuild"
            ),
        ),
    ]
