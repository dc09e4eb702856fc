"""Documents that were there before sort by symbol too, and know their families."""

import re

from django.db import migrations

BATCH = 1000
SUFFIX = re.compile(r"/(REV|ADD|CORR|AMEND)\.[0-9]{1,6}([^/0-9][^/]*)?$")


def fill(apps, schema_editor):
    document = apps.get_model("library", "Document")
    found = document.objects.order_by("pk").only("pk", "key")
    batch = []
    for each in found.iterator(chunk_size=BATCH):
        each.order_key = re.sub("[0-9]+", lambda number: number.group().zfill(8), each.key)[:500]
        each.family_key = each.key
        while (shorter := SUFFIX.sub("", each.family_key)) and shorter != each.family_key:
            each.family_key = shorter
        batch.append(each)
        if len(batch) == BATCH:
            document.objects.bulk_update(batch, ["order_key", "family_key"])
            batch = []
    document.objects.bulk_update(batch, ["order_key", "family_key"])


class Migration(migrations.Migration):
    dependencies = [("library", "0002_add_files_relations_agenda_and_thesaurus")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
