"""What the groups of roles hold, brought into line with the table of roles, many groups at once.

A site has ten groups and about a hundred grants: written one by one they were half of the time that
a new site takes. Here a site's groups cost a dozen queries, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as DjangoPermission
from django.db import models
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.pages.models import Page

from .roles import Permission

_PAGE = {
    Permission.ADD_PAGE: "add_page",
    Permission.CHANGE_PAGE: "change_page",
    Permission.PUBLISH_PAGE: "publish_page",
    Permission.LOCK_PAGE: "lock_page",
    Permission.UNLOCK_PAGE: "unlock_page",
}
_MEDIA = {
    Permission.ADD_MEDIA: "add",
    Permission.CHANGE_MEDIA: "change",
    Permission.CHOOSE_MEDIA: "choose",
}
#: Wagtail asks for the permissions of its own models, whichever take their place.
_MEDIA_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))
#: What everybody in the admin may do besides: keep API tokens of their own, which can do no more
#: than they can. Wagtail limits its views of tokens to one's own.
_ADMIN = (
    ("wagtailadmin", "access_admin"),
    ("wagtailcore", "add_apitoken"),
    ("wagtailcore", "change_apitoken"),
    ("wagtailcore", "delete_apitoken"),
)

Key = tuple[str, str]


#: What each group is to hold.
Wanted = Mapping[Group, frozenset[Permission]]


def grant(groups: Wanted, *, root: Page, collection: Collection) -> None:
    """Give each group what it is to hold on the pages below `root` and on the media of
    `collection`, and take back everything else of the kind that it holds."""
    known = _known_permissions()
    page, media, admin = [], [], []
    for group, allowed in groups.items():
        page += [(group.pk, root.pk, known[key]) for key in _page_keys(allowed)]
        media += [(group.pk, collection.pk, known[key]) for key in _media_keys(allowed)]
        admin += [(group.pk, known[key]) for key in _ADMIN if Permission.USE_ADMIN in allowed]
    ids = [group.pk for group in groups]
    _match(GroupPagePermission, ids, ("group_id", "page_id", "permission_id"), page)
    _match(GroupCollectionPermission, ids, ("group_id", "collection_id", "permission_id"), media)
    _match(Group.permissions.through, ids, ("group_id", "permission_id"), admin)


def _page_keys(allowed: frozenset[Permission]) -> list[Key]:
    label = Page._meta.app_label
    return [(label, codename) for name, codename in _PAGE.items() if name in allowed]


def _media_keys(allowed: frozenset[Permission]) -> list[Key]:
    return [
        (app_label, f"{verb}_{model_name}")
        for app_label, model_name in _MEDIA_MODELS
        for name, verb in _MEDIA.items()
        if name in allowed
    ]


def _known_permissions() -> dict[Key, int]:
    """{(app label, codename): id of the permission}. One query."""
    apps = (*(label for label, _name in _ADMIN), *(label for label, _model in _MEDIA_MODELS))
    labels = {Page._meta.app_label, *apps}
    rows = DjangoPermission.objects.filter(content_type__app_label__in=labels)
    return {
        (app_label, codename): pk
        for app_label, codename, pk in rows.values_list("content_type__app_label", "codename", "pk")
    }


def _match(
    model: type[models.Model],
    groups: list[int],
    columns: tuple[str, ...],
    wanted: Iterable[tuple[int, ...]],
) -> None:
    """Make the rows of these groups the wanted ones. At most three queries."""
    rows = model._default_manager.filter(group_id__in=groups)
    held = {tuple(values): pk for pk, *values in rows.values_list("pk", *columns)}
    surplus = [pk for values, pk in held.items() if values not in set(wanted)]
    if surplus:
        model._default_manager.filter(pk__in=surplus).delete()
    missing = [values for values in wanted if values not in held]
    if missing:
        model._default_manager.bulk_create(
            model(**dict(zip(columns, values, strict=True))) for values in missing
        )
