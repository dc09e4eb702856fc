"""A person's own account: second factor, sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from .. import second_factor
from ..addresses import client_address
from ..destinations import wanted
from ..forms import ConfirmForm, FirstCodeForm, NewEmailForm
from ..limits import MustWait
from ..second_factor import FactorRequired, WrongCode
from ..selectors import confirmed_app, factor_state, live_sessions, recovery_codes_left
from ..services import change_email, end_session, session_name, sign_out_elsewhere
from ..steps import forget_verified, mark_verified, prove
from ..words import device_name, wait_message
from .pages import AccountPage, address_of


class AccountView(AccountPage, TemplateView):
    """How this person signs in, and where they are signed in."""

    template_name = "signin/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = self.request.session.session_key
        sessions = [
            {
                "name": session_name(row.session_key),
                "device": device_name(row.user_agent),
                "address": row.address,
                "started": row.started,
                "last_seen": row.last_seen,
                "here": row.session_key == here,
            }
            for row in live_sessions(self.person)
        ]
        return super().get_context_data(**kwargs) | {
            "app": confirmed_app(self.person),
            "required": factor_state(self.person).required,
            "codes_left": recovery_codes_left(self.person),
            "sessions": sessions,
        }


class ConfirmView(AccountPage, FormView):
    """Show again who you are, before something delicate."""

    form_class = ConfirmForm
    template_name = "signin/confirm.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        with_code = confirmed_app(self.person) is not None
        own = {"request": self.request, "user": self.person, "with_code": with_code}
        return super().get_form_kwargs() | own

    def form_valid(self, form: ConfirmForm) -> HttpResponse:
        prove(self.request)
        return HttpResponseRedirect(wanted(self.request) or address_of("account", self.request))


class ChangeEmailView(AccountPage, FormView):
    """Another e-mail address, for who has just shown who they are: links for new passwords go
    there."""

    delicate = True
    form_class = NewEmailForm
    template_name = "signin/change_email.html"

    def form_valid(self, form: NewEmailForm) -> HttpResponse:
        address = client_address(self.request)
        change_email(self.person, form.cleaned_data["email"], address=address)
        messages.success(self.request, _("Your e-mail address is changed."))
        return HttpResponseRedirect(address_of("account", self.request))


class SecondFactorView(AccountPage, FormView):
    """Set an app up, or another in its place: scan, then give its first code."""

    delicate = True
    form_class = FirstCodeForm
    template_name = "signin/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        app = second_factor.waiting_app(self.person)
        state = factor_state(self.person)
        return super().get_context_data(**kwargs) | {
            "picture": second_factor.picture(app),
            "secret": second_factor.shown_secret(app),
            "replaces": state.app is not None,
            "required": state.required and state.app is None,
        }

    def form_valid(self, form: FirstCodeForm) -> HttpResponse:
        try:
            app, codes = second_factor.confirm_set_up(
                self.person,
                form.cleaned_data["code"],
                address=client_address(self.request),
                keep_session=self.request.session.session_key,
            )
        except MustWait as error:
            form.add_error("code", wait_message(error.seconds))
            return self.form_invalid(form)
        except WrongCode:
            form.add_error("code", _("The code is not right. Take the one that the app shows now."))
            return self.form_invalid(form)
        mark_verified(self.request, app)
        return _show_codes(self, codes)


class RecoveryCodesView(AccountPage):
    """POST makes new recovery codes and shows them, this once."""

    delicate = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if confirmed_app(self.person) is None:
            return HttpResponseRedirect(address_of("account_second_factor", request))
        codes = second_factor.make_recovery_codes(self.person, address=client_address(request))
        return _show_codes(self, codes)


class RemoveFactorView(AccountPage):
    """POST takes the app and the recovery codes away."""

    delicate = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            second_factor.remove_second_factor(
                self.person,
                address=client_address(request),
                keep_session=request.session.session_key,
            )
        except FactorRequired:
            messages.error(request, _("You need two-factor sign-in: it can be replaced only."))
        else:
            forget_verified(request)
            messages.success(request, _("Two-factor sign-in is removed."))
        return HttpResponseRedirect(address_of("account", request))


class EndSessionsView(AccountPage):
    """POST ends one session (`session`: its name), or all but this (`tokens`: API tokens too)."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name, address = request.POST.get("session"), client_address(request)
        if name:
            number = int(end_session(self.person, name, address=address))
        else:
            number = sign_out_elsewhere(
                self.person,
                keep=request.session.session_key,
                tokens=request.POST.get("tokens") == "1",
                address=address,
            )
        text = ngettext("%(number)d session ended.", "%(number)d sessions ended.", number)
        messages.success(request, text % {"number": number})
        return HttpResponseRedirect(address_of("account", request))


def _show_codes(view: AccountPage, codes: list[str]) -> HttpResponse:
    """Recovery codes, in the answer to the POST that made them: they are kept nowhere."""
    # Not the view's own context: a set-up page would begin another set-up.
    context = AccountPage.get_context_data(view, codes=codes)
    return render(view.request, "signin/recovery_codes.html", context)
