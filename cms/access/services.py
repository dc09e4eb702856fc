"""Changes of who may do what. The admin, the API and the commands call these."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.contrib.auth.models import Permission as DjangoPermission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.languages import codes
from cms.media.models import File, SiteImage
from cms.pages.models import Page, SiteProfile

from .audiences import portal_group, reads_portal
from .models import RoleGroup, SiteCollection
from .roles import Permission, Role, Scope, get_role, roles_of_kind

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


def group_name(role: Role, site: SiteProfile | None, language: str = "") -> str:
    """The name of a role's group: "fra: editor", "fra: translator (ar)", "secretariat"."""
    name = role.name.replace("_", " ")
    if language:
        name = f"{name} ({language})"
    return f"{site.code}: {name}" if site else name


@transaction.atomic
def ensure_collection(site: SiteProfile, *, name: str) -> Collection:
    """The collection of a site's media, made on first call."""
    owned = SiteCollection.objects.filter(site=site).select_related("collection").first()
    if owned:
        return owned.collection
    root = Collection.get_first_root_node()
    collection = root.add_child(instance=Collection(name=name))
    SiteCollection.objects.create(site=site, collection=collection)
    return collection


@transaction.atomic
def ensure_site_roles(site: SiteProfile, *, collection: Collection) -> list[RoleGroup]:
    """The groups of every role that a site of this kind has, with the table's permissions.

    Idempotent: a second call repairs what is missing and takes back what the table does not give.
    """
    made = []
    for role in roles_of_kind(site.kind):
        for language in codes.CODES if role.by_language else ("",):
            made.append(_ensure_group(role, site, language, site.site.root_page, collection))
    return made


@transaction.atomic
def ensure_secretariat() -> RoleGroup:
    """The Secretariat's group: every site, every collection."""
    role = get_role("secretariat")
    root = Page.get_first_root_node()
    return _ensure_group(role, None, "", root, Collection.get_first_root_node())


def _ensure_group(
    role: Role, site: SiteProfile | None, language: str, root: Page, collection: Collection
) -> RoleGroup:
    role_group = (
        RoleGroup.objects.filter(role=role.name, site=site, language=language)
        .select_related("group")
        .first()
    )
    if role_group is None:
        group, _created = Group.objects.get_or_create(name=group_name(role, site, language))
        role_group = RoleGroup.objects.create(
            group=group, role=role.name, site=site, language=language
        )
    _grant(role_group.group, role, root, collection)
    return role_group


def _grant(group: Group, role: Role, root: Page, collection: Collection) -> None:
    admin = (
        _django_permission("wagtailadmin", "access_admin")
        if role.allows(Permission.USE_ADMIN)
        else None
    )
    group.permissions.set([admin] if admin else [])
    page_permissions = [
        _page_permission(codename) for name, codename in _PAGE.items() if role.allows(name)
    ]
    kept = GroupPagePermission.objects.filter(group=group)
    kept.exclude(page=root, permission__in=page_permissions).delete()
    for permission in page_permissions:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    media_permissions = [
        _django_permission(model._meta.app_label, f"{verb}_{model._meta.model_name}")
        for model in (SiteImage, File)
        for name, verb in _MEDIA.items()
        if role.allows(name)
    ]
    held = GroupCollectionPermission.objects.filter(group=group)
    held.exclude(collection=collection, permission__in=media_permissions).delete()
    for permission in media_permissions:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def _page_permission(codename: str) -> DjangoPermission:
    return DjangoPermission.objects.get(
        content_type=ContentType.objects.get_for_model(Page), codename=codename
    )


def _django_permission(app_label: str, codename: str) -> DjangoPermission:
    return DjangoPermission.objects.get(content_type__app_label=app_label, codename=codename)


@transaction.atomic
def give_role(
    user: User, role_name: str, *, site: SiteProfile | None = None, language: str = ""
) -> RoleGroup:
    """Let a user hold a role. Raises UnknownRole, or RoleGroup.DoesNotExist where the site has none."""
    role = get_role(role_name)
    role_group = RoleGroup.objects.select_related("group").get(
        role=role.name, site=None if role.scope is Scope.ALL else site, language=language
    )
    user.groups.add(role_group.group)
    if role.allows(Permission.READ_PORTAL):
        user.groups.add(portal_group())
    return role_group


@transaction.atomic
def take_role(user: User, role_group: RoleGroup) -> None:
    """Take a role from a user, and the portal with the last role that reads it."""
    user.groups.remove(role_group.group)
    if hasattr(user, "_reads_portal"):
        del user._reads_portal
    if not reads_portal(user):
        user.groups.remove(portal_group())
