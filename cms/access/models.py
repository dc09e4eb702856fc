"""Which group carries which role on which site."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Collection

from cms.pages.models import LANGUAGE_CHOICES, SiteProfile

from .roles import ALWAYS_APPROVED, ROLES, Permission, Role, get_role


class RoleGroup(models.Model):
    """A Django group that carries one role of the table: on one site, or (Secretariat) everywhere.

    `language`: for a role held by language, the language; else "".
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role_group")
    role = models.CharField(
        _("role"), max_length=32, choices=[(role.name, role.label) for role in ROLES.values()]
    )
    site = models.ForeignKey(
        SiteProfile, on_delete=models.CASCADE, null=True, blank=True, related_name="role_groups"
    )
    language = models.CharField(
        _("language"), max_length=2, choices=LANGUAGE_CHOICES, blank=True, default=""
    )

    class Meta:
        verbose_name = _("role group")
        verbose_name_plural = _("role groups")
        constraints = [
            models.UniqueConstraint(
                fields=["role", "site", "language"], name="one_group_a_role_site_and_language"
            ),
            models.UniqueConstraint(
                fields=["role", "language"],
                condition=models.Q(site=None),
                name="one_group_a_role_held_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return self.group.name

    @property
    def definition(self) -> Role:
        """The role's row in the table."""
        return get_role(self.role)

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may do on this site. One query for the site's approval, unless selected."""
        return self.definition.permissions_under(
            self.site is not None and needs_approval(self.site)
        )


class SiteApproval(models.Model):
    """That a site's pages need approval before they are published. No row: they don't.

    Switched by `cms.people.approval`, which keeps the groups and Wagtail's workflow in line.
    """

    site = models.OneToOneField(SiteProfile, on_delete=models.CASCADE, related_name="approval")
    since = models.DateTimeField(pgettext_lazy("from a date on", "since"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval of a site's pages")
        verbose_name_plural = _("approvals of sites' pages")

    def __str__(self) -> str:
        return str(self.site)


def needs_approval(site: SiteProfile) -> bool:
    """Whether a site's pages need approval. One query, none where `approval` was selected."""
    return site.kind in ALWAYS_APPROVED or hasattr(site, "approval")


class SiteCollection(models.Model):
    """The collection that holds a site's images and files."""

    site = models.OneToOneField(SiteProfile, on_delete=models.CASCADE, related_name="media")
    collection = models.OneToOneField(
        Collection, on_delete=models.PROTECT, related_name="owner_site"
    )

    class Meta:
        verbose_name = _("site collection")
        verbose_name_plural = _("site collections")

    def __str__(self) -> str:
        return str(self.collection)
