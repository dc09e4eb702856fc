"""Films of other sites: nothing is loaded from them until a reader asks."""

import re
import socket
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from blocks.body import StandardBody
from blocks.providers import PROVIDERS, find_film, frame_sources
from tests.blocks.factories import LANGUAGES, make_image, raw_block

BODY = StandardBody()

_YOUTUBE = "https://www.youtube-nocookie.com/embed/5RR4VXNX3jA?"

KNOWN = {
    "https://www.youtube.com/watch?v=5RR4VXNX3jA&t=30s": _YOUTUBE,
    "https://youtu.be/5RR4VXNX3jA?si=abc": _YOUTUBE,
    "https://www.youtube.com/live/5RR4VXNX3jA": _YOUTUBE,
    "https://vimeo.com/76979871": "player.vimeo.com/video/76979871?dnt=1",
    "https://webtv.un.org/ar/asset/k1e/k1eckxyrj7": "entry_id=1_eckxyrj7",
    "https://www.dailymotion.com/video/x8abcde": "www.dailymotion.com/embed/video/x8abcde",
}


@pytest.mark.parametrize(("url", "player"), KNOWN.items())
def test_a_films_player_is_made_from_its_address(url: str, player: str) -> None:
    film = find_film(url)
    assert film is not None
    assert player in film.player_url


@pytest.mark.parametrize(
    "url",
    [
        "",
        None,
        "https://example.org/watch?v=5RR4VXNX3jA",
        "https://youtube.com.example.org/watch?v=5RR4VXNX3jA",
        'https://www.youtube.com/watch?v="><script>x',
        "https://www.youtube.com/@unitednations",
        "javascript://www.youtube.com/watch?v=5RR4VXNX3jA",
        "https://[broken/watch?v=5RR4VXNX3jA",
    ],
)
def test_anything_else_has_no_player(url: str | None) -> None:
    assert find_film(url) is None


def test_players_are_on_the_origins_that_the_security_policy_names() -> None:
    for url in KNOWN:
        film = find_film(url)
        assert film is not None
        assert film.player_url.startswith(frame_sources())
    assert len(frame_sources()) == len(PROVIDERS)


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
def test_rendering_asks_nothing_of_a_third_party(code: str, monkeypatch: Any) -> None:
    raw = raw_block("embed", code, make_image(width=300, height=200))

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    value = BODY.clean(BODY.to_python([raw]))
    html = BODY.render(value)
    BODY.get_api_representation(value)

    fetched = re.findall(r'\b(?:src|srcset|poster|action|style)="([^"]*)"', html)
    assert fetched, "the poster is ours and is fetched"
    assert not [address for address in fetched if "//" in address]
    for element in ("<iframe", "<link", "<script", "<object", "<embed", "<video"):
        assert element not in html


@pytest.mark.django_db
def test_without_javascript_it_is_a_link_to_the_films_page_and_names_the_provider() -> None:
    html = BODY.render(BODY.to_python([raw_block("embed", "en")]))
    assert 'href="https://www.youtube.com/watch?v=5RR4VXNX3jA"' in html
    assert "Plays from YouTube, which will learn that you watch it." in html
    assert 'data-embed="https://www.youtube-nocookie.com/embed/5RR4VXNX3jA?rel=0"' in html


def test_an_unknown_provider_is_refused_with_the_names_of_the_known_ones() -> None:
    raw = raw_block("embed", "fr")
    raw["value"]["url"] = "https://example.org/film"
    with pytest.raises(ValidationError) as refused:
        BODY.clean(BODY.to_python([raw]))
    message = refused.value.block_errors[0].block_errors["url"].messages[0]
    assert "YouTube" in message
    assert "UN Web TV" in message


@pytest.mark.django_db
def test_an_address_that_is_no_longer_known_stays_a_plain_link() -> None:
    raw = raw_block("embed", "fr")
    raw["value"]["url"] = "https://example.org/film"
    html = BODY.render(BODY.to_python([raw]))
    assert 'href="https://example.org/film"' in html
    assert "data-embed" not in html
