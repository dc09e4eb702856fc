"""The files of documents as readers get them, under the headers that all files leave with.

A public document's file goes to everybody and costs one query; any other goes to those who keep the
library, privately. Everybody else gets what an address that nobody has gets.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cms.access.audiences import PUBLIC
from cms.access.roles import Permission
from cms.access.selectors import holds
from cms.media.delivery import PRIVATE, REVALIDATE, Delivery, deliver

from .models import DocumentFile
from .symbols import symbol_key


@require_safe
def current_file(
    request: HttpRequest, language: str, symbol: str, file_format: str
) -> HttpResponseBase:
    """The current file of a language and format, at the address that never changes."""
    found = DocumentFile.objects.current().filter(
        version__document__key=symbol_key(symbol),
        version__language=language,
        format=file_format,
    )
    file = found.select_related("version__document").first()
    if file is None:
        raise Http404
    document = file.version.document
    is_public = document.audience == PUBLIC
    if not (is_public or holds(request.user, Permission.MANAGE_SITES)):
        raise Http404
    if symbol != document.key:
        return HttpResponseRedirect(file.address)
    return _deliver(request, file, is_public=is_public)


@require_safe
def kept_file(request: HttpRequest, kept_file: int) -> HttpResponseBase:
    """Any file, history included, to those who keep the library."""
    if not holds(request.user, Permission.MANAGE_SITES):
        raise Http404
    file = DocumentFile.objects.select_related("version__document").filter(pk=kept_file).first()
    if file is None:
        raise Http404
    return _deliver(request, file, is_public=False)


def _deliver(request: HttpRequest, file: DocumentFile, *, is_public: bool) -> HttpResponseBase:
    return deliver(
        request,
        Delivery(
            storage=file.file.storage,
            name=file.file.name,
            filename=file.filename,
            cache=REVALIDATE if is_public else PRIVATE,
            digest=file.sha256,
        ),
    )
