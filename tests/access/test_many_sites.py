"""Sites that tests copy in bulk are what provisioning would have made."""

from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from cms.access.roles import Permission
from cms.access.selectors import sites_where
from cms.access.services import give_role, provision_site
from cms.pages.models import Page, SiteProfile
from tests.many_sites import copy_site
from tests.sites import make_site

pytestmark = pytest.mark.django_db
#: What doing leaves behind beside what is done.
TRACES = {
    "audit.auditentry",
    "search.outboxentry",
    "wagtailcore.modellogentry",
    "wagtailcore.pagelogentry",
    "wagtailsearch.indexentry",
    "wagtailsearch.sqliteftsindexentry",
}


def make(code, **titles):
    """A committee's site with a published page."""
    site = make_site(code, "committee", **titles)
    page = Page(title_ar="خبر", title_zh="新闻", source_language="ar", live=False)
    site.site.root_page.add_child(instance=page)
    page.save_revision().publish()
    return site


def counted():
    models = apps.get_models()
    return Counter({model._meta.label_lower: model._base_manager.count() for model in models})


@pytest.fixture
def first(db):
    return make("fra", title_fr="France", title_ar="فرنسا")


def test_a_copy_has_a_row_wherever_a_provisioned_site_has_one(first):
    before = counted()
    make("egy", title_fr="Égypte", title_ar="مصر")
    provisioned = counted() - before
    before = counted()
    copy_site(first, ["chn"])
    copied = counted() - before
    assert copied == Counter({k: v for k, v in provisioned.items() if k not in TRACES})


def test_a_copys_people_work_there_and_nowhere_else(first):
    copies = copy_site(first, ["egy", "chn"])
    person = User.objects.create_user("person")
    give_role(person, "committee_secretary", site=copies[0])
    assert [site.code for site in sites_where(person, Permission.CHANGE_PAGE)] == ["egy"]
    assert copies[0].site.root_page.permissions_for_user(person).can_edit()
    assert not copies[1].site.root_page.permissions_for_user(person).can_edit()


def test_the_tree_of_copies_is_sound_and_a_site_provisioned_again_stays_as_it_is(first):
    (copy,) = copy_site(first, ["egy"])
    assert not any(Page.find_problems())
    before = counted()
    again = provision_site(
        code="egy",
        kind="committee",
        hostname="egy.localhost",
        port=8000,
        home=Page(title_fr="Égypte"),
        collection_name="EGY",
    )
    assert (again, counted()) == (copy, before)
    assert SiteProfile.objects.get(code="egy").site.root_page.url_path == "/egy/"
