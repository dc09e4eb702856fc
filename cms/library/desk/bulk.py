"""What is done to several documents of the list at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from ..extraction.services import extract_again
from ..models import Document, DocumentFile


class ExtractAgain(SnippetBulkAction):
    """Reads the text of all their current files again, in jobs."""

    display_name = _("Read texts again")
    aria_label = _("Read the texts of the selected documents again")
    action_type = "extract_again"
    template_name = "library/desk/extract_again.html"
    action_priority = 20

    @classproperty
    def models(cls) -> list[type[Document]]:
        return [Document]

    def check_perm(self, snippet: Document) -> bool:
        return self.permission_policy.user_has_permission_for_instance(
            self.request.user, "change", snippet
        )

    @classmethod
    def execute_action(cls, objects: Sequence[Document], **kwargs: Any) -> tuple[int, int]:
        """(files that will be read, 0)."""
        files = DocumentFile.objects.current().filter(version__document__in=objects)
        return extract_again(files.select_related("version")), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(count)d file will be read again.",
            "%(count)d files will be read again.",
            num_parent_objects,
        ) % {"count": num_parent_objects}
