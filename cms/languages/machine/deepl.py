"""DeepL's API, version 2 (https://developers.deepl.com/docs/api-reference/translate).

`POST /v2/translate` with `text` (at most 50), `source_lang`, `target_lang` and, for HTML,
`tag_handling`; the key in a header; a request has at most 128 KiB. The answer is
`{"translations": [{"text": …}, …]}`. Errors: 400, 403 (key), 413 (size), 429,
456 (quota), 5xx, 529.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .provider import Kind, MalformedAnswer, QuotaExceeded, in_batches
from .transport import Transport

#: Languages as a source have no variant; as a target they must have one where there are several.
SOURCES = {"ar": "AR", "zh": "ZH", "en": "EN", "fr": "FR", "ru": "RU", "es": "ES"}
TARGETS = {**SOURCES, "zh": "ZH-HANS", "en": "EN-GB"}
#: Texts of a request, and characters: four bytes each would still be less than 128 KiB.
MOST, CHARACTERS = 50, 24_000
QUOTA = 456


class DeepL:
    """One account. `transport`: to `…/v2/translate`, with the key in its header."""

    name = "DeepL"

    def __init__(
        self, transport: Transport, *, most: int = MOST, characters: int = CHARACTERS
    ) -> None:
        self._transport = transport
        self._most = most
        self._characters = characters

    def translate(self, texts: Sequence[str], *, source: str, target: str, kind: Kind) -> list[str]:
        """See `Provider.translate`."""
        return in_batches(
            texts,
            lambda batch: self._ask(batch, source=source, target=target, kind=kind),
            most=self._most,
            characters=self._characters,
        )

    def _ask(self, batch: list[str], *, source: str, target: str, kind: Kind) -> list[str]:
        payload: dict[str, Any] = {
            "text": batch,
            "source_lang": SOURCES[source],
            "target_lang": TARGETS[target],
        }
        if kind == "html":
            payload["tag_handling"] = "html"
        answer = self._transport.post(payload)
        if answer.status == QUOTA:
            raise QuotaExceeded(answer.reason("message"))
        if answer.status != 200:
            raise self._transport.refused(answer, "message", "detail")
        found = answer.data.get("translations") if isinstance(answer.data, Mapping) else None
        if not isinstance(found, list):
            raise MalformedAnswer("translations")
        texts = [one.get("text") if isinstance(one, Mapping) else None for one in found]
        if not all(isinstance(text, str) for text in texts):
            raise MalformedAnswer("translations.text")
        return [str(text) for text in texts]
