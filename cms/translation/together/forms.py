"""Planning a set: its pages by Wagtail's chooser, its languages by checkboxes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
)

from cms.pages.models import Page, SiteProfile
from cms.tenancy.formsets import limit_children

from ..board.selectors import site_label
from ..models import ReleaseSet
from .selectors import sites_to_release


class ReleaseSetForm(WagtailAdminModelForm):
    """A set. The site can't be changed once there is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "site" in self.fields:
            self._offer_sites()
        limit_children(self)

    def _offer_sites(self) -> None:
        if self.instance.pk:
            sites: QuerySet[SiteProfile] = SiteProfile.objects.filter(pk=self.instance.site_id)
        else:
            sites = sites_to_release(self.for_user)
        field: Any = self.fields["site"]
        field.queryset = sites
        field.label_from_instance = site_label
        only = list(sites[:2])
        if len(only) == 1:
            field.initial, field.empty_label = only[0], None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_required(cleaned)
        pages = self._pages()
        if len({page.pk for page in pages}) != len(pages):
            self.add_error(None, ValidationError(_("A page stands in this set twice.")))
        site = cleaned.get("site") or (self.instance.site if self.instance.pk else None)
        if site is not None:
            self._check_pages(pages, site)
        return cleaned

    def _check_required(self, cleaned: dict[str, Any]) -> None:
        extra = set(cleaned.get("required_languages") or ()) - set(cleaned.get("languages") or ())
        if extra and "languages" not in self.errors:
            self.add_error(
                "required_languages",
                _("Only languages that go out can be waited for."),
            )

    def _check_pages(self, pages: list[Page], site: SiteProfile) -> None:
        home = site.site.root_page.path
        for page in pages:
            if not page.path.startswith(home):
                self.add_error(
                    None,
                    _("“%(page)s” is not a page of this site: a set holds pages of one.")
                    % {"page": page.draft_title},
                )

    def _pages(self) -> list[Page]:
        """The pages that were chosen, as far as their forms are valid."""
        chosen = []
        for form in self.formsets["items"].forms:
            given = form.cleaned_data if form.is_valid() else {}
            if not given.get("DELETE") and given.get("page") is not None:
                chosen.append(given["page"])
        return chosen


def set_panel() -> Any:
    """The editor of a set."""
    return ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("site"), FieldPanel("goes_out_at")],
                heading=pgettext_lazy("pages that go out together", "Set"),
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("languages"), FieldPanel("required_languages")])],
                heading=gettext_lazy("Languages"),
            ),
            MultipleChooserPanel(
                "items",
                chooser_field_name="page",
                panels=[
                    FieldPanel("page"),
                    FieldRowPanel([FieldPanel("languages"), FieldPanel("is_fixed")]),
                ],
                heading=gettext_lazy("Pages"),
                label=gettext_lazy("Page"),
                min_num=1,
            ),
        ],
        base_form_class=ReleaseSetForm,
    ).bind_to_model(ReleaseSet)
