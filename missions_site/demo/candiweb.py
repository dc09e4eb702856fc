"""The demo's CandiWeb: real elections with their votes, and illustrative ones to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from cms.candiweb.indexing import election_changed
from cms.candiweb.models import (
    Ballot,
    BallotResult,
    Body,
    Candidature,
    CandidatureStatus,
    CandiWebHomePage,
    ChartPage,
    Election,
    ElectionPage,
    ElectionStatus,
    Majority,
    SeatAllocation,
)
from cms.candiweb.services import open_election, provision_candiweb
from cms.languages.fields import column

from .reading import body_in_six, day, in_six, read

PORT = 8000

#: Required majorities: rules of procedure of the General Assembly, rules 83 and 125; resolution
#: 60/251, paragraph 7; Statute of the Court, Article 10; statute of the Commission, article 9.
MAJORITIES = {
    "SC": Majority.TWO_THIRDS,
    "ECOSOC": Majority.TWO_THIRDS,
    "HRC": Majority.MEMBERS,
    "ICJ": Majority.BOTH,
    "ILC": Majority.PRESENT,
}
ELECT_PERSONS = frozenset({"ICJ", "ILC"})
TITLES = {
    "ar": "{body}: انتخابات عام {year}",
    "zh": "{body}：{year}年选举",
    "en": "{body}: election of {year}",
    "fr": "{body} : élection de {year}",
    "ru": "{body}: выборы {year} года",
    "es": "{body}: elección de {year}",
}
BY_ELECTION_TITLES = {
    "ar": "{body}: انتخابات فرعية لعام {year}",
    "zh": "{body}：{year}年补选",
    "en": "{body}: by-election of {year}",
    "fr": "{body} : élection partielle de {year}",
    "ru": "{body}: дополнительные выборы {year} года",
    "es": "{body}: elección parcial de {year}",
}


def load(report: Callable[[str, int, int], None]) -> None:
    """Make CandiWeb's site and its elections; each election whole or not at all."""
    data = read("elections.json")
    groups = {
        state: group["code"]
        for group in read("regional_groups.json")
        for state in group["elects_as"]
    }
    home = _home(read("candiweb.json"))
    bodies = {row["code"]: _body(row, order) for order, row in enumerate(data["bodies"])}
    rows = data["elections"]
    for number, row in enumerate(rows, start=1):
        _election(row, body=bodies[row["body"]], home=home, groups=groups)
        report(row["slug"], number, len(rows))


@transaction.atomic
def _home(data: dict[str, Any]) -> CandiWebHomePage:
    """The site with its home page and the chart."""
    words, chart = data["home"], data["chart"]
    provision_candiweb(
        home=CandiWebHomePage(
            source_language=data["source_language"],
            **in_six("title", data["site_name"]),
            **in_six("intro", words["intro"]),
            **body_in_six(words["body"]),
        ),
        hostname="candiweb.localhost",
        port=PORT,
    )
    home = CandiWebHomePage.objects.get()
    if not ChartPage.objects.exists():
        home.add_child(
            instance=ChartPage(
                slug="chart",
                show_in_menus=True,
                source_language=data["source_language"],
                **in_six("title", chart["title"]),
                **in_six("intro", chart["intro"]),
            )
        )
    return home


@transaction.atomic
def _body(row: dict[str, Any], order: int) -> Body:
    body, _created = Body.objects.get_or_create(
        code=row["code"],
        defaults={
            "parent_organ": ", ".join(row["elected_by"]),
            "is_principal_organ": row["principal_organ"],
            "elects_persons": row["code"] in ELECT_PERSONS,
            "members": row["members"],
            "majority": MAJORITIES.get(row["code"], ""),
            "order": order,
            **in_six("name", row["name"]),
            **in_six("about", row["about"]),
        },
    )
    return body


@transaction.atomic
def _election(
    row: dict[str, Any], *, body: Body, home: CandiWebHomePage, groups: Mapping[str, str]
) -> None:
    if ElectionPage.objects.filter(election__slug=row["slug"]).exists():
        return
    held_on = date.fromisoformat(row["date"])
    forms = BY_ELECTION_TITLES if row["by_election"] else TITLES
    titles = {
        code: form.format(body=getattr(body, column("name", code)), year=held_on.year)
        for code, form in forms.items()
    }
    term = row["term"]
    only_years = not term["start"]
    election = Election.objects.create(
        body=body,
        slug=row["slug"],
        session=str(row["session"]),
        date=held_on,
        term_start=day(term["start"]) or date(term["start_year"], 1, 1),
        term_end=day(term["end"]) or date(term["end_year"], 12, 31),
        term_years_only=only_years,
        is_by_election=row["by_election"],
        status=ElectionStatus.HELD if row["status"] == "held" else ElectionStatus.UPCOMING,
        sources="\n".join(row["sources"]),
        is_illustrative=row["illustrative"],
        **in_six("title", titles),
        **in_six("note", row["note"]),
    )
    seats = [
        SeatAllocation(election=election, groups=part["groups"], seats=part["seats"], order=order)
        for order, part in enumerate(row["seats"])
    ]
    SeatAllocation.objects.bulk_create(seats)
    stood = _candidatures(election, row["candidatures"], seats=seats, groups=groups)
    _ballots(election, row["rounds"], seats=seats, stood=stood)
    open_election(election, home=home, titles=titles)
    election_changed(election.pk)


def _candidatures(
    election: Election,
    rows: list[dict[str, Any]],
    *,
    seats: list[SeatAllocation],
    groups: Mapping[str, str],
) -> dict[str, Candidature]:
    made = [
        Candidature(
            election=election,
            allocation=seats[row["seat"]] if row["seat"] is not None else None,
            state=row["state"],
            nominee=row["nominee"] or "",
            regional_group=_group(groups.get(row["state"], ""), seats, row["seat"]),
            status=_status(row),
            announced_on=day(row["announced_on"]),
            note_reference=(row["note_verbale"] or {}).get("reference", ""),
            note_date=day((row["note_verbale"] or {}).get("date")),
            endorsed_by=row["endorsed_by"] or "",
            withdrawn_on=day(row["withdrawn_on"]),
            order=order,
            is_illustrative=row["illustrative"],
        )
        for order, row in enumerate(rows)
    ]
    Candidature.objects.bulk_create(made)
    return {item.state: item for item in made}


def _status(row: dict[str, Any]) -> str:
    """A candidature that the data call announced is submitted once its note verbale is there."""
    if row["status"] == "announced" and row["note_verbale"]:
        return str(CandidatureStatus.SUBMITTED)
    return str(row["status"])


def _group(group: str, seats: list[SeatAllocation], place: int | None) -> str:
    """The State's group of today, unless the seats were for another (groups have changed)."""
    allowed = seats[place].groups if place is not None else []
    return group if not allowed or group in allowed else ""


def _ballots(
    election: Election,
    rows: list[dict[str, Any]],
    *,
    seats: list[SeatAllocation],
    stood: Mapping[str, Candidature],
) -> None:
    for row in rows:
        ballot = Ballot.objects.create(
            election=election,
            allocation=seats[row["seat"]] if row["seat"] is not None else None,
            round=row["round"],
            date=day(row["date"]),
            required=row["required_majority"],
        )
        BallotResult.objects.bulk_create(
            BallotResult(
                ballot=ballot,
                candidature=stood.get(result["state"]),
                state=result["state"],
                votes=result["votes"],
                is_elected=result["elected"],
                order=order,
            )
            for order, result in enumerate(row["results"])
        )
