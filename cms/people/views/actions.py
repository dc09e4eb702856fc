"""What happens to a person or an invitation at one click: asked by GET, done by POST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from cms.access.models import needs_approval
from cms.pages.models import SiteProfile
from cms.signin.addresses import client_address
from cms.signin.second_factor import NotYours as FactorNotYours
from cms.signin.second_factor import reset_second_factor

from .. import services
from ..approval import can_be_switched, switch_approval
from ..models import Invitation
from ..selectors import pending_invitations
from .base import PersonPage, SitePage, display_name


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action. `question` and `done` name whom it concerns as %(name)s; `undo`: the name of the
    action that takes it back."""

    label: str | Promise
    question: str | Promise
    done: str | Promise
    run: Callable[[Any, SiteProfile, User, HttpRequest], object]
    icon: str = "tick"
    serious: bool = False
    undo: str = ""


def _reset_factor(person: User, site: SiteProfile, by: User, request: HttpRequest) -> None:
    try:
        reset_second_factor(person, by=by, address=client_address(request))
    except FactorNotYours as stranger:
        raise services.NotYours from stranger


PERSON_ACTIONS: dict[str, Action] = {
    "suspend": Action(
        label=_("Suspend"),
        icon="no-view",
        question=_(
            "Suspend %(name)s on this site? Their roles here count for nothing until you resume "
            "them; nothing that they wrote is lost."
        ),
        done=_("%(name)s is suspended on this site."),
        run=lambda person, site, by, request: services.suspend(person.pk, site=site, by=by),
        serious=True,
        undo="resume",
    ),
    "resume": Action(
        label=_("Resume"),
        icon="rotate",
        question=_("Give %(name)s back the roles that they held on this site?"),
        done=_("%(name)s works on this site again."),
        run=lambda person, site, by, request: services.resume(person.pk, site=site, by=by),
        undo="suspend",
    ),
    "remove": Action(
        label=_("Remove from the site"),
        icon="bin",
        question=_(
            "Remove %(name)s from this site? What they wrote stays. To let them in again, "
            "invite them."
        ),
        done=_("%(name)s was removed from this site."),
        run=lambda person, site, by, request: services.remove(person.pk, site=site, by=by),
        serious=True,
    ),
    "reset-second-factor": Action(
        label=_("Reset the second factor"),
        icon="key",
        question=_(
            "Take away the authenticator app of %(name)s, with its recovery codes? They are "
            "signed out everywhere and sign in with their password alone."
        ),
        done=_("The second factor of %(name)s is reset."),
        run=_reset_factor,
        serious=True,
    ),
}

INVITATION_ACTIONS: dict[str, Action] = {
    "send-again": Action(
        label=_("Send again"),
        icon="mail",
        question=_(
            "Send the invitation to %(name)s again? The link in the last e-mail stops working."
        ),
        done=_("The invitation to %(name)s is on its way."),
        run=lambda row, site, by, request: services.send_again(row.pk, site=site, by=by),
    ),
    "withdraw": Action(
        label=_("Withdraw"),
        icon="bin",
        question=_("Withdraw the invitation to %(name)s? The link in the e-mail stops working."),
        done=_("The invitation to %(name)s is withdrawn."),
        run=lambda row, site, by, request: services.withdraw(row.pk, site=site, by=by),
        serious=True,
    ),
}


class ActionView(SitePage, TemplateView):
    """Asks (GET) and does (POST) one action."""

    template_name = "people/confirm.html"
    actions: dict[str, Action] = {}

    @cached_property
    def action(self) -> Action:
        try:
            return self.actions[self.kwargs["action"]]
        except KeyError as unknown:
            raise Http404 from unknown

    @property
    def target(self) -> Any:
        """What it happens to. Raises Http404."""
        raise NotImplementedError(f"{type(self).__name__} must say what it acts on.")

    @property
    def target_name(self) -> str:
        return str(self.target)

    def undo_url(self) -> str:
        """Where the action is taken back, or ""."""
        return ""

    def get_page_title(self) -> str:
        return str(self.action.label)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.target  # noqa: B018  (404 before anything is shown)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        target, name = self.target, self.target_name
        try:
            self.action.run(target, self.site, self.user, request)
        except services.NotYours as stranger:
            raise Http404 from stranger
        except services.Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.list_url)
        undo = self.undo_url()
        buttons = [messages.button(undo, gettext("Undo"))] if undo else None
        messages.success(request, str(self.action.done) % {"name": name}, buttons=buttons)
        # Whoever removes themselves has no list to go back to.
        after = reverse("wagtailadmin_home") if self.target_is_self else self.list_url
        return HttpResponseRedirect(after)

    @property
    def target_is_self(self) -> bool:
        """Whether the user acts on themselves."""
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "action": self.action,
            "question": str(self.action.question) % {"name": self.target_name},
        }


class PersonActionView(PersonPage, ActionView):
    """An action on one of the people of a site."""

    actions = PERSON_ACTIONS

    @property
    def target(self) -> User:
        return self.person

    @property
    def target_name(self) -> str:
        return display_name(self.person)

    @property
    def target_is_self(self) -> bool:
        return self.person.pk == self.user.pk

    def undo_url(self) -> str:
        if not self.action.undo or self.target_is_self:
            return ""
        return reverse("people:act", args=[self.site.code, self.person.pk, self.action.undo])


class InvitationActionView(ActionView):
    """An action on a pending invitation."""

    actions = INVITATION_ACTIONS
    header_icon = "mail"

    @cached_property
    def target(self) -> Invitation:
        found: Invitation | None = (
            pending_invitations(self.site).filter(pk=self.kwargs["pk"]).first()
        )
        if found is None:
            raise Http404
        return found


class ApprovalView(SitePage, TemplateView):
    """Whether the site's pages need approval, and the switch; 404 where nobody may turn it."""

    template_name = "people/approval.html"
    page_title = _("Approval of pages")
    header_icon = "clipboard-list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not can_be_switched(self.site):
            raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        on = request.POST.get("on") == "1"
        switch_approval(self.site, on=on, by=self.user)
        messages.success(
            request,
            gettext("Pages of this site need approval from now on.")
            if on
            else gettext("Editors of this site publish without approval from now on."),
        )
        return HttpResponseRedirect(reverse("people:approval", args=[self.site.code]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"needs_approval": needs_approval(self.site)}
