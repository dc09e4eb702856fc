"""Inviting somebody, and changing what one of the people of a site may do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.widgets.button import HeaderButton

from cms.signin.selectors import confirmed_app, may_reset_factor_of

from .. import services
from ..forms import InviteForm, RolesForm
from ..selectors import Standing, Status, standing
from .base import PersonPage, SitePage, display_name


class InviteView(SitePage, FormView):
    """An address, a language and roles; POST sends the invitation."""

    form_class = InviteForm
    page_title = _("Invite somebody")
    header_icon = "mail"
    template_name = "people/form.html"
    submit_label = _("Send the invitation")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"site": self.site, "user": self.user}

    def form_valid(self, form: InviteForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            invitation = services.invite(
                given["email"],
                form.choices,
                site=self.site,
                by=self.user,
                language=given["language"],
            )
        except (services.Refused, ValidationError) as refusal:
            return _refuse(self, form, refusal)
        messages.success(
            self.request,
            gettext("The invitation to %(email)s is on its way.") % {"email": invitation.email},
        )
        return HttpResponseRedirect(self.list_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"submit_label": self.submit_label}


class PersonView(PersonPage, FormView):
    """What a person holds on the site; POST changes it."""

    form_class = RolesForm
    template_name = "people/person.html"
    header_icon = "user"
    submit_label = _("Save the roles")

    @cached_property
    def standing(self) -> Standing:
        """What the person is on this site."""
        return standing(self.person)

    def get_page_title(self) -> str:
        return display_name(self.person)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "site": self.site,
            "user": self.user,
            "held": self.standing.role_groups,
        }

    def form_valid(self, form: RolesForm) -> HttpResponse:
        try:
            services.change_roles(self.person.pk, form.choices, site=self.site, by=self.user)
        except services.NotYours as stranger:
            raise Http404 from stranger
        except services.Refused as refusal:
            return _refuse(self, form, refusal)
        messages.success(
            self.request,
            gettext("The roles of %(name)s are changed.") % {"name": display_name(self.person)},
        )
        return HttpResponseRedirect(self.list_url)

    @cached_property
    def header_more_buttons(self) -> list[HeaderButton]:
        """What else can happen to the person; each asks before it does."""
        names = ["resume"] if self.standing.status is Status.SUSPENDED else ["suspend"]
        names.append("remove")
        if confirmed_app(self.person) and may_reset_factor_of(self.person, by=self.user):
            names.append("reset-second-factor")
        from .actions import PERSON_ACTIONS

        return [
            HeaderButton(
                PERSON_ACTIONS[name].label,
                url=reverse("people:act", args=[self.site.code, self.person.pk, name]),
                icon_name=PERSON_ACTIONS[name].icon,
                priority=10 * place,
            )
            for place, name in enumerate(names, start=1)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "person": self.person,
            "standing": self.standing,
            "submit_label": self.submit_label,
        }


def _refuse(view: FormView, form: Any, refusal: Exception) -> HttpResponse:
    """The form again, with what the service refused in its own words."""
    told = refusal.messages if isinstance(refusal, ValidationError) else str(refusal)
    form.add_error(None, told)
    return view.form_invalid(form)
