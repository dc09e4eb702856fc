"""What the pages of this room have in common."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import ContextMixin, View

from cms.pages.rendering import chrome_context, request_language

from ..destinations import safe_address, wanted, with_next
from ..steps import is_proved


def address_of(name: str, request: HttpRequest, *, back: str = "", **kwargs: str) -> str:
    """The address of one of our pages in the reader's language, with where to go next."""
    url = reverse(name, kwargs={"language": request_language(request), **kwargs})
    return with_next(url, back)


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SignInPage(ContextMixin, View):
    """A page with the site's own frame, in the language of its address; never cached."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return (
            super().get_context_data(**kwargs)
            | chrome_context(self.request)
            | {"next": wanted(self.request)}
        )


class AccountPage(SignInPage):
    """A page for who is signed in. `delicate`: only soon after they have shown who they are."""

    delicate = False

    @property
    def person(self) -> User:
        """Who is signed in."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Who comes back from the proof comes by GET: a form that was sent is sent again by hand.
        back = safe_address(request.get_full_path())
        if not request.user.is_authenticated:
            return HttpResponseRedirect(address_of("sign_in", request, back=back))
        if self.delicate and not is_proved(request):
            return HttpResponseRedirect(
                address_of("account_confirm", request, back=self.after_proof(back))
            )
        return super().dispatch(request, *args, **kwargs)

    def after_proof(self, back: str) -> str:
        """Where to go when the proof has been given: this page, where it can be opened by GET."""
        return back if hasattr(self, "get") else address_of("account", self.request)
