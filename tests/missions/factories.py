"""Missions, their sites and their pages for tests.

A page factory takes `parent=` (default: the right section of a new site) and, like the pages
themselves, one column a language: `NewsPageFactory(title_ar="…", source_language="ar")`.
"""

import datetime
import json

import factory
from factory.django import DjangoModelFactory

from cms.access.services import provision_site
from cms.missions.models import (
    ContactPage,
    DirectoryPage,
    EventIndexPage,
    EventPage,
    HomePage,
    Mission,
    NewsIndexPage,
    NewsPage,
    Office,
    OpeningHours,
    PeoplePage,
    Person,
    RegionalGroup,
    ServicePage,
    StandardPage,
    StatementIndexPage,
    StatementPage,
)
from cms.missions.services import provision_mission
from cms.pages.models import SiteKind

NAMES = {
    "ar": "فرنسا",
    "zh": "法国",
    "en": "France",
    "fr": "France",
    "ru": "Франция",
    "es": "Francia",
}
MISSION_TITLES = {
    "ar": "البعثة الدائمة لفرنسا لدى الأمم المتحدة",
    "zh": "法国常驻联合国代表团",
    "en": "Permanent Mission of France to the United Nations",
    "fr": "Mission permanente de la France auprès de l’Organisation des Nations Unies",
    "ru": "Постоянное представительство Франции при Организации Объединенных Наций",
    "es": "Misión Permanente de Francia ante las Naciones Unidas",
}
WATER = {
    "ar": "الماء حق للجميع",
    "zh": "水是人人享有的权利",
    "en": "Water is a right of all",
    "fr": "L’eau est un droit de tous",
    "ru": "Вода — право каждого",
    "es": "El agua es un derecho de todos",
}


def in_six(field, texts):
    """{"title_ar": …} for a factory."""
    return {f"{field}_{code}": text for code, text in texts.items()}


def body(text):
    """A body of one paragraph."""
    return json.dumps([{"type": "rich_text", "value": f"<p>{text}</p>"}])


def bodies(texts):
    """{"body_ar": …}: a paragraph a language."""
    return in_six("body", {code: body(text) for code, text in texts.items()})


class RegionalGroupFactory(DjangoModelFactory):
    class Meta:
        model = RegionalGroup
        django_get_or_create = ("code",)

    code = "WEOG"
    name_en = "Group of Western European and other States"
    name_fr = "Groupe des États d’Europe occidentale et autres États"


class MissionFactory(DjangoModelFactory):
    """France, named in six languages; without a site (see `site_of`)."""

    class Meta:
        model = Mission
        django_get_or_create = ("code",)

    class Params:
        observer = factory.Trait(status="observer", regional_group=None, admitted=None)

    code = "FRA"
    iso2 = factory.LazyAttribute(lambda made: made.code[:2])
    source_language = "fr"
    admitted = datetime.date(1945, 10, 24)
    regional_group = factory.SubFactory(RegionalGroupFactory)
    locals().update(in_six("short_name", NAMES) | in_six("title", MISSION_TITLES))


def site_of(code="FRA", **names):
    """The provisioned home page of a mission, made if need be."""
    home = HomePage.objects.filter(sites_rooted_here__profile__mission__code=code).first()
    if home is None:
        MissionFactory(code=code, **names)
        home = HomePage.objects.get(pk=provision_mission(code).profile.site.root_page_id)
    return home


class PageFactory(DjangoModelFactory):
    """A live page under `parent`, in six languages."""

    class Meta:
        abstract = True

    locals().update(in_six("title", WATER))
    source_language = "fr"

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        parent = parent or cls.default_parent()
        return parent.add_child(instance=model_class(*args, **kwargs))

    @classmethod
    def default_parent(cls):
        return site_of()

    @classmethod
    def section(cls, model):
        home = site_of()
        return model.objects.child_of(home).get()


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage

    @classmethod
    def _create(cls, model_class, *args, code="FRA", **kwargs):
        home = site_of(code)
        for name, value in kwargs.items():
            if not name.startswith("title"):
                setattr(home, name, value)
        home.save()
        return home


class DirectoryPageFactory(PageFactory):
    class Meta:
        model = DirectoryPage

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        page = model_class(*args, **kwargs)
        provision_site(
            code="directory",
            kind=SiteKind.DIRECTORY,
            hostname="localhost",
            port=80,
            home=page,
            collection_name="Directory",
        )
        return page


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage

    locals().update(bodies(WATER) | in_six("summary", WATER))


class ServicePageFactory(PageFactory):
    class Meta:
        model = ServicePage

    locals().update(bodies(WATER) | in_six("hours", WATER))
    telephone = "+1 212 555 0100"


class NewsIndexPageFactory(PageFactory):
    """The news index that provisioning has made."""

    class Meta:
        model = NewsIndexPage

    @classmethod
    def _create(cls, model_class, *args, parent=None, **kwargs):
        return model_class.objects.child_of(parent or site_of()).get()


class StatementIndexPageFactory(NewsIndexPageFactory):
    class Meta:
        model = StatementIndexPage


class EventIndexPageFactory(NewsIndexPageFactory):
    class Meta:
        model = EventIndexPage


class NewsPageFactory(PageFactory):
    class Meta:
        model = NewsPage

    date = datetime.date(2026, 3, 22)
    locals().update(bodies(WATER) | in_six("summary", WATER))

    @classmethod
    def default_parent(cls):
        return cls.section(NewsIndexPage)


class StatementPageFactory(PageFactory):
    class Meta:
        model = StatementPage

    date = datetime.date(2023, 9, 19)
    language_delivered = "fr"
    symbol = "A/78/PV.5"
    locals().update(bodies(WATER) | in_six("speaker", NAMES) | in_six("meeting", WATER))

    @classmethod
    def default_parent(cls):
        return cls.section(StatementIndexPage)


class EventPageFactory(PageFactory):
    """Noon to two on a day of winter in New York."""

    class Meta:
        model = EventPage

    start = datetime.datetime(2027, 1, 15, 17, tzinfo=datetime.UTC)
    end = datetime.datetime(2027, 1, 15, 19, tzinfo=datetime.UTC)
    zone = "America/New_York"
    locals().update(bodies(WATER) | in_six("place", NAMES) | in_six("summary", WATER))

    @classmethod
    def default_parent(cls):
        return cls.section(EventIndexPage)


class PeoplePageFactory(NewsIndexPageFactory):
    """The page of people with one person, the permanent representative."""

    class Meta:
        model = PeoplePage

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        page = super()._create(model_class, *args, **kwargs)
        PersonFactory(page=page)
        return page


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name_fr = "Hélène Vauclair"
    name_ar = "هيلين فوكلير"
    rank_fr = "Ambassadrice"
    rank_ar = "سفيرة"
    function_en = "Permanent Representative"
    is_representative = True
    sort_order = 0


class ContactPageFactory(NewsIndexPageFactory):
    """The contact page with an office in New York, open on weekdays."""

    class Meta:
        model = ContactPage

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        page = super()._create(model_class, *args, **kwargs)
        OfficeFactory(page=page)
        OpeningHours.objects.create(page=page, opens=datetime.time(9), closes=datetime.time(17))
        return page


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office

    address_en = "245 East 47th Street\nNew York, NY 10017"
    telephones = "+1 212 555 0111\n+1 212 555 0112"
    email = "fra.mission@example.org"
    latitude = "40.75270"
    longitude = "-73.96800"
