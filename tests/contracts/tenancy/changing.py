"""What a caller tries to change: each form of their own with the victim's objects in it, and each
address of the victim's by POST (the API's by PUT, PATCH and DELETE too)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from .addresses import Address
from .api_bodies import BODIES
from .crawl import AJAX, MADE, OWN, VICTIM, Crawl
from .forms import Shown
from .sources import Fixed, Nothing, Of, Source
from .table import queries_of

#: Signing oneself out, or in as somebody else, is no change of anybody's objects.
LEFT_ALONE = frozenset({"wagtailadmin_logout", "logout"})
#: Buttons that a form sends along.
BUTTONS: dict[str, tuple[str, ...]] = {
    "wagtailadmin_pages:edit": ("action-publish", "action-submit"),
    "wagtailadmin_pages:add": ("action-publish", "action-submit"),
    "wagtailadmin_pages:workflow_action": ("action-approve",),
}
API_METHODS = ("POST", "PUT", "PATCH", "DELETE")


class Changes:
    """The changing half of a crawl: `visit` each address after `Crawl.visit`."""

    def __init__(self, crawl: Crawl) -> None:
        self.crawl = crawl

    def visit(self, address: Address) -> None:
        """Everything but GET at one address."""
        if address.name in LEFT_ALONE:
            return
        for sources in self.crawl.fillings(address):
            if address.surface == "api":
                self._by_api(address, sources)
            else:
                self._by_form(address, sources)

    # --- forms -----------------------------------------------------------------------------------

    def _by_form(self, address: Address, sources: Mapping[str, Source]) -> None:
        shown = self._own_form(address, sources)
        data = shown.data | self._button(address, 0)
        headers = AJAX if "multiple" in address.name else {}  # uploads answer only to scripts
        for label, theirs, nobodys in self.crawl._pairs(sources):
            request = {"method": "POST", "data": data, "headers": headers}
            self.crawl.compare(address, label, sources, theirs, nobodys, **request)
        self._own_with_strangers(address, sources, shown)
        for query in queries_of(address, dict(sources)):
            self._query(address, sources, query, data)

    def _own_form(self, address: Address, sources: Mapping[str, Source]) -> Shown:
        """The data that the caller's own form sends; nothing where it did not open."""
        return self.crawl.shown.get(self._own_path(address, sources) or "", Shown())

    def _own_with_strangers(
        self, address: Address, sources: Mapping[str, Source], shown: Shown
    ) -> None:
        path = self._own_path(address, sources)
        if path is None:
            return
        for number in range(len(BUTTONS.get(address.name, ("",)))):
            data = shown.data | self._button(address, number)
            self.crawl.look(address, "own form sent", path, method="POST", data=data)
        for name, model in shown.choices.items():
            answers, ids = [], []
            for whose in (VICTIM, MADE):
                try:
                    value = self.crawl.value(Of(model), whose)
                except Nothing:
                    break
                given = [value] if isinstance(shown.data.get(name), list) else value
                ids.append(value)
                answers.append(
                    self.crawl.look(
                        address,
                        f"own form with {name} of {whose}",
                        path,
                        method="POST",
                        data=shown.data
                        | self._button(address, 0)
                        | {field: _upload(address) for field in shown.files}
                        | {name: given},
                    )
                )
            if len(answers) == 2:
                self.crawl.same(address, f"own form with {name}", *answers, ids, method="POST")

    def _query(
        self,
        address: Address,
        sources: Mapping[str, Source],
        query: Mapping[str, Any],
        data: dict[str, Any],
    ) -> None:
        path = self._own_path(address, sources)
        if path is not None and any(not isinstance(value, str) for value in query.values()):
            self.crawl.ask_query(address, path, query, method="POST", data=data)

    def _own_path(self, address: Address, sources: Mapping[str, Source]) -> str | None:
        try:
            values = self.crawl.filled(sources, dict.fromkeys(sources, OWN))
        except Nothing:
            return None
        return self.crawl._path(address, values)

    def _button(self, address: Address, number: int) -> dict[str, str]:
        names = BUTTONS.get(address.name, ())
        return {names[number]: "1"} if number < len(names) else {}

    # --- the API ---------------------------------------------------------------------------------

    def _by_api(self, address: Address, sources: Mapping[str, Source]) -> None:
        for method in API_METHODS:
            bodies = BODIES.get((address.name, method), [{}])
            for body in bodies:
                for label, theirs, nobodys in self.crawl._pairs(sources):
                    sent = self._body(body, OWN)
                    if sent is not None:
                        self.crawl.compare(
                            address, label, sources, theirs, nobodys, method=method, data=sent
                        )
                self._own_body(address, sources, method, body)

    def _own_body(
        self, address: Address, sources: Mapping[str, Source], method: str, body: Mapping[str, Any]
    ) -> None:
        path = self._own_path(address, sources)
        names = [name for name, value in _leaves(body) if not isinstance(value, Fixed)]
        if path is None or not names:
            return
        answers, ids = [], []
        for whose in (VICTIM, MADE):
            sent = self._body(body, whose)
            if sent is None:
                return
            ids += [self.crawl.value(source, whose) for _name, source in _leaves(body)]
            label = f"own with {', '.join(names)} of {whose}"
            answers.append(self.crawl.look(address, label, path, method=method, data=sent))
        self.crawl.same(address, f"own with {', '.join(names)}", *answers, ids, method=method)

    def _body(self, body: Mapping[str, Any], whose: str) -> bytes | None:
        try:
            return json.dumps(self._filled(body, whose)).encode()
        except Nothing:
            return None

    def _filled(self, value: Any, whose: str) -> Any:
        if isinstance(value, dict):
            return {name: self._filled(part, whose) for name, part in value.items()}
        return self.crawl.value(value, whose) if isinstance(value, Source) else value


def _upload(address: Address) -> Any:
    if "images" in address.name:
        return get_test_image_file("upload.png", size=(8, 8))
    return ContentFile(b"/from,/to\n", name="rows.csv")


def _leaves(body: Mapping[str, Any]) -> list[tuple[str, Source]]:
    found: list[tuple[str, Source]] = []
    for name, value in body.items():
        if isinstance(value, dict):
            found += _leaves(value)
        elif isinstance(value, Source):
            found.append((name, value))
    return found
