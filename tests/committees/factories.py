"""Committees, sessions, their records and pages for tests."""

import datetime

import factory
from factory.django import DjangoModelFactory

from cms.access.services import provision_site
from cms.committees.models import (
    AgendaItem,
    Committee,
    CommitteeHomePage,
    CommitteeSession,
    DraftProposal,
    DraftState,
    Meeting,
    Officer,
    SessionPage,
    Sponsor,
    Statement,
)

SHORT_NAMES = {
    "ar": "اللجنة الثالثة",
    "zh": "第三委员会",
    "en": "Third Committee",
    "fr": "Troisième Commission",
    "ru": "Третий комитет",
    "es": "Tercera Comisión",
}
TITLES = {
    "ar": "القضاء على الفقر في الأرياف",
    "zh": "消除农村贫困",
    "en": "Rural poverty",
    "fr": "Pauvreté rurale",
    "ru": "Искоренение нищеты",
    "es": "Pobreza rural",
}


def in_six(field, texts):
    """{"title_ar": …} for a factory."""
    return {f"{field}_{code}": text for code, text in texts.items()}


class CommitteeFactory(DjangoModelFactory):
    """The Third Committee, named in six languages; another with `ordinal=…`."""

    class Meta:
        model = Committee
        django_get_or_create = ("code",)

    ordinal = 3
    code = factory.LazyAttribute(lambda made: f"c{made.ordinal}")
    series = factory.LazyAttribute(lambda made: f"A/C.{made.ordinal}")
    locals().update(in_six("name", SHORT_NAMES) | in_six("short_name", SHORT_NAMES))


class SessionFactory(DjangoModelFactory):
    """A session in the autumn of its year; `is_current=True` for the one that the home shows."""

    class Meta:
        model = CommitteeSession

    committee = factory.SubFactory(CommitteeFactory)
    number = 78
    opened_on = datetime.date(2023, 9, 5)
    closed_on = datetime.date(2024, 9, 10)


class OfficerFactory(DjangoModelFactory):
    class Meta:
        model = Officer

    session = factory.SubFactory(SessionFactory)
    office = "chair"
    name = "Alexander Marschik"
    state = "AUT"


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    session = factory.SubFactory(SessionFactory)
    key = factory.Sequence(lambda number: f"item-{number}")
    number = factory.Sequence(lambda number: str(20 + number))
    order = factory.Sequence(lambda number: number)
    locals().update(in_six("title", TITLES))


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory)
    number = factory.Sequence(lambda number: number + 100)
    date = datetime.date(2023, 11, 10)
    start_time = datetime.time(10)
    end_time = datetime.time(13)
    locals().update(in_six("title", TITLES))
    room_en = "Conference Room 1"
    room_ar = "غرفة الاجتماعات 1"

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        self.items.set(extracted or [])


class DraftFactory(DjangoModelFactory):
    """A tabled draft resolution; `sponsors=("FRA", "EGY")`, the main sponsor first."""

    class Meta:
        model = DraftProposal
        skip_postgeneration_save = True

    class Params:
        adopted = factory.Trait(
            state=DraftState.ADOPTED_WITHOUT_VOTE, acted_on=datetime.date(2023, 11, 10)
        )

    session = factory.SubFactory(SessionFactory)
    symbol = factory.LazyAttributeSequence(
        lambda made, number: f"{made.session.symbol_prefix}L.{number + 1000}"
    )
    order = factory.Sequence(lambda number: number)
    tabled_on = datetime.date(2023, 10, 9)
    locals().update(in_six("title", TITLES))

    @factory.post_generation
    def sponsors(self, create, extracted, **kwargs):
        # What a sponsor's own save tells of the draft, the draft's has told already.
        Sponsor.objects.bulk_create(
            Sponsor(draft=self, state=state, is_main=place == 0, order=place)
            for place, state in enumerate(extracted or ())
        )


class StatementFactory(DjangoModelFactory):
    class Meta:
        model = Statement

    session = factory.SubFactory(SessionFactory)
    state = "FRA"
    date = datetime.date(2023, 11, 10)
    language = "fr"
    text_fr = "Monsieur le Président, …"


def committee_site(committee, *, languages=tuple(SHORT_NAMES), source="en"):
    """The committee's site on c3.localhost with its home page in these languages."""
    home = CommitteeHomePage(
        committee=committee,
        source_language=source,
        **in_six("title", {code: SHORT_NAMES[code] for code in languages}),
    )
    return provision_site(
        code=committee.code,
        kind="committee",
        hostname=f"{committee.code}.localhost",
        port=80,
        home=home,
        collection_name=str(committee),
    )


def session_page(session, *, titles=None, source="en"):
    """The live page of a session below its committee's home page."""
    titles = titles or {code: f"{session.number} {name}" for code, name in SHORT_NAMES.items()}
    home = CommitteeHomePage.objects.get(committee=session.committee)
    page = SessionPage(session=session, source_language=source, **in_six("title", titles))
    return home.add_child(instance=page)
