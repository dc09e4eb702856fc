"""Forms of the sign-in pages. A form asks services; it changes nothing itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .addresses import client_address
from .backends import password_counters
from .known_devices import device_of
from .limits import MustWait, seconds_to_wait
from .models import AuthenticatorApp
from .names import find_account
from .second_factor import WrongCode, take_code
from .words import wait_message

#: A password this long is none that anybody remembers; longer ones only make work.
LONGEST_PASSWORD = 1024


def _password_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **options,
    )


class CodeField(forms.CharField):
    """A code of the app, or a recovery code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Code from the app"))
        widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "dir": "ltr"}
        )
        super().__init__(max_length=64, widget=widget, **options)


class SignInForm(forms.Form):
    """Name and password. After validation `user` is who signs in."""

    username = forms.CharField(
        label=_("User name or e-mail address"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password_field(_("Password"), "current-password")

    user: User

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "username" in given and "password" in given:
            self.user = proven_user(self.request, given["username"], given["password"])
        return given


def proven_user(request: HttpRequest, username: str, password: str) -> User:
    """Whose password this is. Raises ValidationError: how long to wait, else one sentence that is
    the same for an unknown name, an account out of use and a wrong password."""
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        return user
    counters = password_counters(request, find_account(username), username)
    seconds = seconds_to_wait(counters)
    if seconds:
        raise ValidationError(wait_message(seconds), code="wait")
    raise ValidationError(_("User name and password do not match an account."), code="wrong")


def proven_app(request: HttpRequest, user: User, code: str) -> AuthenticatorApp:
    """The app whose code (or recovery code) this is. Raises ValidationError."""
    try:
        device = device_of(request, user)
        return take_code(user, code, address=client_address(request), device=device)
    except MustWait as error:
        raise ValidationError(wait_message(error.seconds), code="wait") from None
    except WrongCode:
        raise ValidationError(
            _("The code is not right. Take the one that the app shows now."), code="wrong"
        ) from None


class CodeForm(forms.Form):
    """The second step of signing in. After validation `app` is what proved it."""

    code = CodeField(help_text=_("Six digits from your authenticator app, or a recovery code."))

    app: AuthenticatorApp

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user

    def clean_code(self) -> str:
        self.app = proven_app(self.request, self.user, self.cleaned_data["code"])
        return ""


class ConfirmForm(forms.Form):
    """The password again (and a code, for those who have an app) before something delicate."""

    password = _password_field(_("Password"), "current-password")
    code = CodeField(help_text=_("Six digits from your authenticator app, or a recovery code."))

    def __init__(
        self, *args: Any, request: HttpRequest, user: User, with_code: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user
        if not with_code:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        proven = proven_user(self.request, self.user.get_username(), given["password"])
        if proven.pk != self.user.pk:
            raise ValidationError(_("User name and password do not match an account."))
        if "code" in self.fields:
            proven_app(self.request, self.user, given["code"])
        return given


class FirstCodeForm(forms.Form):
    """The first code of an app that is being set up; checked by the service."""

    code = CodeField(help_text=_("The six digits that the app shows now."))


class AskForPasswordForm(forms.Form):
    """Where a link for a new password is sent."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NewEmailForm(forms.Form):
    """Where letters about the account go from now on."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NewPasswordForm(SetPasswordForm):
    """A new password, checked by Django's validators against the person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As a sentence: Django's own is a list in HTML.
        help_texts = password_validation.password_validators_help_texts()
        self.fields["new_password1"].help_text = " ".join(help_texts)
