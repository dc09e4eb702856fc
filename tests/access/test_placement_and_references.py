"""A page points to its own site's things only, and is copied to nowhere that more people read."""

import json

import pytest
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction, ReferenceIndex

from cms.access.audiences import restrict_to_portal
from cms.access.models import SiteCollection
from cms.access.placement import ShownToMore, check_copy
from cms.access.references import ForeignReference
from cms.pages.models import Page
from tests.missions.factories import NewsPageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def image_of(home):
    return get_image_model().objects.create(
        title_zh="徽章",
        file=get_test_image_file(),
        width=1,
        height=1,
        collection=SiteCollection.objects.get(site=home.mission.profile).collection,
    )


def rich(html):
    return json.dumps([{"type": "rich_text", "value": html}])


REFERENCES = {
    "a page in Arabic": ("body_ar", lambda page, image: f'<a linktype="page" id="{page.pk}">ص</a>'),
    "an image in Chinese": (
        "body_zh",
        lambda page, image: f'<embed embedtype="image" id="{image.pk}" format="left" alt=""/>',
    ),
}


@pytest.mark.parametrize("kind", REFERENCES)
@pytest.mark.parametrize("live", [True, False])
def test_what_belongs_to_another_mission_is_refused_on_save(kind, live, france, egypt):
    field, reference = REFERENCES[kind]
    page = StandardPageFactory(parent=france, title_fr="Une", live=live)
    setattr(page, field, rich(reference(france, image_of(france))))
    page.save()
    page.save_revision()
    setattr(page, field, rich(reference(egypt, image_of(egypt))))
    with pytest.raises(ForeignReference):
        page.save()
    with pytest.raises(ForeignReference):
        page.save_revision()


def test_an_id_that_nobody_has_is_refused_in_the_same_words(france, egypt):
    page = StandardPageFactory(parent=france, title_fr="Une")
    messages = []
    for pk in (egypt.pk, 999_999):
        page.body_ar = rich(f'<a linktype="page" id="{pk}">ص</a>')
        with pytest.raises(ForeignReference) as refused:
            page.full_clean()
        messages.append(refused.value.messages)
    assert messages[0] == messages[1]


def test_a_revision_that_points_to_another_mission_is_not_brought_back(france, egypt):
    page = StandardPageFactory(parent=france, title_fr="Une")
    revision = page.save_revision()
    content = revision.content | {"body_ru": rich(f'<a linktype="page" id="{egypt.pk}">там</a>')}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    revision.refresh_from_db()
    with pytest.raises(ForeignReference):
        revision.as_object().save_revision()


def test_wagtail_still_finds_references_as_we_use_them(france):
    page = StandardPageFactory(parent=france, title_fr="Une")
    page.body_es = rich(f'<a linktype="page" id="{france.pk}">aquí</a>')
    found = [
        (object_id, path)
        for _type, object_id, path, _content in ReferenceIndex._extract_references_from_object(page)
    ]
    assert any(
        object_id == str(france.pk) and path.startswith("body_es") for object_id, path in found
    )


def test_a_restricted_page_is_not_copied_aliased_or_moved_to_a_public_place(france):
    hidden = StandardPageFactory(parent=france, title_fr="Interne")
    restrict_to_portal(hidden)
    below = StandardPageFactory(parent=hidden, title_fr="Dessous")
    with pytest.raises(ShownToMore):
        check_copy(below, france, recursive=False)
    with pytest.raises(ShownToMore):
        check_copy(hidden, france, recursive=False)
    with pytest.raises(ShownToMore):
        below.move(france, pos="last-child")
    check_copy(below, hidden, recursive=True)
    hidden.move(StandardPageFactory(parent=france, title_fr="Ailleurs"), pos="last-child")
    assert PageViewRestriction.objects.filter(page=hidden).exists()


def test_a_tree_with_a_restricted_page_is_not_copied_whole_to_a_public_place(france):
    public = StandardPageFactory(parent=france, title_fr="Publique")
    restrict_to_portal(StandardPageFactory(parent=public, title_fr="Interne"))
    check_copy(public, france, recursive=False)
    with pytest.raises(ShownToMore):
        check_copy(public, france, recursive=True)


def copy_form(parent, **changes):
    return {
        "new_title": "Copie",
        "new_slug": "copie",
        "new_parent_page": parent,
        "copy_subpages": "on",
    } | changes


@pytest.mark.parametrize("alias", ["", "on"])
def test_the_admin_says_why_a_restricted_page_is_not_copied(alias, client, administrator, france):
    hidden = StandardPageFactory(parent=france, title_fr="Interne")
    restrict_to_portal(hidden)
    url = reverse("wagtailadmin_pages:copy", args=[hidden.pk])
    answer = client.post(url, copy_form(france.pk, alias=alias))
    assert answer.status_code == 200
    assert "shown to some people only" in answer.content.decode()
    assert not Page.objects.filter(slug="copie").exists()
    assert client.post(url, copy_form(hidden.pk, alias=alias)).status_code == 302
    made = Page.objects.get(slug="copie")
    assert (made.title_fr, made.get_parent().pk) == ("Interne" if alias else "Copie", hidden.pk)


@pytest.mark.parametrize("parent", ["", "nonsense", "999999", "foreign"])
def test_a_copy_to_nowhere_or_to_another_mission_is_not_found(
    parent, client, administrator, france, egypt
):
    page = StandardPageFactory(parent=france, title_fr="Une")
    parent = egypt.pk if parent == "foreign" else parent
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert client.post(url, copy_form(parent)).status_code == 404
    assert not Page.objects.filter(slug="copie").exists()


def test_a_move_to_more_readers_is_explained(client, administrator, france):
    hidden = StandardPageFactory(parent=france, title_fr="Interne")
    restrict_to_portal(hidden)
    below = StandardPageFactory(parent=hidden, title_fr="Dessous", slug="dessous")
    url = reverse("wagtailadmin_pages:move_confirm", args=[below.pk, france.pk])
    answer = client.post(url, follow=True)
    assert "shown to some people only" in answer.content.decode()
    assert Page.objects.get(pk=below.pk).get_parent() == hidden.page_ptr


def test_the_privacy_dialog_offers_own_groups_and_the_portals_readers(
    client, administrator, france, egypt
):
    page = NewsPageFactory(parent=france, title_fr="Une")
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    dialog = client.get(url).json()["html"]
    assert "Portal readers" in dialog
    assert "fra: editor" in dialog
    assert "egy: editor" not in dialog
    foreign = egypt.mission.profile.role_groups.first().group
    refused = client.post(url, {"restriction_type": "groups", "groups": [foreign.pk]}).json()
    assert refused["step"] == "set_privacy"
    assert not PageViewRestriction.objects.exists()


def test_what_the_secretariat_has_restricted_a_mission_does_not_open(
    client, administrator, france, egypt
):
    page = NewsPageFactory(parent=france, title_fr="Une")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(egypt.mission.profile.role_groups.first().group)
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    dialog = client.post(url, {"restriction_type": "none"}).json()
    assert "The Secretariat has restricted this page" in dialog["html"]
    assert PageViewRestriction.objects.filter(page=page).exists()
