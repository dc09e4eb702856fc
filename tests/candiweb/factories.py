"""Bodies, elections, candidatures, ballots and their pages for tests."""

import datetime

import factory
from factory.django import DjangoModelFactory

from cms.candiweb.models import (
    Ballot,
    BallotResult,
    Body,
    Candidature,
    CandidatureStatus,
    CandiWebHomePage,
    ChartPage,
    Election,
    ElectionStatus,
    SeatAllocation,
)
from cms.candiweb.services import open_election, provision_candiweb

COUNCIL = {
    "ar": "مجلس الأمن",
    "zh": "安全理事会",
    "en": "Security Council",
    "fr": "Conseil de sécurité",
    "ru": "Совет Безопасности",
    "es": "Consejo de Seguridad",
}


def in_six(field, texts):
    """{"title_ar": …} for a factory."""
    return {f"{field}_{code}": text for code, text in texts.items()}


class BodyFactory(DjangoModelFactory):
    """The Security Council; `of_persons=True`: a body whose members are persons."""

    class Meta:
        model = Body
        django_get_or_create = ("code",)

    class Params:
        of_persons = factory.Trait(code="ILC", elects_persons=True)

    code = "SC"
    members = 15
    majority = "two_thirds"
    locals().update(in_six("name", COUNCIL))


class ElectionFactory(DjangoModelFactory):
    """An election to come with two seats for two groups; `held=True`: one of the past."""

    class Meta:
        model = Election
        skip_postgeneration_save = True

    class Params:
        held = factory.Trait(
            status=ElectionStatus.HELD,
            date=datetime.date(2024, 6, 6),
            term_start=datetime.date(2025, 1, 1),
            term_end=datetime.date(2026, 12, 31),
        )

    body = factory.SubFactory(BodyFactory)
    session = "110"
    date = datetime.date(2056, 6, 5)
    term_start = datetime.date(2057, 1, 1)
    term_end = datetime.date(2058, 12, 31)
    locals().update(in_six("title", {code: f"{name} *" for code, name in COUNCIL.items()}))

    @factory.post_generation
    def seats(self, create, extracted, **kwargs):
        if not create:
            return
        for order, (groups, count) in enumerate(extracted or [(["AFR", "APG"], 2), (["WEOG"], 1)]):
            SeatAllocation.objects.create(election=self, groups=groups, seats=count, order=order)


class CandidatureFactory(DjangoModelFactory):
    """An announced candidature of Egypt; traits name how far another has come."""

    class Meta:
        model = Candidature

    class Params:
        submitted = factory.Trait(
            status=CandidatureStatus.SUBMITTED,
            note_reference="NV/2024/1",
            note_date=datetime.date(2024, 1, 16),
        )

    election = factory.SubFactory(ElectionFactory)
    state = "EGY"
    regional_group = "AFR"
    announced_on = datetime.date(2024, 1, 10)


class BallotFactory(DjangoModelFactory):
    """A round; `votes={"EGY": 120, "FRA": 60}`, `elected=("EGY",)`."""

    class Meta:
        model = Ballot
        skip_postgeneration_save = True

    election = factory.SubFactory(ElectionFactory)
    round = 1

    @factory.post_generation
    def votes(self, create, extracted, **kwargs):
        for order, (state, votes) in enumerate((extracted or {}).items()):
            BallotResult.objects.create(
                ballot=self,
                state=state,
                votes=votes,
                order=order,
                is_elected=votes is not None and votes > 100,
                candidature=self.election.candidatures.filter(state=state).first(),
            )


def candiweb_site(*, titles=None, source="en"):
    """CandiWeb on candiweb.localhost with its home page and chart; the home page is returned."""
    titles = titles or dict.fromkeys(COUNCIL, "CandiWeb")
    home = CandiWebHomePage(source_language=source, **in_six("title", titles))
    provision_candiweb(home=home, hostname="candiweb.localhost", port=80)
    home = CandiWebHomePage.objects.get()
    home.add_child(
        instance=ChartPage(slug="chart", **in_six("title", dict.fromkeys(COUNCIL, "Chart")))
    )
    return home


def election_page(election, *, titles=None):
    """The live page of an election below CandiWeb's home page."""
    titles = titles or {code: f"{name} {election.pk}" for code, name in COUNCIL.items()}
    return open_election(election, home=CandiWebHomePage.objects.get(), titles=titles)
