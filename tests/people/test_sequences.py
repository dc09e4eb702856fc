"""Whatever administrators of two missions do in whatever order, a small model foretells it."""

from django.contrib.auth.models import User
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cms.access.selectors import roles_of
from cms.people import services
from cms.people.services import RoleChoice

from .conftest import make_site, somebody

SITES = ("fra", "ken")
ROLES = ("mission_administrator", "publisher", "editor", "delegate")
PEOPLE = ("fra.admin", "ken.admin", "anna", "both")
REFUSALS = (services.Refused, services.NotYours)
steps = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),  # who acts
        st.sampled_from(("change", "suspend", "resume", "remove")),
        st.sampled_from(PEOPLE),  # on whom
        st.sampled_from(SITES),
        st.sets(st.sampled_from(ROLES), max_size=2),
    ),
    min_size=1,
    max_size=12,
)


class Model:
    """{(person, site): roles} that count, and those that are kept for a suspended person."""

    def __init__(self):
        self.held = {(name, site): set() for name in PEOPLE for site in SITES}
        self.kept = {key: set() for key in self.held}
        for site in SITES:
            self.held[f"{site}.admin", site] = {"mission_administrator"}
            self.held["both", site] = {"editor"}
        self.held["anna", "fra"] = {"editor"}
        self.asleep = set()

    def manages(self, who, site):
        return "mission_administrator" in self.held[who, site]

    def expects(self, who, verb, whom, site, roles):
        """Whether the step succeeds; if so, it is taken."""
        held, kept = self.held[whom, site], self.kept[whom, site]
        if not self.manages(who, site) or not (held or kept):
            return False
        if (verb == "change" and not roles) or (verb == "suspend" and kept):
            return False
        if verb == "resume" and not kept:
            return False
        after = {"change": held if kept else roles, "suspend": set(), "remove": set()}
        now = after.get(verb, kept)
        others = {name for name in PEOPLE if name != whom and self.manages(name, site)}
        if "mission_administrator" in held - now and not others:
            return False
        self.kept[whom, site] = {
            "suspend": set(held),
            "change": set(roles) if kept else set(),
        }.get(verb, set())
        self.held[whom, site] = set(now)
        return True


class SequenceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sites = {code: make_site(code) for code in SITES}

    @settings(max_examples=25)
    @given(steps)
    def test_every_sequence_ends_as_the_model_says(self, sequence):
        sites = self.sites
        model = Model()
        ids = {
            name: somebody(
                name,
                *((role, sites[site]) for site in SITES for role in sorted(model.held[name, site])),
            ).pk
            for name in PEOPLE
        }
        for who, verb, whom, site, roles in sequence:
            expected = model.expects(who, verb, whom, site, roles)
            assert self.act(User.objects.get(pk=ids[who]), verb, ids[whom], sites[site], roles) is (
                expected
            ), (who, verb, whom, site, roles)
            for name, pk in ids.items():
                user = User.objects.get(pk=pk)
                found = {(row.site.code, row.role) for row in roles_of(user)}
                assert found == {(code, role) for code in SITES for role in model.held[name, code]}
                assert user.is_active is bool(found)
            for code in SITES:
                assert any(model.manages(name, code) for name in PEOPLE)

    def act(self, by, verb, person, site, roles):
        try:
            if verb == "change":
                choices = [RoleChoice(role) for role in roles]
                services.change_roles(person, choices, site=site, by=by)
            else:
                getattr(services, verb)(person, site=site, by=by)
        except REFUSALS:
            return False
        return True
