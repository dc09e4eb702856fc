"""The one sign-in page of public sites, portal and admin, and its second step."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from cms.pages.rendering import request_language

from ..destinations import after_sign_in, language_for, wanted, with_next
from ..forms import CodeForm, SignInForm
from ..known_devices import remember_device
from ..selectors import confirmed_app
from ..steps import begin_second_step, complete, pending
from .pages import SignInPage, address_of


@never_cache
def neutral_sign_in(request: HttpRequest) -> HttpResponse:
    """Addresses without a language that others lead to (`/_util/login/`, `/admin/login/`): on to
    the one sign-in page. What was sent here is not looked at."""
    back = wanted(request)
    url = reverse("sign_in", kwargs={"language": language_for(request, back)})
    return HttpResponseRedirect(with_next(url, back))


class SignInView(SignInPage, FormView):
    """Name and password; then the session, or the second step."""

    form_class = SignInForm
    template_name = "signin/sign_in.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Not for who was sent here from the admin without being allowed in: that would be a loop.
        if request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin"):
            return HttpResponseRedirect(after_sign_in(request, wanted(request)))
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        back = wanted(self.request)
        if confirmed_app(form.user) is not None:
            begin_second_step(self.request, form.user, back)
            return HttpResponseRedirect(address_of("sign_in_code", self.request))
        complete(self.request, form.user, None)
        response = HttpResponseRedirect(after_sign_in(self.request, back))
        remember_device(self.request, response, form.user)
        return response


class CodeView(SignInPage, FormView):
    """A code of the app, or a recovery code, from who has given the right password."""

    form_class = CodeForm
    template_name = "signin/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        held = pending(request)
        if held is None:
            return HttpResponseRedirect(address_of("sign_in", request))
        self.user, self.back = held
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request, "user": self.user}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        complete(self.request, self.user, form.app)
        response = HttpResponseRedirect(after_sign_in(self.request, self.back))
        remember_device(self.request, response, self.user)
        return response


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session. By POST, so that no link can sign anybody out."""
    logout(request)
    return HttpResponseRedirect(f"/{request_language(request)}/")
