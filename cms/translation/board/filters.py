"""What the board can be narrowed to: some filters choose pages, the others languages of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import MultipleContentTypeFilter, WagtailFilterSet

from cms.languages.states import State
from cms.pages.models import LANGUAGE_CHOICES, Page, SiteProfile
from cms.tenancy.scope import current

from .selectors import Wanted, matching, name_of, pages_in_sight, people_on, site_label

ME, NOBODY = "me", "nobody"
AGES = [
    ("7", _("More than 7 days ago")),
    ("30", _("More than 30 days ago")),
    ("90", _("More than 90 days ago")),
    ("365", _("More than a year ago")),
]


def own_sites(_request: HttpRequest | None) -> QuerySet[SiteProfile]:
    """The sites inside the walls."""
    scope = current()
    sites = SiteProfile.objects.select_related("site__root_page").order_by("code")
    return sites if scope is None else sites.filter(pk__in=scope.sites)


def own_types(_request: HttpRequest | None) -> QuerySet[ContentType]:
    """The types of the pages inside the walls."""
    return ContentType.objects.filter(
        pk__in=pages_in_sight().order_by().values("content_type")
    ).order_by("app_label", "model")


class SiteChoiceField(django_filters.fields.ModelChoiceField):
    """Sites under their names, with the code that tells two apart."""

    def label_from_instance(self, site: SiteProfile) -> str:
        return site_label(site)


class SiteFilter(django_filters.ModelChoiceFilter):
    field_class = SiteChoiceField


class BoardFilterSet(WagtailFilterSet):
    """By site and type, and by language, state, who is on it and since when."""

    site = SiteFilter(label=_("Site"), queryset=own_sites)
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"), choices=LANGUAGE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    state = django_filters.MultipleChoiceFilter(
        label=pgettext_lazy("translation state", "State"),
        choices=lambda: [(state.value, state.label) for state in State],
        widget=forms.CheckboxSelectMultiple,
    )
    page_type = MultipleContentTypeFilter(
        label=_("Page type"), queryset=own_types, widget=forms.CheckboxSelectMultiple
    )
    on_it = django_filters.ChoiceFilter(label=_("Who is on it"), choices=())
    age = django_filters.ChoiceFilter(label=_("State unchanged since"), choices=AGES)

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(person.pk), name_of(person)) for person in people_on(pages_in_sight())]
        self.filters["on_it"].extra["choices"] = [(ME, _("Me")), (NOBODY, _("Nobody")), *people]
        if len(own_sites(None)[:2]) < 2:
            del self.filters["site"]

    def filter_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        return matching(self.of_pages(queryset), self.cells())

    @property
    def given(self) -> dict[str, Any]:
        """What was chosen; nothing where the form is not valid."""
        return self.form.cleaned_data if self.is_valid() else {}

    def of_pages(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        """The pages that the filters of pages choose."""
        given = self.given
        if site := given.get("site"):
            queryset = queryset.filter(path__startswith=site.site.root_page.path)
        if types := given.get("page_type"):
            queryset = queryset.filter(content_type__in=types)
        return queryset

    def cells(self) -> Q:
        """The condition on `PageLanguage` that the filters of languages make together."""
        given, cells = self.given, Q()
        if languages := given.get("language"):
            cells &= Q(language__in=languages)
        if states := given.get("state"):
            cells &= Q(state__in=states)
        if age := given.get("age"):
            cells &= Q(state_since__lt=timezone.now() - timedelta(days=int(age)))
        return cells & self._on_it(given.get("on_it"))

    def _on_it(self, who: str | None) -> Q:
        if not who:
            return Q()
        if who == NOBODY:
            return Q(translator=None)
        return Q(translator=self.request.user.pk if who == ME else int(who))

    def wanted(self) -> Wanted:
        """The same for marking what is shown."""
        given = self.given
        return Wanted(frozenset(given.get("language") or ()), frozenset(given.get("state") or ()))
