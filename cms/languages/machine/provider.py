"""What every provider of machine translation does, and how it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Protocol

from django.utils.translation import gettext as _

#: "text": plain; "html": a fragment whose tags must come back (see `markup.protect`).
Kind = Literal["text", "html"]


class MachineError(Exception):
    """A proposal could not be had. The message is for the person who asked, and holds no key."""


class ProviderUnavailable(MachineError):
    """Nobody answers, or only "later". `after`: seconds, where the service has said when."""

    def __init__(self, detail: str, *, after: float | None = None) -> None:
        self.detail = detail
        self.after = after
        super().__init__(
            _("The translation service can't be reached now (%(detail)s): try again later.")
            % {"detail": detail}
        )


class MalformedAnswer(MachineError):
    """The service answers, but not with what its protocol says."""

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(
            _(
                "The translation service gave an answer that can't be used (%(detail)s): tell the "
                "Secretariat."
            )
            % {"detail": detail}
        )


class ProviderRefused(MachineError):
    """The service says no, and would say no again: a wrong key, an unknown pair of languages."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            _("The translation service refused this (%(reason)s): tell the Secretariat.")
            % {"reason": reason}
        )


class QuotaExceeded(ProviderRefused):
    """What the key may have translated is used up."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.args = (
            _(
                "The translation service has no more characters for us in this period: ask the "
                "Secretariat to raise the quota, or translate by hand."
            ),
        )


class Provider(Protocol):
    """One service. Safe to call from several threads."""

    #: The service's own name, as people know it: "DeepL".
    name: str

    def translate(self, texts: Sequence[str], *, source: str, target: str, kind: Kind) -> list[str]:
        """The texts in another language: as many, in their order.

        `source`, `target`: our codes. Blank texts come back as they are and are not sent. Raises
        MachineError; then nothing is to be used, even where some batches had been answered.
        """
        ...


def batches(texts: Sequence[str], *, most: int, characters: int) -> Iterator[list[str]]:
    """The texts in their order, at most `most` together and, unless one text alone is longer, at
    most so many characters."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == most or size + len(text) > characters):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def in_batches(
    texts: Sequence[str], ask: Callable[[list[str]], list[str]], *, most: int, characters: int
) -> list[str]:
    """What `ask` answers for the texts that say something, batch by batch; blank ones as they are.

    Raises MalformedAnswer where an answer has not as many texts as were asked about.
    """
    found: list[str] = []
    wanted = [text for text in texts if text.strip()]
    for batch in batches(wanted, most=most, characters=characters):
        answers = ask(batch)
        if len(answers) != len(batch):
            raise MalformedAnswer(f"{len(answers)} ≠ {len(batch)}")
        found += answers
    answered = iter(found)
    return [next(answered) if text.strip() else text for text in texts]
