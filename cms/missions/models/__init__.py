"""Records of missions and the page types of their sites, a file a kind."""

from .consular import ServicePage
from .contact import ContactPage, Office, OpeningHours
from .directory import DirectoryPage
from .events import EventIndexPage, EventPage
from .home import HomePage
from .news import NewsIndexPage, NewsPage
from .people import PeoplePage, Person
from .records import Mission, MissionStatus, RegionalGroup
from .standard import StandardPage
from .statements import StatementIndexPage, StatementPage

__all__ = [
    "ContactPage",
    "DirectoryPage",
    "EventIndexPage",
    "EventPage",
    "HomePage",
    "Mission",
    "MissionStatus",
    "NewsIndexPage",
    "NewsPage",
    "Office",
    "OpeningHours",
    "PeoplePage",
    "Person",
    "RegionalGroup",
    "ServicePage",
    "StandardPage",
    "StatementIndexPage",
    "StatementPage",
]
