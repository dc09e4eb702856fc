"""What to open and who to sign in as, printed when the demo is served."""

from __future__ import annotations

from django.contrib.auth.models import User

from cms.access.roles import get_role
from cms.pages.models import SiteProfile

from .accounts import ACCOUNTS, PASSWORD

ADDRESSES = (
    ("localhost", "directory of all missions"),
    ("fra.localhost", "a mission in six languages (195 missions: <iso3>.localhost)"),
    ("egy.localhost", "a mission whose own language is Arabic"),
    ("sen.localhost", "a mission whose pages need approval: sen.editor submits"),
    ("c3.localhost", "the Third Committee (c1 … c6)"),
    ("candiweb.localhost", "elections and candidatures"),
    ("portal.localhost", "for permanent missions only: sign in as fra.delegate"),
)


def summary(port: int) -> str:
    """Addresses and accounts, as text."""
    suffix = "" if port == 80 else f":{port}"
    lines = ["", "Sites"]
    lines += [f"  http://{host + suffix + '/':28} {what}" for host, what in ADDRESSES]
    lines += [
        f"  http://{'localhost' + suffix + '/api/v3/openapi.json':28} the API",
        "",
        f"Accounts (password: {PASSWORD})",
    ]
    hosts = dict(SiteProfile.objects.values_list("code", "site__hostname"))
    existing = set(User.objects.values_list("username", flat=True))
    for account in ACCOUNTS:
        if account.username in existing:
            host = hosts.get(account.site, "localhost")
            languages = f" ({', '.join(account.translates)})" if account.translates else ""
            role = f"{get_role(account.role).label}{languages}"
            lines.append(f"  {account.username:16} {role:28} http://{host}{suffix}/admin/")
    return "\n".join(lines) + "\n"


def print_summary(*, port: int) -> None:
    """Print addresses and accounts to the terminal."""
    print(summary(port), flush=True)  # noqa: T201
