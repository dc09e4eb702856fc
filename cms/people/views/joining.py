"""The page on which an invitation is taken up: on the site's own host, in six languages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.forms import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from cms.pages.models import SiteProfile
from cms.pages.rendering import request_language
from cms.signin.destinations import with_next
from cms.signin.views.pages import SignInPage

from .. import services
from ..forms import NewPersonForm
from ..models import Invitation
from ..selectors import named

#: The link was good once.
GONE = 410


class InvitationView(SignInPage, FormView):
    """What the invitation offers, and how to accept: choose a name and a password, sign in to the
    account that the address has, or (signed in) one button.

    404 for a secret that nobody was sent, also on another site's host; 410 for one that was used
    or withdrawn, or is too old.
    """

    form_class = NewPersonForm
    template_name = "people/invitation.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.site: SiteProfile = request.site_profile  # type: ignore[attr-defined]
        try:
            self.invitation: Invitation = services.find_invitation(kwargs["token"], site=self.site)
        except services.NotYours as stranger:
            raise Http404 from stranger

    @property
    def is_open(self) -> bool:
        return self.invitation.is_pending and not self.invitation.has_expired

    @cached_property
    def account(self) -> User | None:
        """The account that the address has. Raises CannotAccept."""
        return services.account_of(self.invitation)

    @property
    def is_invited(self) -> bool:
        """Whether the invited person is signed in."""
        return services.is_invited(self.request.user, self.invitation)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(), status=200 if self.is_open else GONE
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open:
            return self.get(request)
        if not request.user.is_authenticated:
            return super().post(request, *args, **kwargs)
        try:
            services.join(self.kwargs["token"], site=self.site, as_user=request.user)
        except services.Refused as refusal:
            return self.render_to_response(self.get_context_data(refused=str(refusal)))
        return self._done()

    def form_valid(self, form: NewPersonForm) -> HttpResponse:
        given = form.cleaned_data
        new = services.NewPerson(given["first_name"], given["last_name"], given["password"])
        try:
            services.join_as_new(self.kwargs["token"], new, site=self.site)
        except ValidationError as weak:
            form.add_error("password", weak.messages)
            return self.form_invalid(form)
        except services.Refused as refusal:
            return self.render_to_response(self.get_context_data(refused=str(refusal)))
        return self._done()

    def _done(self) -> HttpResponse:
        language = request_language(self.request)
        return HttpResponseRedirect(reverse("invitation_taken", kwargs={"language": language}))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {
            "invitation": self.invitation,
            "roles": named(list(self.invitation.roles.all())),
            "is_open": self.is_open,
            "is_invited": self.is_invited,
        }
        if self.is_open and not self.request.user.is_authenticated:
            try:
                context["has_account"] = self.account is not None
            except services.CannotAccept as refusal:
                context["refused"] = str(refusal)
        back = self.request.get_full_path()
        sign_in = reverse("sign_in", kwargs={"language": request_language(self.request)})
        return context | {"sign_in_url": with_next(sign_in, back)}


class TakenView(SignInPage, TemplateView):
    """The invitation is accepted: where to go now."""

    template_name = "people/invitation_taken.html"
