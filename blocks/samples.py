"""Stand-ins for what a preview can't take from the database."""

from dataclasses import dataclass
from types import SimpleNamespace

from django.templatetags.static import static


@dataclass(frozen=True)
class SampleImage:
    """An image for previews: a drawing of ours, never an image of somebody's library.

    A preview is the same for all editors, so a real image would show one mission's to another.
    """

    pk: None = None
    title: str = ""
    description: str = ""
    width: int = 960
    height: int = 640

    @property
    def file(self) -> SimpleNamespace:
        """The drawing, as the file of an image."""
        return SimpleNamespace(url=static("blocks/sample.svg"))

    def is_svg(self) -> bool:
        """Say that there are no renditions to make."""
        return True
