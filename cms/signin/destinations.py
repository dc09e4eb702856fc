"""Where a reader goes after signing in: back to an address of this host, and nowhere else."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from cms.languages.middleware import language_of_path
from cms.pages.rendering import request_language

LONGEST = 2000
#: Views that nobody wants to come back to.
NOT_BACK_TO = ("sign_in", "sign_in_code", "neutral_sign_in", "logout", "wagtailadmin_logout")


def wanted(request: HttpRequest) -> str:
    """The safe address that a request asks to return to (`next`), or ""."""
    return safe_address(request.POST.get("next") or request.GET.get("next") or "")


def safe_address(address: str) -> str:
    """The address if it is a path of this host that a browser can't take for another host's, or "".

    Only what begins with one slash: no scheme, host, user name or backslash, no control character
    or blank, which browsers drop or turn into slashes.
    """
    if (
        not address.startswith("/")
        or address.startswith("//")
        or len(address) > LONGEST
        or "\\" in address
        or any(_is_unsafe(character) for character in address)
        or not url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    ):
        return ""
    try:
        name = resolve(address.partition("?")[0].partition("#")[0]).url_name
    except Resolver404:
        return address
    return "" if name in NOT_BACK_TO else address


def after_sign_in(request: HttpRequest, address: str) -> str:
    """Where to go: the address that was asked for (safe already), else the admin for those who
    work there, else the site's home page in the reader's language."""
    if address:
        return address
    if request.user.has_perm("wagtailadmin.access_admin"):
        return "/admin/"
    return f"/{request_language(request)}/"


def with_next(url: str, address: str) -> str:
    """The address of a page that leads on to another (safe already, or "")."""
    return f"{url}?next={quote(address, safe='/')}" if address else url


def language_for(request: HttpRequest, address: str) -> str:
    """The language of the sign-in page: that of the address asked for, else the reader's."""
    return language_of_path(address) or request_language(request)


def _is_unsafe(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] == "C"
