"""Changes of who may do what. The admin, the API and the commands call these."""

from __future__ import annotations

from django.contrib.auth.models import Group, User
from django.contrib.auth.models import Permission as DjangoPermission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Site

from cms.languages import codes
from cms.pages.models import Page, SiteProfile

from .audiences import portal_group, reads_portal
from .indexing import enqueue_below
from .models import RoleGroup, SiteCollection
from .roles import Permission, Role, Scope, get_role, roles_of_kind

_PAGE = {
    Permission.ADD_PAGE: "add_page",
    Permission.CHANGE_PAGE: "change_page",
    Permission.PUBLISH_PAGE: "publish_page",
    Permission.LOCK_PAGE: "lock_page",
    Permission.UNLOCK_PAGE: "unlock_page",
}
#: Wagtail asks for the permissions of its own models, whichever take their place.
_MEDIA_MODELS = (("wagtailimages", "image"), ("wagtaildocs", "document"))
_MEDIA = {
    Permission.ADD_MEDIA: "add",
    Permission.CHANGE_MEDIA: "change",
    Permission.CHOOSE_MEDIA: "choose",
}


class HostnameTaken(ValueError):
    """Raised when another site already answers under a host name."""

    def __init__(self, hostname: str, owner: str) -> None:
        super().__init__(
            f"The host name {hostname} already belongs to the site “{owner}”: "
            "choose another host name, or give that site another one first (Settings, Sites)."
        )


class SiteCodeTaken(ValueError):
    """Raised when a code already names a site of another kind."""

    def __init__(self, code: str, kind: str) -> None:
        super().__init__(f"The code {code} already names a site of the kind {kind}: use another.")


def group_name(role: Role, site: SiteProfile | None, language: str = "") -> str:
    """The name of a role's group: "fra: editor", "fra: translator (ar)", "secretariat"."""
    name = role.name.replace("_", " ")
    if language:
        name = f"{name} ({language})"
    return f"{site.code}: {name}" if site else name


@transaction.atomic
def provision_site(
    *, code: str, kind: str, hostname: str, port: int, home: Page, collection_name: str
) -> SiteProfile:
    """A site with its home page, profile, collection and role groups, made on first call.

    `code`: the site's key, lower case ("fra"); `kind`: a value of SiteKind; `home`: an unsaved page
    with a title, put under the tree's root. A second call with the same code leaves pages, host and
    port as they are, ignores `home`, and repairs collection and role groups. All or nothing.
    Raises HostnameTaken or SiteCodeTaken.
    """
    profile = (
        SiteProfile.objects.select_related("site", "site__root_page").filter(code=code).first()
    )
    if profile is None:
        profile = _create_site(code=code, kind=kind, hostname=hostname, port=port, home=home)
    elif profile.kind != kind:
        raise SiteCodeTaken(code, profile.kind)
    ensure_site_roles(profile, collection=ensure_collection(profile, name=collection_name))
    return profile


def _create_site(*, code: str, kind: str, hostname: str, port: int, home: Page) -> SiteProfile:
    hostname = hostname.lower()
    # Hosts are told apart by name alone (`cms.pages.sites.find_profile`), whatever the port.
    site = Site.objects.select_related("root_page").filter(hostname=hostname).first()
    if site is not None and not _is_welcome_site(site):
        owner = SiteProfile.objects.filter(site=site).first()
        raise HostnameTaken(hostname, str(owner or site))
    home.slug = home.slug or code
    if home.live and home.first_published_at is None:
        home.first_published_at = home.last_published_at = timezone.now()
    Page.get_first_root_node().add_child(instance=home)
    if site is None:
        site = Site.objects.create(hostname=hostname, port=port, root_page=home)
    else:
        welcome, site.root_page, site.port = site.root_page, home, port
        site.save()
        # Not `welcome.delete()`: Wagtail's log wants a title; this page has none in our languages.
        Page.objects.filter(pk=welcome.pk).delete()
    enqueue_below(home.path)
    return SiteProfile.objects.create(site=site, kind=kind, code=code)


def _is_welcome_site(site: Site) -> bool:
    """Whether this is what Wagtail's first migration made: a bare page that nobody has filled."""
    return (
        site.root_page.specific_class is Page
        and site.root_page.numchild == 0
        and not SiteProfile.objects.filter(site=site).exists()
    )


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
        _django_permission(app_label, f"{verb}_{model_name}")
        for app_label, model_name in _MEDIA_MODELS
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
    """Let a user hold a role. Raises UnknownRole; RoleGroup.DoesNotExist where a site has none."""
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
