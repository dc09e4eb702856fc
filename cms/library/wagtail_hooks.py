"""Registration of the library's admin."""

from wagtail.snippets.models import register_snippet

from .viewsets import LibraryViewSetGroup

register_snippet(LibraryViewSetGroup)
