"""A new password: by a link that is sent, or from the account's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from cms.pages.models import SiteProfile
from cms.pages.rendering import chrome_context, request_language

from ..addresses import client_address, network
from ..forms import AskForPasswordForm, NewPasswordForm
from ..known_devices import remember_device
from ..limits import LETTERS, Counter, MustWait, begin_attempt
from ..services import change_password, reset_password
from ..tasks import write_reset_letters
from ..words import wait_message
from .pages import AccountPage, SignInPage, address_of


class AskForPasswordView(SignInPage, FormView):
    """Ask for a link. The answer, and the work before it, are the same for every address: whether
    an account has it is found out by the job that writes the letter."""

    form_class = AskForPasswordForm
    template_name = "signin/ask_for_password.html"

    def form_valid(self, form: AskForPasswordForm) -> HttpResponse:
        address = network(client_address(self.request))
        try:
            begin_attempt([Counter(LETTERS, address)])
        except MustWait as error:
            form.add_error(None, wait_message(error.seconds))
            return self.form_invalid(form)
        profile: SiteProfile = getattr(self.request, "site_profile")  # noqa: B009
        write_reset_letters.enqueue(
            email=form.cleaned_data["email"],
            site_pk=profile.pk,
            language=request_language(self.request),
        )
        return HttpResponseRedirect(address_of("sign_in_password_sent", self.request))


class PasswordSentView(SignInPage, TemplateView):
    """What happens next, whoever asked."""

    template_name = "signin/password_sent.html"


class NewPasswordView(PasswordResetConfirmView):
    """The link of the letter. Django keeps the token in the session and leads to an address without
    it, so that no referrer tells it."""

    form_class = NewPasswordForm
    template_name = "signin/new_password.html"

    def form_valid(self, form: SetPasswordForm[User]) -> HttpResponse:
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        password = form.cleaned_data["new_password1"]
        reset_password(form.user, password, address=client_address(self.request))
        messages.success(self.request, _("Your password is changed. Sign in with the new one."))
        response = HttpResponseRedirect(address_of("sign_in", self.request))
        # Whoever reads the person's mail is the person: strangers' attempts don't keep them out.
        remember_device(self.request, response, form.user)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | chrome_context(self.request)


class ChangePasswordView(AccountPage, FormView):
    """Another password for who is signed in and has just shown so."""

    delicate = True
    form_class = NewPasswordForm
    template_name = "signin/change_password.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.person}

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        request: HttpRequest = self.request
        change_password(
            self.person,
            form.cleaned_data["new_password1"],
            keep_session=request.session.session_key,
            address=client_address(request),
        )
        update_session_auth_hash(request, self.person)
        messages.success(request, _("Your password is changed."))
        return HttpResponseRedirect(address_of("account", request))
