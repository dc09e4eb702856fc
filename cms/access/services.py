"""Changes of who may do what. The admin, the API and the commands call these."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Site

from cms.languages import codes
from cms.pages.models import Page, SiteProfile

from .audiences import portal_group
from .grants import grant
from .indexing import enqueue_below
from .models import RoleGroup, SiteCollection, needs_approval
from .roles import ROLES, Permission, Role, Scope, get_role, roles_of_kind
from .writing import forget_writing


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
        and not site.root_page.languages
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
    """The groups of every role that a site of this kind has, with the table's permissions, less
    what a role yields where the site's pages need approval.

    Idempotent: a second call repairs what is missing and takes back what the table does not give.
    """
    wanted = [
        (role, language)
        for role in roles_of_kind(site.kind)
        for language in (codes.CODES if role.by_language else ("",))
    ]
    role_groups = _ensure_groups(wanted, site)
    approval = needs_approval(site)
    groups = {held.group: held.definition.permissions_under(approval) for held in role_groups}
    grant(groups, root=site.site.root_page, collection=collection)
    for follow in _role_followers:
        follow(site, role_groups)
    return role_groups


#: follow(site, role groups): what another room keeps in line with a site's roles.
RoleFollower = Callable[[SiteProfile, list[RoleGroup]], None]
_role_followers: list[RoleFollower] = []


def register_role_follower(follow: RoleFollower) -> None:
    """Have a function called, in the same transaction, whenever a site's roles were put in order
    (from `AppConfig.ready()`). It must be idempotent."""
    if follow not in _role_followers:
        _role_followers.append(follow)


@transaction.atomic
def ensure_secretariat() -> RoleGroup:
    """The Secretariat's group: every site, every collection."""
    role = get_role("secretariat")
    (role_group,) = _ensure_groups([(role, "")], None)
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    grant({role_group.group: role.permissions}, root=root, collection=collection)
    return role_group


def _ensure_groups(wanted: list[tuple[Role, str]], site: SiteProfile | None) -> list[RoleGroup]:
    """The role groups of (role, language) on a site, made where they are missing."""
    held = {
        (role_group.role, role_group.language): role_group
        for role_group in RoleGroup.objects.filter(site=site).select_related("group", "site")
    }
    made = []
    for role, language in wanted:
        role_group = held.get((role.name, language))
        if role_group is None:
            group, _created = Group.objects.get_or_create(name=group_name(role, site, language))
            role_group = RoleGroup.objects.create(
                group=group, role=role.name, site=site, language=language
            )
        made.append(role_group)
    return made


def role_group_of(role: Role, *, site: SiteProfile | None, language: str = "") -> RoleGroup:
    """The group that carries a role, made now on a site that is older than the role.

    Raises RoleGroup.DoesNotExist for a role that no site of this kind has.
    """
    if role.scope is Scope.ALL:
        site = None
    wanted = RoleGroup.objects.select_related("group", "site").filter(
        role=role.name, site=site, language=language
    )
    found = wanted.first()
    if found is None and site is not None and site.kind in role.kinds:
        owned = SiteCollection.objects.select_related("collection").get(site=site)
        ensure_site_roles(site, collection=owned.collection)
    return found or wanted.get()


@transaction.atomic
def give_role(
    user: User, role_name: str, *, site: SiteProfile | None = None, language: str = ""
) -> RoleGroup:
    """Let a user hold a role. Raises UnknownRole; RoleGroup.DoesNotExist where a site has none."""
    role = get_role(role_name)
    role_group = role_group_of(role, site=site, language=language)
    user.groups.add(role_group.group)
    forget_writing(user)
    if role.allows(Permission.READ_PORTAL):
        user.groups.add(portal_group())
    return role_group


@transaction.atomic
def take_role(user: User, role_group: RoleGroup) -> None:
    """Take a role from a user, and the portal with the last role that reads it.

    Roles count here even while they stand still (a closed account, a suspended site): whoever is
    let in again reads what they read before.
    """
    user.groups.remove(role_group.group)
    forget_writing(user)
    if hasattr(user, "_reads_portal"):
        del user._reads_portal
    readers = [role.name for role in ROLES.values() if role.allows(Permission.READ_PORTAL)]
    if not RoleGroup.objects.filter(group__user=user, role__in=readers).exists():
        user.groups.remove(portal_group())
