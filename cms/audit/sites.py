"""Whose eyes an entry is for: the sites that an object belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import F, Value
from django.db.models.functions import Length, Substr
from wagtail.models import Collection, Site
from wagtail.permissions import policy_registry

from cms.access.models import SiteCollection
from cms.access.record_policies import SiteRecordPolicy
from cms.pages.models import Page, SiteProfile
from cms.pages.sites import SITE_PATH_LENGTH

Sites = Iterable[SiteProfile]

#: Where what is logged names pages: "moved from … to …".
PLACES = ("source", "destination")


def concerned(instance: Any, data: Mapping[str, Any]) -> list[SiteProfile]:
    """The sites that what happened to an object concerns; [] for what is the Secretariat's.

    `data["site"]`: the code of the one site on which it happened, whatever the object's others.
    """
    code = data.get("site")
    if isinstance(code, str) and code:
        return list(SiteProfile.objects.filter(code=code))
    if isinstance(instance, Page):
        own = _home(instance.path)
        homes = {own, *(_home(path) for path in _paths_of_places(data).values())}
        return sorted(_of_paths(homes), key=lambda site: site.site.root_page.path != own)
    return list(_sites_of(instance)) if instance is not None else []


def told_to(site: SiteProfile | None, data: Mapping[str, Any]) -> dict[str, Any]:
    """What a site is told of what was logged: no title of another site's page."""
    if site is None or not any(name in data for name in PLACES):
        return dict(data)
    paths = _paths_of_places(data)
    home = site.site.root_page.path
    return {
        name: value
        for name, value in data.items()
        if name not in PLACES or _home(paths.get(name, "")) == home
    }


def _sites_of(instance: Any) -> Sites:
    if isinstance(instance, SiteProfile):
        return [instance]
    if isinstance(instance, Site):
        return SiteProfile.objects.filter(site=instance)
    if isinstance(instance, User):
        return SiteProfile.objects.filter(role_groups__group__user=instance).distinct()
    if isinstance(instance, Group):
        return SiteProfile.objects.filter(role_groups__group=instance)
    if isinstance(instance, Collection):
        return _of_collection(instance)
    return _by_what_it_names(instance)


def _by_what_it_names(instance: Any) -> Sites:
    """By the collection that it lies in, the site that it names, the person whose it is, or the
    policy that says who changes it."""
    collection = getattr(instance, "collection", None)
    if isinstance(collection, Collection):
        return _of_collection(collection)
    site = getattr(instance, "site", None)
    if isinstance(site, SiteProfile):
        return [site]
    if isinstance(site, Site):
        return SiteProfile.objects.filter(site=site)
    person = getattr(instance, "user", None)
    if isinstance(person, User):
        return _sites_of(person)
    policy = policy_registry.get_by_type(type(instance), fallback=False)
    if isinstance(policy, SiteRecordPolicy):
        return _of_record(policy, instance)
    return []


def _of_record(policy: SiteRecordPolicy, instance: Any) -> Sites:
    sites = SiteProfile.objects.filter(kind=policy.kind)
    if not policy.site_code:
        return sites
    value = instance
    for name in policy.site_code.split("__"):
        value = getattr(value, name, None)
    return sites.filter(code=value)


def _of_collection(collection: Collection) -> Sites:
    """The site whose collection this is, or lies in."""
    path = SiteCollection.objects.alias(
        head=Substr(Value(collection.path), 1, Length("collection__path"))
    )
    owners = path.filter(collection__path=F("head")).values("site")
    return SiteProfile.objects.filter(pk__in=owners)


def _paths_of_places(data: Mapping[str, Any]) -> dict[str, str]:
    """{"source": path} of the pages that the data name and that exist. One query at most."""
    ids = {
        name: place["id"]
        for name in PLACES
        if isinstance(place := data.get(name), dict) and isinstance(place.get("id"), int)
    }
    if not ids:
        return {}
    paths = dict(Page._base_manager.filter(pk__in=ids.values()).values_list("pk", "path"))
    return {name: paths[pk] for name, pk in ids.items() if pk in paths}


def _home(path: str) -> str:
    return path[:SITE_PATH_LENGTH]


def _of_paths(homes: set[str]) -> Sites:
    return SiteProfile.objects.filter(site__root_page__path__in=homes).select_related(
        "site__root_page"
    )
