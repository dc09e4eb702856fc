"""Forms of the admin's section of people, and of whoever takes up an invitation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.access.models import RoleGroup
from cms.access.roles import Role
from cms.access.selectors import grantable_roles
from cms.languages import codes
from cms.pages.models import LANGUAGE_CHOICES, SiteProfile

from .services import RoleChoice

#: What each role is for, in the words of whoever gives it. Of a role that is held by language: a
#: sentence that stands above the languages.
PURPOSES: dict[str, Promise] = {
    "mission_administrator": _("everything on the site, and who works on it"),
    "publisher": _("writes, approves and publishes"),
    "editor": _("writes, and publishes where pages need no approval"),
    "translator": _("Translates pages into these languages, and submits them."),
    "delegate": _("reads the Member State portal"),
    "committee_secretary": _("writes, publishes and keeps the committee’s records"),
    "elections_desk": _("writes, and keeps elections and candidatures"),
}


class RolesForm(forms.Form):
    """Roles of a site, as far as the user may give them."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        site: SiteProfile,
        user: User,
        held: Iterable[RoleGroup] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = grantable_roles(user, site)
        whole = [role for role in offered if not role.by_language]
        roles: Any = self.fields["roles"]
        roles.choices = [(role.name, _described(role)) for role in whole]
        roles.initial = [row.role for row in held if not row.language]
        self.by_language = [role for role in offered if role.by_language]
        for role in self.by_language:
            self.fields[role.name] = forms.MultipleChoiceField(
                label=str(role.label),
                help_text=str(PURPOSES.get(role.name, "")),
                choices=LANGUAGE_CHOICES,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[row.language for row in held if row.role == role.name],
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not self.choices:
            raise ValidationError(_("Choose at least one role."))
        return given

    @property
    def choices(self) -> list[RoleChoice]:
        """What was chosen (after validation)."""
        given = self.cleaned_data
        chosen = [RoleChoice(name) for name in given.get("roles", ())]
        for role in self.by_language:
            chosen += [RoleChoice(role.name, code) for code in given.get(role.name, ())]
        return chosen


class InviteForm(RolesForm):
    """Who is invited, in which language, to which roles."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=LANGUAGE_CHOICES,
        help_text=_("The letter and the page on which it is accepted."),
    )
    field_order = ["email", "language", "roles"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = codes.active()


class NewPersonForm(forms.Form):
    """Name and password of somebody new. The service judges the password."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As a sentence: Django's own is a list in HTML.
        help_texts = password_validation.password_validators_help_texts()
        self.fields["password"].help_text = " ".join(help_texts)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if {"password", "again"} <= given.keys() and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ: type the same twice."))
        return given


def _described(role: Role) -> str:
    purpose = PURPOSES.get(role.name)
    if purpose is None:
        return str(role.label)
    return gettext("%(role)s: %(purpose)s") % {"role": role.label, "purpose": purpose}
