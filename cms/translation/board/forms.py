"""What can be done on the board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.pages.models import LANGUAGE_CHOICES, Page

from ..models import ReleaseSet
from .selectors import name_of, pages_in_sight

SET = pgettext_lazy("pages that go out together", "Set")


class PersonField(forms.ModelChoiceField):
    """People under their names."""

    def label_from_instance(self, person: User) -> str:
        return name_of(person)


class BulkForm(forms.Form):
    """What happens to the pages that were chosen. `people`: whom they may be given to;
    `release_sets`: those to which they may be added."""

    pages = forms.ModelMultipleChoiceField(queryset=Page.objects.none(), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES, required=False)
    person = PersonField(
        label=_("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )
    release_set = forms.ModelChoiceField(
        label=SET,
        queryset=ReleaseSet.objects.none(),
        required=False,
        empty_label=_("New set"),
    )

    def __init__(
        self,
        *args: Any,
        people: QuerySet[User],
        release_sets: QuerySet[ReleaseSet],
        languages: frozenset[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["pages"].queryset = pages_in_sight()
        fields["person"].queryset = people
        fields["release_set"].queryset = release_sets
        offered = [choice for choice in LANGUAGE_CHOICES if choice[0] in languages]
        none = [] if len(offered) == 1 else [("", "–")]
        fields["language"].choices = none + offered


class AssignForm(forms.Form):
    """Who is on one language of a page. `people`: who may be."""

    person = PersonField(
        label=_("Who is on it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = people
