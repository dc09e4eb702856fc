"""A small demo world for the browser: three missions, a committee, CandiWeb, portal, directory."""

import json

from wagtail.models import Site

from cms.access.services import ensure_secretariat
from cms.missions.services import import_missions, provision_mission, reference_rows
from cms.pages.models import SiteProfile
from cms.pages.sites import serve_on_port
from missions_site.demo import accounts, candiweb, committees, directory, missions, portal

CODES = ("FRA", "EGY", "CHN")


def nobody_asked(label, done, total):
    """A report that goes nowhere."""


def load_small_world(port):
    """Load it into an empty database and serve it on a port."""
    Site.objects.filter(profile__isnull=True).delete()
    directory.load(nobody_asked)
    import_missions(reference_rows())
    for code in CODES:
        provision_mission(code)
        data = (missions.FOLDER / f"{code.lower()}.json").read_text(encoding="utf-8")
        missions.fill_mission(json.loads(data))
    committees.load(nobody_asked)
    candiweb.load(nobody_asked)
    portal.load(nobody_asked)
    ensure_secretariat()
    sites = {profile.code: profile for profile in SiteProfile.objects.all()}
    for account in accounts.ACCOUNTS:
        if not account.site or account.site in sites:
            accounts.make_account(account, sites.get(account.site))
    serve_on_port(port)
