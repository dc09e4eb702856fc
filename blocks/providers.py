"""Who hosts films and sound, and how their players are addressed.

A player's address is made from the film's own address by pattern: no request is made when a page
is saved, and no markup of a third party is stored. Each provider's most discreet player is used.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Provider:
    """A provider: its name, its sites, where the film's id is, and its player's address.

    ``path`` finds the id in the address's path, or ``query`` names the parameter that holds it.
    ``player`` is a format string for ``{id}``.
    """

    name: str | Promise
    hosts: frozenset[str]
    player: str
    path: re.Pattern[str]
    query: str = ""

    @property
    def player_host(self) -> str:
        """The host that a Content-Security-Policy must allow in ``frame-src``."""
        return f"https://{urlsplit(self.player).hostname}"


@dataclass(frozen=True)
class Film:
    """A film or recording: who hosts it, its page there, its player."""

    provider: str | Promise
    url: str
    player_url: str


PROVIDERS = (
    Provider(
        name=_("UN Web TV"),
        hosts=frozenset({"webtv.un.org", "media.un.org"}),
        # /en/asset/k1e/k1eckxyrj7 is entry 1_eckxyrj7 of the United Nations' Kaltura account.
        path=re.compile(r"^/[a-z]{2}/asset/k[0-9a-z]+/k1(?P<id>[0-9a-z]{6,12})/?$"),
        player=(
            "https://cdnapisec.kaltura.com/p/2503451/embedIframeJs/uiconf_id/49754663"
            "/partner_id/2503451?iframeembed=true&playerId=kaltura_player&entry_id=1_{id}"
        ),
    ),
    Provider(
        name="YouTube",
        hosts=frozenset(
            {
                "youtube.com",
                "www.youtube.com",
                "m.youtube.com",
                "youtu.be",
                "www.youtube-nocookie.com",
            }
        ),
        path=re.compile(r"^/(?:embed/|shorts/|live/)?(?P<id>[0-9A-Za-z_-]{11})/?$"),
        query="v",
        player="https://www.youtube-nocookie.com/embed/{id}?rel=0",
    ),
    Provider(
        name="Vimeo",
        hosts=frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"}),
        path=re.compile(r"^/(?:video/|channels/[\w-]+/)?(?P<id>[0-9]{5,12})/?$"),
        player="https://player.vimeo.com/video/{id}?dnt=1",
    ),
    Provider(
        name="Dailymotion",
        hosts=frozenset({"dailymotion.com", "www.dailymotion.com", "dai.ly"}),
        path=re.compile(r"^/(?:video/|embed/video/)?(?P<id>[0-9A-Za-z]{5,10})/?$"),
        player="https://www.dailymotion.com/embed/video/{id}",
    ),
    Provider(
        name="PeerTube (Framatube)",
        hosts=frozenset({"framatube.org"}),
        path=re.compile(r"^/(?:w/|videos/watch/)(?P<id>[0-9A-Za-z-]{10,40})/?$"),
        player="https://framatube.org/videos/embed/{id}?peertubeLink=0&p2p=0",
    ),
)


def find_film(url: str | None, providers: Iterable[Provider] = PROVIDERS) -> Film | None:
    """Give the film at an address, or ``None`` if no provider is known to have it."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    for provider in providers:
        if host not in provider.hosts:
            continue
        identifier = _identifier(provider, path=parts.path, query=parts.query)
        if identifier:
            return Film(provider.name, url or "", provider.player.format(id=identifier))
    return None


def _identifier(provider: Provider, *, path: str, query: str) -> str:
    """Give the film's id, from the query where the provider puts it there, else from the path."""
    found = provider.path.match(path)
    if found is None and provider.query:
        # The same pattern checks the id, so that nothing else can get into the player's address.
        found = provider.path.match("/" + parse_qs(query).get(provider.query, [""])[0])
    return found["id"] if found else ""


def frame_sources() -> tuple[str, ...]:
    """Give the origins of all players, for the ``frame-src`` of a Content-Security-Policy."""
    return tuple(sorted({provider.player_host for provider in PROVIDERS}))
