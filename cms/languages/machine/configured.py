"""The provider that the settings name.

`MACHINE_TRANSLATION_URL`: "" (none: the default), or a service and its address:

- `libretranslate+https://translate.example` (also `+http`, for a server beside ours), with
  `?zh=zh-Hans` where the server calls Chinese so;
- `deepl+https://api-free.deepl.com` or `deepl+https://api.deepl.com`.

Any may take `timeout` (seconds), `batch` (texts a request) and `characters` (a request's).
`MACHINE_TRANSLATION_KEY` holds the key; it never stands in the address.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings

from .deepl import CHARACTERS, MOST, DeepL
from .libretranslate import LibreTranslate
from .provider import Provider
from .transport import Limits, Transport

LIBRETRANSLATE, DEEPL = "libretranslate", "deepl"
_OPTIONS = {
    LIBRETRANSLATE: {"timeout", "batch", "characters", "zh"},
    DEEPL: {"timeout", "batch", "characters"},
}
_CHINESE = ("zh", "zh-Hans", "zh-CN")


class InvalidMachineURL(ValueError):
    """Raised for an address that names no service that we can use. The message says what is wrong
    and shows neither the key nor the address, which may hold one."""


@dataclass(frozen=True)
class Target:
    """What an address says, taken apart."""

    service: str
    scheme: str
    host: str
    port: int | None
    path: str
    timeout: float
    batch: int | None
    characters: int | None
    chinese: str

    @property
    def is_enciphered(self) -> bool:
        return self.scheme == "https"

    @property
    def is_loopback(self) -> bool:
        """Whether the service runs on this machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """The URL to post to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        rest = "/v2/translate" if self.service == DEEPL else "/translate"
        return f"{self.scheme}://{host}{port}{self.path}{rest}"


def target_of(url: str) -> Target:
    """What an address says. Raises InvalidMachineURL."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InvalidMachineURL("It is no address.") from None
    service, _plus, scheme = parts.scheme.partition("+")
    if service not in _OPTIONS or scheme not in ("http", "https"):
        raise InvalidMachineURL(
            "It must begin with libretranslate+https://, libretranslate+http:// or deepl+https://."
        )
    if not host:
        raise InvalidMachineURL("It names no host.")
    if parts.username or parts.password or parts.fragment:
        raise InvalidMachineURL(
            "It holds a user, a password or a fragment: put the key in MACHINE_TRANSLATION_KEY."
        )
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(set(options) - _OPTIONS[service]):
        known = ", ".join(sorted(_OPTIONS[service]))
        raise InvalidMachineURL(
            f"It has an option that {service} does not have ({len(unknown)}): use {known}."
        )
    chinese = options.get("zh", "zh")
    if chinese not in _CHINESE:
        raise InvalidMachineURL(f"The option zh must be one of {', '.join(_CHINESE)}.")
    target = Target(
        service=service,
        scheme=scheme,
        host=host,
        port=port,
        path=parts.path.rstrip("/").removesuffix("/translate").removesuffix("/v2"),
        timeout=float(_number(options, "timeout") or 60),
        batch=_number(options, "batch"),
        characters=_number(options, "characters"),
        chinese=chinese,
    )
    if service == DEEPL and not target.is_enciphered and not target.is_loopback:
        raise InvalidMachineURL("DeepL is asked over https only: use deepl+https://.")
    return target


def provider_from_url(url: str, key: str = "", **transport: Any) -> Provider | None:
    """The provider of an address, or None for "". `transport`: as `Transport` takes. Raises
    InvalidMachineURL."""
    if not url.strip():
        return None
    target = target_of(url)
    transport = {"limits": Limits(timeout=target.timeout), **transport}
    if target.service == DEEPL:
        if not key:
            raise InvalidMachineURL("DeepL needs a key: set MACHINE_TRANSLATION_KEY.")
        to_deepl = Transport(
            target.address, authorization=f"DeepL-Auth-Key {key}", secret=key, **transport
        )
        return DeepL(
            to_deepl,
            most=min(target.batch or MOST, MOST),
            characters=min(target.characters or CHARACTERS, CHARACTERS),
        )
    to_libre = Transport(target.address, secret=key, **transport)
    return LibreTranslate(
        to_libre,
        key=key,
        chinese=target.chinese,
        most=target.batch or 25,
        characters=target.characters or 4000,
    )


def configured_provider() -> Provider | None:
    """The provider of the settings; None where machine translation is off. Raises
    InvalidMachineURL (which `manage.py check` reports before)."""
    return provider_from_url(
        getattr(settings, "MACHINE_TRANSLATION_URL", ""),
        getattr(settings, "MACHINE_TRANSLATION_KEY", ""),
    )


def _number(options: dict[str, str], name: str) -> int | None:
    """A positive whole number, or None where the option is not given. Raises InvalidMachineURL."""
    if name not in options:
        return None
    value = options[name]
    if not (value.isascii() and value.isdigit() and int(value[:9]) > 0):
        raise InvalidMachineURL(f"The option {name} must be a positive whole number.")
    return int(value[:9])
