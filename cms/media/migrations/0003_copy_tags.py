"""Copy the tags that images and files carried in taggit's own tables, a tag for each collection."""

from django.db import migrations


def copy_tags(apps, schema_editor):
    Tag = apps.get_model("media", "Tag")
    OldItem = apps.get_model("taggit", "TaggedItem")
    ContentType = apps.get_model("contenttypes", "ContentType")
    made = {}
    for model_name, through_name in (("siteimage", "TaggedImage"), ("file", "TaggedFile")):
        through = apps.get_model("media", through_name)
        owner = apps.get_model("media", model_name)
        kind = ContentType.objects.filter(app_label="media", model=model_name).first()
        if kind is None:
            continue
        collections = dict(owner.objects.values_list("pk", "collection_id"))
        for item in OldItem.objects.filter(content_type=kind).select_related("tag"):
            if item.object_id not in collections:
                continue
            key = (collections[item.object_id], item.tag.name)
            if key not in made:
                made[key] = Tag.objects.create(name=item.tag.name, slug=item.tag.slug)
            through.objects.create(tag=made[key], content_object_id=item.object_id)


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0002_tags_of_our_own"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(copy_tags, migrations.RunPython.noop)]
