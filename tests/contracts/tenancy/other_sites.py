"""The tenants that are no missions: committees, CandiWeb, the portal, the directory."""

from __future__ import annotations

from django.db import models
from wagtail.log_actions import log

from cms.access.audiences import restrict_to_portal
from cms.access.models import SiteCollection
from cms.access.services import provision_site
from cms.candiweb.models import CandiWebHomePage
from cms.languages.codes import CODES
from cms.pages.models import Page, SiteKind, SiteProfile
from cms.portal.home.models import PortalHomePage
from tests.candiweb.factories import (
    BallotFactory,
    CandidatureFactory,
    ElectionFactory,
    candiweb_site,
    election_page,
)
from tests.committees.factories import (
    AgendaItemFactory,
    CommitteeFactory,
    DraftFactory,
    MeetingFactory,
    OfficerFactory,
    SessionFactory,
    StatementFactory,
    committee_site,
    session_page,
)
from tests.missions.factories import DirectoryPageFactory
from tests.portal.factories import GuidePageFactory, NoticeFactory

from .filling import fill
from .tenants import Tenant, add_media, add_people, add_together, titled


def build_committee(ordinal: int) -> Tenant:
    """A Main Committee's site with a session and a record of every kind."""
    committee = CommitteeFactory(ordinal=ordinal)
    tenant = _tenant(committee_site(committee))
    fill(committee, tenant.public)
    committee.save()
    session = SessionFactory(committee=committee, is_current=True)
    records = [
        session,
        OfficerFactory(session=session),
        AgendaItemFactory(session=session),
        MeetingFactory(session=session),
        DraftFactory(session=session, sponsors=("FRA", "EGY")),
        StatementFactory(session=session, file=tenant.media["public_file"]),
    ]
    _fill_records(tenant, records)
    page = titled(tenant, session_page(session))
    _republish(tenant, page)
    tenant.pages |= {"home": tenant.profile.site.root_page.specific, "session": page}
    _republish(tenant, titled(tenant, tenant.pages["home"]))
    tenant.prefer(committee, page)
    add_together(tenant)
    return tenant


def build_candiweb() -> Tenant:
    """CandiWeb with an election, a candidature and a ballot."""
    home = candiweb_site()
    tenant = _tenant(SiteProfile.objects.get(kind=SiteKind.CANDIWEB))
    election = ElectionFactory()
    records = [
        election,
        election.body,
        CandidatureFactory(election=election),
        BallotFactory(election=election, votes={"EGY": 120}),
    ]
    _fill_records(tenant, records)
    page = titled(tenant, election_page(election))
    for made in (page, titled(tenant, CandiWebHomePage.objects.get(pk=home.pk))):
        _republish(tenant, made)
    tenant.pages |= {"home": home, "election": page}
    tenant.prefer(page)
    add_together(tenant)
    return tenant


def build_portal() -> Tenant:
    """The Member State portal: every word is for permanent missions only."""
    profile = provision_site(
        code="portal",
        kind=SiteKind.PORTAL,
        hostname="portal.localhost",
        port=80,
        home=PortalHomePage(slug="portal", title_en="Portal", source_language="en"),
        collection_name="Portal",
    )
    tenant = _tenant(profile)
    home = PortalHomePage.objects.get()
    restrict_to_portal(home)
    named = {f"title_{code}": getattr(home, f"title_{code}") for code in CODES}
    titled(tenant, home).source_language = "en"
    for column, name in named.items():
        setattr(home, column, name)  # that there is a portal, and its name, everybody may know
    _republish(tenant, home)
    fill(notice := NoticeFactory(page=home), tenant.public)
    notice.save()
    guide = titled(tenant, GuidePageFactory(parent=home))
    _republish(tenant, guide)
    tenant.pages |= {"home": home, "guide": guide}
    tenant.prefer(guide)
    return tenant


def build_directory() -> Tenant:
    """The directory of all missions, which is nobody's and everybody's to read."""
    page = DirectoryPageFactory()
    tenant = _tenant(SiteProfile.objects.get(kind=SiteKind.DIRECTORY))
    tenant.pages["home"] = page
    tenant.prefer(page)
    return tenant


def _tenant(profile: SiteProfile) -> Tenant:
    collection = SiteCollection.objects.get(site=profile).collection
    tenant = Tenant(profile.code, profile, collection)
    add_people(tenant)
    if not tenant.people:
        from .tenants import add_person, make_person

        add_person(tenant, "nobody", make_person(f"{tenant.secret.token}-nobody", tenant.secret))
    add_media(tenant)
    return tenant


def _fill_records(tenant: Tenant, records: list[models.Model]) -> None:
    someone = next(iter(tenant.people.values()))
    for record in records:
        fill(record, tenant.public)
        record.save()
        log(instance=record, action="wagtail.edit", user=someone, title=tenant.secret.name)
        tenant.prefer(record)


def _republish(tenant: Tenant, page: Page) -> None:
    """Live, with an unpublished change in secret words."""
    someone = next(iter(tenant.people.values()))
    page.save_revision(user=someone).publish(user=someone, skip_permission_checks=True)
    draft = type(page).objects.get(pk=page.pk)
    fill(draft, tenant.secret)
    draft.save_revision(user=someone, log_action=True)
