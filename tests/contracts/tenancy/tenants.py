"""One tenant: a mission's site with everything in it that could leak."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import models
from wagtail.images.tests.utils import get_test_image_file
from wagtail.log_actions import log
from wagtail.models import APIToken, Collection, CollectionViewRestriction, UploadedFile

from cms.access.roles import roles_of_kind
from cms.access.services import give_role
from cms.finding.models import SavedSearch
from cms.languages.codes import CODES
from cms.media.models import File, SiteImage
from cms.pages.models import Page, PageLanguage, SiteProfile
from cms.translation.models import ReleaseItem, ReleaseSet

from .filling import fill
from .words import Words


@dataclass
class Tenant:
    """A site and what belongs to it. `pages`, `people`: by a name that says their state or role;
    `preferred`: the object to take first where an address asks for one of a model."""

    code: str
    profile: SiteProfile
    collection: Collection
    pages: dict[str, Page] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    media: dict[str, models.Model] = field(default_factory=dict)
    preferred: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    @property
    def public(self) -> Words:
        return Words(self.code)

    @property
    def secret(self) -> Words:
        return Words(self.code, secret=True)

    @property
    def host(self) -> str:
        return self.profile.site.hostname

    def prefer(self, *instances: models.Model) -> None:
        """Take these first where an address asks for an object of their model."""
        for instance in instances:
            model = Page if isinstance(instance, Page) else type(instance)
            self.preferred.setdefault(model, []).append(instance.pk)


def add_people(tenant: Tenant) -> None:
    """One person for each role of the site's kind, each with an API token."""
    for role in roles_of_kind(tenant.profile.kind):
        user = make_person(f"{tenant.secret.token}-{role.name}", tenant.secret)
        give_role(user, role.name, site=tenant.profile, language="ar" if role.by_language else "")
        add_person(tenant, role.name, user)
    for role_group in tenant.profile.role_groups.select_related("group"):
        group = role_group.group
        group.name = f"{group.name} {tenant.secret.name}"[:150]
        group.save()
        tenant.prefer(group)
    tenant.prefer(*tenant.people.values())


def make_person(username: str, words: Words) -> User:
    """A user all of whose names are words."""
    return User.objects.create_user(
        username,
        email=f"{username}@example.org",
        password="zanzibird-2026-password",
        first_name=words.text("fr"),
        last_name=words.text("ar"),
    )


def add_person(tenant: Tenant, role: str, user: User) -> None:
    """Note a person of the tenant by role, with a token of the API."""
    tenant.people[role] = user
    token, plain = APIToken.create_token(user=user, name=tenant.secret.name)
    tenant.tokens[role] = plain
    tenant.prefer(token)


def add_media(tenant: Tenant) -> None:
    """An image and a file that published pages show, and one of each that none shows."""
    tenant.collection.name = tenant.secret.name
    tenant.collection.save()
    private = tenant.collection.add_child(instance=Collection(name=f"{tenant.secret.name} drawer"))
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type="password", password=tenant.secret.token
    )
    somebody = next(iter(tenant.people.values()))
    for words, name in ((tenant.public, "public"), (tenant.secret, "secret")):
        image = SiteImage(
            file=get_test_image_file(f"{words.slug}.png", size=(8, 8)),
            collection=tenant.collection,
            uploaded_by_user=somebody,
        )
        document = File(
            file=ContentFile(words.name.encode(), name=f"{words.slug}.txt"),
            collection=tenant.collection,
            uploaded_by_user=somebody,
        )
        for made in (image, document):
            fill(made, words)
            made.save()
            made.tags.add(f"{tenant.secret.name} tag")
        tenant.media |= {f"{name}_image": image, f"{name}_file": document}
    for kind in ("image", "file"):
        tenant.prefer(tenant.media[f"secret_{kind}"], tenant.media[f"public_{kind}"])
    for number in (1, 2):
        UploadedFile.objects.create(
            file=ContentFile(b"text", name=f"{tenant.secret.slug}-{number}.txt"),
            uploaded_by_user=somebody,
        )
    tenant.prefer(tenant.collection, private)


def add_together(tenant: Tenant) -> None:
    """A set of the tenant's pages that go out together, and somebody who is on a language."""
    somebody = next(iter(tenant.people.values()))
    page = Page.objects.filter(path__startswith=tenant.profile.site.root_page.path).last()
    together = ReleaseSet.objects.create(
        name=tenant.secret.name,
        site=tenant.profile,
        languages=["fr", "ar"],
        required_languages=["ar"],
        made_by=somebody,
    )
    item = ReleaseItem.objects.create(
        release_set=together, page=page, title=tenant.secret.name, revision=page.latest_revision
    )
    log(instance=together, action="translation.set_make", user=somebody, title=together.name)
    PageLanguage.objects.filter(page=page.pk, language="ar").update(translator=somebody)
    tenant.prefer(together, item)


def add_saved_search(tenant: Tenant) -> None:
    """A search that one of the tenant's people keeps and is written to about."""
    saved = SavedSearch.objects.create(
        user=next(iter(tenant.people.values())),
        site=tenant.profile,
        name=tenant.secret.name,
        query=f"q={tenant.secret.token}",
        language="ar",
        frequency="daily",
    )
    tenant.prefer(saved)


def titled(tenant: Tenant, page: Page, *, secret: bool = False) -> Page:
    """A page all of whose fields hold the tenant's words."""
    words = tenant.secret if secret else tenant.public
    media = "secret" if secret else "public"
    related: dict[type[models.Model], Any] = {
        SiteImage: tenant.media[f"{media}_image"],
        File: tenant.media[f"{media}_file"],
    }
    fill(page, words, related=related)
    page.source_language = CODES[len(tenant.code) % len(CODES)]
    return page
