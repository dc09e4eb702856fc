"""The admin's page on which something happens to a record: one form, one call of a service.

What a service refuses comes back on the form in its own words, and nothing is changed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.generic import EditView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

__all__ = ["ActionForm", "RecordActionView", "RecordEditView"]


class ActionForm(forms.Form):
    """What is to happen, and what has to be known for it.

    `refusals`: exceptions of the services whose message is for the person at the form.
    """

    refusals: ClassVar[tuple[type[Exception], ...]] = ()

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record

    def act(self) -> None:
        """Call the service with `cleaned_data`. Raises one of `refusals`, or ValidationError."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it does: write act().")


class RecordActionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Shows a record's actions and takes one."""

    model: Any = None
    permission_required = "change"
    page_title = _("Take action")
    header_icon = "tick"
    template_name = "access/record_action.html"
    index_url_name = ""
    edit_url_name = ""

    @cached_property
    def record(self) -> Any:
        """The record that the address names; whose it is was asked before."""
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse(self.edit_url_name, args=[self.record.pk])

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(self.index_url_name),
                "label": capfirst(self.model._meta.verbose_name_plural),
            },
            {"url": self.back_url, "label": str(self.record)},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"record": self.record}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "record": self.record,
            "back_url": self.back_url,
            "media": context["form"].media,
            "side_panels": MediaContainer([]),
        }

    def form_valid(self, form: ActionForm) -> HttpResponse:
        refusals: tuple[type[Exception], ...] = (*form.refusals, forms.ValidationError)
        try:
            form.act()
        except refusals as refusal:
            told = refusal.messages if isinstance(refusal, forms.ValidationError) else str(refusal)
            form.add_error(None, told)
            return self.form_invalid(form)
        log(instance=self.record, action="wagtail.edit", user=self.request.user)
        messages.success(self.request, str(_("Done.")))
        return HttpResponseRedirect(self.back_url)


class RecordEditView(EditView):
    """The edit view, with a button to the record's actions where it has any."""

    act_url_name: str = ""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        buttons = list(super().header_buttons)
        if self.act_url_name:
            buttons.append(
                HeaderButton(
                    _("Take action"),
                    url=reverse(self.act_url_name, args=[self.object.pk]),
                    icon_name="tick",
                )
            )
        return buttons
