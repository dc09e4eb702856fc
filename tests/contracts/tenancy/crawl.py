"""Ask for every address as one person, and say what should not have been answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.urls import NoReverseMatch

from .addresses import Address
from .asking import Answer, QuietClient, ask
from .forms import Shown, forms_in
from .judging import Leak, foreign_words
from .sources import Fixed, Nothing, Source, owner_of
from .table import TEMPLATES, combinations, queries_of, source_of
from .words import FEATHER
from .world import A, Caller, World

AJAX = {"X-Requested-With": "XMLHttpRequest"}
#: Asked at every list that opens for the caller.
LIST_QUERIES: tuple[dict[str, str], ...] = (
    {"q": FEATHER},
    {"export": "csv"},
    {"export": "xlsx"},
    {"_w_filter_fragment": "true"},
)
#: Views that fail on purpose.
FAIL_ON_PURPOSE = frozenset({"wagtailadmin_error_test", "admin/test404/"})
#: Stock Wagtail fails here on one's own pages: it publishes an alias, chosen with all others of a
#: section, as if it had revisions of its own.
STOCK_FAULTS = frozenset(
    {("wagtail_bulk_action", "RuntimeError: page.save_revision() was called on an alias page")}
)
#: What anybody may find to exist: the question for a password comes before the password.
OPEN_BY_DESIGN = frozenset(
    {
        ("wagtailcore_authenticate_with_password", "all"),
        ("wagtaildocs_authenticate_with_password", "all"),
    }
)
OWN, VICTIM, MADE = "own", "victim", "made up"


@dataclass
class Report:
    """What was tried and what was found."""

    tried: Counter = field(default_factory=Counter)
    addresses: set[str] = field(default_factory=set)
    answers: Counter = field(default_factory=Counter)
    leaks: list[Leak] = field(default_factory=list)


@dataclass
class Crawl:
    """One caller's walk. `report` is filled as it goes."""

    world: World
    caller: Caller
    client: QuietClient = field(default_factory=QuietClient)
    #: {path: what the caller's own forms there would send}
    shown: dict[str, Shown] = field(default_factory=dict)
    report: Report = field(default_factory=Report)

    def __post_init__(self) -> None:
        if self.caller.user is not None:
            self.client.force_login(self.caller.user)

    # --- filling ---------------------------------------------------------------------------------

    @property
    def own(self) -> tuple[str, ...]:
        return self.caller.tenants or (A,)

    def value(self, source: Source, whose: str) -> Any:
        """A source's value: own, the victim's, or one that nobody has. Raises Nothing."""
        if isinstance(source, Fixed):
            return source.values[0]
        if whose == MADE:
            return source.made_up
        codes = self.own if whose == OWN else self.world.strangers(self.caller)
        return source.value(self.world, owner_of(self.world, source, codes))

    def fillings(self, address: Address) -> Iterator[dict[str, Source]]:
        """{parameter: source} for every combination of the fixed values of an address."""
        for together in combinations(address):
            names = [name for name in address.parameters if name not in together]
            sources = [source_of(address, name) for name in names]
            choices = [
                [Fixed(value) for value in source.values] if isinstance(source, Fixed) else [source]
                for source in sources
            ]
            fixed = {name: Fixed(value) for name, value in together.items()}
            for chosen in product(*choices):
                yield fixed | dict(zip(names, chosen, strict=True))

    def filled(self, sources: Mapping[str, Source], whose: Mapping[str, str]) -> dict[str, Any]:
        return {name: self.value(source, whose[name]) for name, source in sources.items()}

    # --- asking ----------------------------------------------------------------------------------

    def visit(self, address: Address) -> None:
        """Everything by GET at one address."""
        self.report.addresses.add(address.name)
        for sources in self.fillings(address):
            self._visit_own(address, sources)
            for label, mine, theirs in self._pairs(sources):
                self.compare(address, label, sources, mine, theirs)

    def _visit_own(self, address: Address, sources: Mapping[str, Source]) -> None:
        try:
            values = self.filled(sources, dict.fromkeys(sources, OWN))
        except Nothing:
            values = None
        if values is None:
            return
        path = self._path(address, values)
        if path is None:
            return
        plain = self._open(address, path)
        if address.lists and plain.status == 200:
            self.look(address, "own, ajax", path, headers=AJAX)
            for query in LIST_QUERIES:
                self.look(address, f"own, {query}", path, query=query)
        if plain.status != 404 or not address.parameters:
            for query in queries_of(address, dict(sources)):
                self.ask_query(address, path, query)

    def _open(self, address: Address, path: str) -> Answer:
        """The caller's own, plainly; the forms that it shows are kept for `Changes`."""
        self.client.contexts = [] if address.surface == "admin" else None
        try:
            answer = self.look(address, "own", path)
            self.shown[path] = Shown.of(forms_in(self.client.contexts or []))
            return answer
        finally:
            self.client.contexts = None

    def ask_query(
        self, address: Address, path: str, query: Mapping[str, Any], **request: Any
    ) -> None:
        """A query string as it stands, or with the caller's, the victim's and a made-up object."""
        sources = {name: value for name, value in query.items() if not isinstance(value, str)}
        method = request.get("method", "GET")
        plain = {name: value for name, value in query.items() if isinstance(value, str)}
        answers: dict[str, tuple[Answer, list[Any]]] = {}
        for whose in (OWN, VICTIM, MADE) if sources else (OWN,):
            try:
                values = {name: self.value(source, whose) for name, source in sources.items()}
            except Nothing:
                continue
            label = f"query {', '.join(query)} of {whose}"
            answer = self.look(address, label, path, query=plain | values, **request)
            answers[whose] = (answer, list(values.values()))
        if any(getattr(source, "public", False) for source in sources.values()):
            return
        if VICTIM in answers and MADE in answers:
            ids = [*answers[VICTIM][1], *answers[MADE][1]]
            label = f"query {', '.join(query)}"
            pair = answers[VICTIM][0], answers[MADE][0]
            self.same(address, label, *pair, ids, method=method)

    def _pairs(
        self, sources: Mapping[str, Source]
    ) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
        """What to compare: all of it the victim's with all made up; then one by one."""
        objects = [name for name, source in sources.items() if not isinstance(source, Fixed)]
        if not objects or any(getattr(sources[name], "public", False) for name in objects):
            return
        yield "all", dict.fromkeys(sources, VICTIM), dict.fromkeys(sources, MADE)
        if len(objects) > 1:
            for name in objects:
                base = dict.fromkeys(sources, OWN)
                yield f"own with {name}", base | {name: VICTIM}, base | {name: MADE}

    def compare(
        self,
        address: Address,
        label: str,
        sources: Mapping[str, Source],
        theirs: Mapping[str, str],
        nobodys: Mapping[str, str],
        **request: Any,
    ) -> None:
        """The victim's object must be answered like one that does not exist."""
        try:
            victim, made = self.filled(sources, theirs), self.filled(sources, nobodys)
        except Nothing:
            return
        paths = self._path(address, victim), self._path(address, made)
        if None in paths:
            return
        answers = [
            self.look(address, f"{label} of {whose}", path, **request)
            for whose, path in zip((VICTIM, MADE), paths, strict=True)
        ]
        method = request.get("method", "GET")
        self.same(address, label, *answers, [*victim.values(), *made.values()], method=method)

    def same(
        self,
        address: Address,
        label: str,
        victim: Answer,
        made: Answer,
        ids: Iterable[Any],
        *,
        method: str = "GET",
    ) -> None:
        texts = [answer.seen(*ids) for answer in (victim, made)]
        if texts[0] != texts[1] and (address.name, label) not in OPEN_BY_DESIGN:
            what = f"differs from a made-up id: {victim.status} and {made.status}"
            if victim.status == made.status:
                what += f" {_first_difference(*texts)}"
            self.report.leaks.append(Leak(address.name, self.caller.name, method, label, what))

    def look(
        self,
        address: Address,
        label: str,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        **request: Any,
    ) -> Answer:
        """One request, judged by its words and by what it changed."""
        answer = ask(
            self.client,
            path,
            method=method,
            headers=self.headers(address) | dict(headers or {}),
            judge_changes=lambda tables: self.world.ownership.changes(
                tables, own=set(self.caller.tenants)
            ),
            **request,
        )
        self.report.tried[method] += 1
        self.report.answers[answer.status] += 1
        for what in foreign_words(
            self.world, self.caller, address, answer.without(path, *_asked(request))
        ):
            self.report.leaks.append(Leak(address.name, self.caller.name, method, label, what))
        for change in answer.changes:
            self.report.leaks.append(Leak(address.name, self.caller.name, method, label, change))
        if answer.status >= 500 and not _is_expected(address, answer):
            what = f"{answer.status} {answer.error}"
            self.report.leaks.append(Leak(address.name, self.caller.name, method, label, what))
        return answer

    def headers(self, address: Address) -> dict[str, str]:
        """The host of the caller's own site, and the caller's token at the API."""
        headers = {"host": self.world.tenants[self.own[0]].host}
        if address.surface == "api" and self.caller.token:
            headers["authorization"] = f"Bearer {self.caller.token}"
        return headers

    def _path(self, address: Address, values: dict[str, Any]) -> str | None:
        if address.name in TEMPLATES:
            return TEMPLATES[address.name].format(**values)
        try:
            return address.path(values)
        except NoReverseMatch:
            return None


def _is_expected(address: Address, answer: Answer) -> bool:
    return address.name in FAIL_ON_PURPOSE or any(
        address.name == name and answer.error.startswith(error) for name, error in STOCK_FAULTS
    )


def _asked(request: Mapping[str, Any]) -> list[str]:
    """The words of a question, which an answer may repeat."""
    return [str(value) for value in (request.get("query") or {}).values()]


def _first_difference(left: str, right: str) -> str:
    place = next(
        (number for number, (a, b) in enumerate(zip(left, right, strict=False)) if a != b),
        min(len(left), len(right)),
    )
    start = max(0, place - 40)
    return f"“{left[start : place + 60]!r}” / “{right[start : place + 60]!r}”"
