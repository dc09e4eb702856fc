"""Wagtail's own groups "Editors" and "Moderators" hold rights on the roots of pages and of files.

They would reach every mission's site past the table of roles, and the workflow "Moderators
approval" stands on the root page, so that each site without its own would submit to them. The
groups stay, empty of rights (somebody may be their member); the workflow stays, switched off.
"""

from django.db import migrations

#: {group: codenames on the root page}, as Wagtail's migrations grant them.
ON_PAGES = {
    "Editors": ("add_page", "change_page"),
    "Moderators": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
#: Codenames on the root collection, for both.
ON_MEDIA = tuple(
    (app_label, f"{verb}_{model}")
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "change", "choose")
)
#: Permissions of the groups themselves, for both.
OF_GROUPS = (
    ("wagtailadmin", "access_admin"),
    *(
        (app_label, f"{verb}_{model}")
        for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        for verb in ("add", "change", "delete", "choose")
    ),
)
STOCK_WORKFLOW = "Moderators approval"


def take_away(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.filter(name__in=ON_PAGES)
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group__in=groups).delete()
    media = apps.get_model("wagtailcore", "GroupCollectionPermission")
    media.objects.filter(group__in=groups).delete()
    for group in groups:
        group.permissions.clear()
    pages = apps.get_model("wagtailcore", "WorkflowPage")
    pages.objects.filter(workflow__name=STOCK_WORKFLOW, page__depth=1).delete()
    for name in ("Workflow", "Task"):
        model = apps.get_model("wagtailcore", name)
        model.objects.filter(name=STOCK_WORKFLOW).update(active=False)


def give_back(apps, schema_editor):
    page_permissions = apps.get_model("wagtailcore", "GroupPagePermission")
    media_permissions = apps.get_model("wagtailcore", "GroupCollectionPermission")
    permissions = apps.get_model("auth", "Permission").objects
    root = apps.get_model("pages", "Page").objects.get(depth=1)
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)

    def find(app_label, codename):
        return permissions.filter(content_type__app_label=app_label, codename=codename)

    for group in apps.get_model("auth", "Group").objects.filter(name__in=ON_PAGES):
        for codename in ON_PAGES[group.name]:
            for permission in find("pages", codename):
                page_permissions.objects.get_or_create(
                    group=group, page=root, permission=permission
                )
        for app_label, codename in ON_MEDIA:
            for permission in find(app_label, codename):
                media_permissions.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )
        for app_label, codename in OF_GROUPS:
            group.permissions.add(*find(app_label, codename))
    for name in ("Workflow", "Task"):
        model = apps.get_model("wagtailcore", name)
        model.objects.filter(name=STOCK_WORKFLOW).update(active=True)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name=STOCK_WORKFLOW).first()
    if workflow is not None:
        apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
            page=root, defaults={"workflow": workflow}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_approval_and_publishers"),
        ("pages", "0003_finalize_page_model"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(take_away, give_back)]
