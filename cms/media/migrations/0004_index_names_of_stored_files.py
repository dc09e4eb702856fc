from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0003_copy_tags")]

    operations = [
        migrations.AddIndex(
            model_name="rendition",
            index=models.Index(fields=["file"], name="rendition_file"),
        ),
        migrations.AddIndex(
            model_name="siteimage",
            index=models.Index(fields=["file"], name="image_file"),
        ),
    ]
