"""Which group carries which role on which site."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from cms.pages.models import LANGUAGE_CHOICES, SiteProfile

from .roles import ROLES, Role, get_role


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
