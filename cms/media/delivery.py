"""How the bytes of an image or a file leave, and under which headers.

Nothing that people upload is ever run on a site's own address: only safe raster images and PDF are
shown, everything else is downloaded. Ranges and conditional requests are WhiteNoise's, or the web
server's where MEDIA_ACCEL_PREFIX hands it the file.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import Storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import NotARegularFileError, Response, SlicedFile, StaticFile

#: The name never holds other bytes, so a browser need not ask again; a cache that many share asks
#: every ten seconds, and so learns when it is withdrawn.
FOREVER = "public, max-age=31536000, s-maxage=10, immutable"
#: The name may come to hold other bytes: it is asked each time whether it does.
REVALIDATE = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-store"

INLINE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webp": "image/webp",
}
#: What a browser could run; its type is not even named.
_RUNNABLE = ("html", "javascript", "svg", "xml", "xsl", "flash", "cache-manifest")
_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Delivery:
    """One file on its way. `name`: in the storage; `filename`: what the reader saves; `cache`: one
    of FOREVER, REVALIDATE and PRIVATE; `digest`: of the content, for its ETag, if it is known."""

    storage: Storage
    name: str
    filename: str
    cache: str
    digest: str = ""


def deliver(request: HttpRequest, delivery: Delivery) -> HttpResponseBase:
    """The response, whole or the part asked for, 304 where the client has it. Http404 where the
    storage has lost the file."""
    headers = headers_of(delivery)
    prefix = settings.MEDIA_ACCEL_PREFIX
    if prefix:
        response = HttpResponse(headers=headers)
        response.has_no_language = True  # to `cms.languages`
        response["X-Accel-Redirect"] = f"{prefix.rstrip('/')}/{quote(delivery.name)}"
        return response
    try:
        file = _OneFile(delivery.storage.path(delivery.name), list(headers.items()))
    except NotARegularFileError:
        raise Http404 from None
    return _respond(file.get_response(request.method, _asked(request, file.etag)))


def headers_of(delivery: Delivery) -> dict[str, str]:
    """The headers under which a file leaves."""
    suffix = PurePosixPath(delivery.filename).suffix.lower()
    content_type = INLINE_TYPES.get(suffix) or _download_type(delivery.filename)
    headers = {
        "Content-Type": content_type,
        "Content-Disposition": _disposition(suffix not in INLINE_TYPES, delivery.filename),
        "Cache-Control": delivery.cache,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": (
            "same-site" if delivery.cache == PRIVATE else "cross-origin"
        ),
        "Accept-Ranges": "bytes",
    }
    if delivery.digest:
        headers["ETag"] = f'"{delivery.digest}"'
    return headers


def _disposition(as_attachment: bool, filename: str) -> str:
    """RFC 6266, with the name in any script (RFC 5987); nothing in it that does not print, so that
    no name turns its letters round ("exe.docx")."""
    name = "".join(letter for letter in filename if letter.isprintable())
    return content_disposition_header(as_attachment, name) or "inline"


def _download_type(filename: str) -> str:
    guessed = mimetypes.guess_type(filename, strict=True)[0] or _UNKNOWN
    return _UNKNOWN if any(word in guessed for word in _RUNNABLE) else guessed


class _OneFile(StaticFile):
    """WhiteNoise's, which takes the range of a single byte for an empty one."""

    def get_range_response(self, range_header: str, base_headers: Any, file_handle: Any) -> Any:
        size = int(dict(base_headers)["Content-Length"])
        start, end = self.get_byte_range(range_header, size)
        if start != end or size == 0:
            return super().get_range_response(range_header, base_headers, file_handle)
        headers = [item for item in base_headers if item[0] != "Content-Length"]
        headers += [("Content-Range", f"bytes {start}-{end}/{size}"), ("Content-Length", "1")]
        sliced = SlicedFile(file_handle, start, end) if file_handle is not None else None
        return Response(206, headers, sliced)


def _asked(request: HttpRequest, etag: str) -> dict[str, Any]:
    """The request's headers as WhiteNoise reads them: of several entity tags the one that fits; no
    range of a file that has changed since the first part was taken."""
    asked = dict(request.META)
    tags = [
        tag.strip().removeprefix("W/") for tag in asked.get("HTTP_IF_NONE_MATCH", "").split(",")
    ]
    if etag in tags or "*" in tags:
        asked["HTTP_IF_NONE_MATCH"] = etag
    if asked.get("HTTP_IF_RANGE", etag) != etag:
        asked.pop("HTTP_RANGE", None)
    return asked


def _respond(found: Response) -> HttpResponseBase:
    response = WhiteNoiseFileResponse(found.file or (), status=int(found.status))
    del response["Content-Type"]  # a 304 has none
    for name, value in found.headers:
        response[name] = value
    response.has_no_language = True  # to `cms.languages`: the same bytes to every reader
    return response
