"""Every public document that is there already gets its entry for harvesters."""

from django.db import migrations
from django.utils import timezone

BATCH = 500


def fill(apps, schema_editor):
    document, entry = (apps.get_model("library", name) for name in ("Document", "HarvestEntry"))
    stamp = timezone.now().replace(microsecond=0)
    shown = document.objects.exclude(distribution="restricted").order_by("pk")
    entries = (
        entry(key=key, document_number=pk, body=body, stamp=stamp)
        for pk, key, body in shown.values_list("pk", "key", "body").iterator(chunk_size=BATCH)
    )
    entry.objects.bulk_create(entries, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("library", "0004_keep_imports_and_harvest_entries")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
