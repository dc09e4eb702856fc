"""LibreTranslate: free software that one can run oneself (https://docs.libretranslate.com).

`POST /translate` with `q` (a list), `source`, `target`, `format` ("text" or "html") and, where the
server asks for one, `api_key`; the answer is `{"translatedText": [...]}`. Errors: 400 (a language,
a limit), 403 (key), 429, 500, each `{"error": "…"}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cms.languages import codes

from .provider import Kind, MalformedAnswer, in_batches
from .transport import Transport


class LibreTranslate:
    """One server. `chinese`: its code for simplified Chinese, "zh" or, of some versions, "zh-Hans";
    `most`, `characters`: of a request (servers set their own limits; these pass the usual ones)."""

    name = "LibreTranslate"

    def __init__(
        self,
        transport: Transport,
        *,
        key: str = "",
        chinese: str = "zh",
        most: int = 25,
        characters: int = 4000,
    ) -> None:
        self._transport = transport
        self._key = key
        self._chinese = chinese
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
            "q": batch,
            "source": self._code(source),
            "target": self._code(target),
            "format": kind,
        }
        if self._key:
            payload["api_key"] = self._key
        answer = self._transport.post(payload)
        if answer.status != 200:
            raise self._transport.refused(answer, "error")
        texts = answer.data.get("translatedText") if isinstance(answer.data, Mapping) else None
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise MalformedAnswer("translatedText")
        return texts

    def _code(self, code: str) -> str:
        return self._chinese if code == "zh" else codes.get(code).code
