"""Uploading several images or files at once.

Wagtail's page wants one title; ours has one a language. The title that a browser proposes (the
file's name) becomes the one in the language of the admin, until somebody writes a better one.
"""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.documents.views import multiple as files
from wagtail.images.views import multiple as images

from cms.languages import codes

LONGEST_TITLE = 255


class ProposedTitleMixin(forms.BaseForm):
    """A form of an image or file that also takes the `title` which the upload page sends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = forms.CharField(max_length=LONGEST_TITLE, required=False)

    def clean(self) -> dict[str, Any]:
        own = f"title_{codes.active()}"
        if own in self.fields and not self.cleaned_data.get(own):
            self.cleaned_data[own] = self.cleaned_data.get("title", "")
        return super().clean()


def with_proposed_title(form_class: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The form of Wagtail's view, with the title that its page sends."""
    return type(form_class.__name__, (ProposedTitleMixin, form_class), {})


class AddImagesView(images.AddView):
    """Wagtail's, for titles in six languages."""

    def get_upload_form_class(self) -> type[forms.ModelForm]:
        return with_proposed_title(super().get_upload_form_class())


class AddFilesView(files.AddView):
    """Wagtail's, for titles in six languages."""

    def get_upload_form_class(self) -> type[forms.ModelForm]:
        return with_proposed_title(super().get_upload_form_class())
