"""Where the server is, as SEARCH_URL says; a password in it is never shown."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from ipaddress import IPv6Address
from urllib.parse import parse_qs, unquote

from search.engines.base import InvalidSearchURL

_EXAMPLE = "elasticsearch+http://localhost:9200/missions"
_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_NODE = re.compile(
    rf"(?:\[(?P<ipv6>[0-9a-fA-F:.]+)\]|(?P<name>{_LABEL}(?:\.{_LABEL})*)):(?P<port>[0-9]{{1,5}})"
)
_LONGEST_NAME = 253


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """The nodes of a cluster (``http://host:port``), and the prefix of all our names there.

    `patience`: seconds that a reader waits for an answer.
    """

    nodes: tuple[str, ...]
    prefix: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_certs: str = ""
    patience: float = 1.0

    @property
    def shown(self) -> str:
        """The address without what is secret."""
        return f"{','.join(self.nodes)}/{self.prefix}"

    @property
    def basic_auth(self) -> str:
        """User and password as the server reads them: letters of any script."""
        both = f"{self.user}:{self.password}"
        return b64encode(both.encode(errors="replace")).decode()


def read_address(url: str) -> Address:
    """The address in ``elasticsearch+http[s]://[user:password@]host:port[,host:port]/prefix``.

    Characters of the user and password that an address can't hold are written as %40 and the
    like. ``?ca_certs=/path/ca.pem`` names the authority of a server with a certificate of its own,
    ``?patience=3`` lets readers wait so many seconds for a slow one.
    Raises `InvalidSearchURL`, which repeats nothing of the address.
    """
    scheme, _, rest = url.partition("://")
    place, _, query = rest.partition("?")
    server, _, prefix = place.partition("/")
    credentials, _, hosts = server.rpartition("@")
    user, _, password = credentials.partition(":")
    nodes = list(dict.fromkeys(hosts.split(",")))
    if not all(map(_is_node, nodes)):
        raise _wrong("names no host with its port")
    if not _PREFIX.fullmatch(prefix):
        raise _wrong(
            "has no prefix after the host: small letters, digits, '-' and '_', which the names "
            "of all indexes of this installation begin with"
        )
    options = parse_qs(query, keep_blank_values=True)
    if set(options) - {"ca_certs", "patience"}:
        raise _wrong("has an option that is not known: there are ca_certs=/path.pem, patience=1")
    secure = scheme.rpartition("+")[2]
    if "ca_certs" in options and secure != "https":
        raise _wrong("has ca_certs, which is for elasticsearch+https:// alone")
    return Address(
        nodes=tuple(f"{secure}://{node}" for node in nodes),
        prefix=prefix,
        user=unquote(user),
        password=unquote(password),
        ca_certs=options.get("ca_certs", [""])[0],
        patience=_seconds(options.get("patience", ["1"])[0]),
    )


def _is_node(node: str) -> bool:
    """Whether this is a host that can be looked up, with its port."""
    match = _NODE.fullmatch(node)
    if not match or not 0 < int(match["port"]) < 65536:
        return False
    if match["name"]:
        return len(match["name"]) <= _LONGEST_NAME
    try:
        IPv6Address(match["ipv6"])
    except ValueError:
        return False
    return True


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 60:
        raise _wrong("has a patience that is no number of seconds up to 60")
    return seconds


def _wrong(what: str) -> InvalidSearchURL:
    return InvalidSearchURL(f"SEARCH_URL {what}. Write it as in {_EXAMPLE}.")
