"""Images and files as readers get them: who may have one, and with which headers.

What is public costs one query and never looks at the session. Whoever may not have a file gets what
an address that nobody has gets.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.models import BaseViewRestriction, PageViewRestriction
from wagtail.users.models import UserProfile

from cms.media.delivery import FOREVER, PRIVATE, REVALIDATE, Delivery, deliver
from cms.media.models import File, SiteImage
from cms.pages.sites import line_of

from .media import may_see_media, pages_showing
from .media_lookup import find_file, find_original, find_rendition
from .models import RoleGroup
from .selectors import is_secretariat
from .standing import standing_roles

ORIGINALS, RENDITIONS, AVATARS = "original_images", "images", "avatar_images"
#: More pages than this are not asked one by one for a visitor's passwords.
MOST_PAGES = 50


@require_safe
def serve_image(request: HttpRequest, path: str) -> HttpResponseBase:
    """An original, a rendition or a person's picture in the admin, by its name in the storage. 404
    for everything else."""
    folder, _, name = path.partition("/")
    if not name or "\x00" in path or folder not in (ORIGINALS, RENDITIONS, AVATARS):
        raise Http404
    if folder == AVATARS:
        return _serve_avatar(request, path)
    found = find_original(path) if folder == ORIGINALS else find_rendition(path)
    if found is None:
        raise Http404
    if not found.is_public:
        image = SiteImage.objects.select_related("collection").filter(pk=found.pk).first()
        if image is None or not _may_have(request, image, passwords_too=True):
            raise Http404
    return deliver(
        request,
        Delivery(
            storage=_storage_of(SiteImage),
            name=path,
            filename=PurePosixPath(path).name,
            cache=FOREVER if found.is_public else PRIVATE,
        ),
    )


@require_safe
def serve_file(request: HttpRequest, file_id: str, filename: str) -> HttpResponseBase:
    """A file to download. `filename`: its own, or it is not found.

    Where the file would be the visitor's but for a collection's password, its form is shown.
    """
    if len(file_id) > 18 or "\x00" in filename:
        raise Http404
    found = find_file(int(file_id))
    if found is None or PurePosixPath(found.name).name != filename:
        raise Http404
    if not found.is_public:
        file = File.objects.select_related("collection").filter(pk=found.pk).first()
        if file is None or not _may_have(request, file, passwords_too=False):
            raise Http404
        if not _passes_password(request, file):
            return check_view_restrictions(file, request)
    return deliver(
        request,
        Delivery(
            storage=_storage_of(File),
            name=found.name,
            filename=filename,
            cache=REVALIDATE if found.is_public else PRIVATE,
            digest=found.digest,
        ),
    )


def _storage_of(model: Any) -> Storage:
    return model._meta.get_field("file").storage


def _serve_avatar(request: HttpRequest, path: str) -> HttpResponseBase:
    """A person's own, those of people of the same sites, and all to the Secretariat."""
    profile = UserProfile.objects.filter(avatar=path).first()
    if profile is None or not request.user.is_authenticated:
        raise Http404
    shared = RoleGroup.objects.filter(
        group__user=profile.user_id, site__in=standing_roles(request.user).values("site")
    )
    own = profile.user_id == request.user.pk
    if not (own or shared.exists() or is_secretariat(request.user)):
        raise Http404
    storage = profile.avatar.storage
    return deliver(
        request,
        Delivery(storage=storage, name=path, filename=PurePosixPath(path).name, cache=PRIVATE),
    )


def _may_have(request: HttpRequest, media: Any, *, passwords_too: bool) -> bool:
    """Whether this visitor may have what is not public: by who they are, or by what they have
    passed on a page that shows it. `passwords_too`: a collection's password counts as well."""
    if passwords_too and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False  # nobody, who has passed nothing; a file's visitor may be asked for a password
    if may_see_media(request.user, media):
        return True
    held_back = [
        restriction
        for restriction in media.collection.get_view_restrictions()
        if passwords_too or restriction.restriction_type != BaseViewRestriction.PASSWORD
    ]
    if not all(restriction.accept_request(request) for restriction in held_back):
        return False
    return _reads_a_page_showing(request, media)


def _passes_password(request: HttpRequest, media: Any) -> bool:
    if may_see_media(request.user, media):
        return True
    restrictions = media.collection.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)


def _reads_a_page_showing(request: HttpRequest, media: Any) -> bool:
    """Whether Wagtail would serve this visitor a page that shows it, passwords included."""
    paths = list(pages_showing(media).values_list("path", flat=True)[:MOST_PAGES])
    above = {head for path in paths for head in line_of(path)}
    restrictions: dict[str, list[PageViewRestriction]] = {}
    for one in PageViewRestriction.objects.filter(page__path__in=above).select_related("page"):
        restrictions.setdefault(one.page.path, []).append(one)
    return any(
        all(
            one.accept_request(request)
            for head in line_of(path)
            for one in restrictions.get(head, ())
        )
        for path in paths
    )
