"""A film or a recording of another site, of which nothing is loaded until a reader asks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.family import Family
from blocks.links import safe_href
from blocks.providers import PROVIDERS, Film, find_film
from blocks.renditions import ImageChooser, image_for_api
from blocks.richtext import ITEM_FEATURES, RichTextBlock
from blocks.samples import SampleImage


class FilmURLBlock(blocks.URLBlock):
    """The address of a film at one of the known providers."""

    def clean(self, value: Any) -> str:
        """Refuse the address of anything else, naming the providers."""
        cleaned = super().clean(value)
        if cleaned and find_film(cleaned) is None:
            raise ValidationError(
                _(
                    "No film was recognised at this address. Give the address of the film's own "
                    "page at one of: %(providers)s. For others, use a call to action."
                ),
                code="provider",
                params={"providers": ", ".join(str(provider.name) for provider in PROVIDERS)},
            )
        return cleaned


class EmbedValue(blocks.StructValue):
    """An embed's value."""

    @property
    def film(self) -> Film | None:
        """The film, or ``None`` if the stored address is no known provider's."""
        return find_film(self.get("url"))

    @property
    def href(self) -> str:
        """The film's page, if a link may point to it."""
        return safe_href(self.get("url"))


class EmbedBlock(Family):
    """A film shown as a picture and a link, which the site's script turns into the player.

    Rendering makes no request and names no third party in anything that a browser fetches by
    itself: the player's address stands in the link's ``data-embed`` until a reader clicks. Without
    JavaScript the link opens the provider's page.
    """

    url = FilmURLBlock(label=_("Address of the film or recording"))
    title = blocks.CharBlock(max_length=200, label=_("Title"))
    poster = ImageChooser(
        required=False,
        label=_("Picture"),
        help_text=_("Shown until the film starts. From our own images, not the provider's."),
    )
    caption = blocks.CharBlock(required=False, max_length=500, label=_("Caption"))
    transcript = RichTextBlock(
        required=False,
        features=list(ITEM_FEATURES),
        label=_("Transcript"),
        help_text=_("What is said, for readers who can't hear it and for the search."),
    )

    visible = ("title", "caption", "transcript")

    class Meta:
        icon = "media"
        label = _("Film or recording")
        description = _("From another site; nothing is loaded from there until a reader asks.")
        group = _("Images and media")
        template = "blocks/embed.html"
        value_class = EmbedValue
        label_format = "{title}"
        preview_value = {
            "url": "https://webtv.un.org/en/asset/k1e/k1eckxyrj7",
            "title": _("General debate of the General Assembly"),
            "poster": SampleImage(),
            "caption": "",
            "transcript": "",
        }

    def get_api_representation(self, value: Any, context: dict | None = None) -> dict[str, Any]:
        """Give ``{url, title, provider, player_url, poster, caption, transcript}``."""
        film = value.film
        transcript = self.child_blocks["transcript"]
        return {
            "url": value.href,
            "title": value.get("title"),
            "provider": str(film.provider) if film else "",
            "player_url": film.player_url if film else "",
            "poster": image_for_api(value.get("poster"), alt="", context=context),
            "caption": value.get("caption") or "",
            "transcript": transcript.get_api_representation(value["transcript"], context),
        }
