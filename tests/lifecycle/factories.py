"""A mission that has everything, and archives to spoil."""

import datetime
import json
import zipfile

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, PageViewRestriction

from cms.access.audiences import restrict_to_portal
from cms.access.models import SiteCollection
from cms.access.services import ensure_secretariat, give_role
from cms.lifecycle.archive.reader import opened
from cms.lifecycle.archive.restoring import Place, restore_site
from cms.missions.models import EventIndexPage, NewsIndexPage, StatementIndexPage
from cms.missions.signals import follow_representative
from cms.pages.models import SiteProfile
from tests.blocks.factories import make_image, raw_stream
from tests.blocks.texts import ARTICLE_1, ARTICLE_3
from tests.missions.factories import (
    NAMES,
    WATER,
    ContactPageFactory,
    EventPageFactory,
    NewsPageFactory,
    PeoplePageFactory,
    ServicePageFactory,
    StandardPageFactory,
    StatementPageFactory,
    in_six,
    site_of,
)

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


def rich_mission(code):
    """The profile of a mission's site with everything that an archive must hold."""
    home = site_of(code)
    profile = SiteProfile.objects.get(code=code.lower())
    collection = SiteCollection.objects.get(site=profile).collection
    press = collection.add_child(instance=Collection(name="Press"))
    editor = person(f"{code.lower()}.editor", "editor", profile)
    image = make_image(
        title="Hall", collection=collection, credit="UN Photo", focal_point_x=10, focal_point_y=12,
        focal_point_width=20, focal_point_height=30, uploaded_by_user=editor,
        **in_six("description", NAMES),
    )  # fmt: skip
    image.tags.add("hall", "القاعة")
    photo = make_image(title="Portrait", width=300, height=400, collection=collection)
    make_image(title="Logo", width=64, height=64, collection=press)
    file = get_document_model().objects.create(
        file=ContentFile(b"Declaration of all", name="declaration.txt"),
        collection=collection,
        **in_six("title", WATER),
    )
    file.tags.add("水")
    _pages(home, image=image, photo=photo, file=file, editor=editor)
    return SiteProfile.objects.select_related("site__root_page").get(pk=profile.pk)


def person(username, role, profile=None):
    """A user who holds a role."""
    ensure_secretariat()
    user = User.objects.create_user(
        username, password="demo-missions-2008", first_name="Anne", last_name=username
    )
    give_role(user, role, site=profile)
    return user


def _pages(home, *, image, photo, file, editor):
    news = NewsIndexPage.objects.child_of(home).get()
    statements = StatementIndexPage.objects.child_of(home).get()
    events = EventIndexPage.objects.child_of(home).get()
    item = NewsPageFactory(parent=news, image=image, owner=editor, **bodies(image))
    standard = StandardPageFactory(parent=home, **linked(item, file))
    ServicePageFactory(parent=standard)
    StatementPageFactory(parent=statements, file=file)
    EventPageFactory(parent=events)
    people = PeoplePageFactory(parent=home)
    people.refresh_from_db()
    member = people.people.get()
    member.photo = photo
    member.save()
    follow_representative(people)
    contact = ContactPageFactory(parent=home)
    _translate(item)
    _draft(contact, standard)
    _hidden(home, standard)
    Redirect.objects.create(
        old_path="/fr/eau", site=_site(home), redirect_page=item, is_permanent=True
    )
    Redirect.objects.create(old_path="/عربي", site=_site(home), redirect_link="https://www.un.org/")
    home.image = image
    home.body_ar = json.dumps([_button("ar", standard)])
    home.intro_fr = f'<p>Voir <a id="{item.pk}" linktype="page">l’eau</a></p>'
    home.save()


def _site(home):
    return SiteProfile.objects.get(site__root_page__path=home.path).site


def bodies(image):
    """Every family of blocks in each language."""
    return {f"body_{code}": json.dumps(raw_stream(code, image)) for code in LANGUAGES}


def linked(page, file):
    """Texts in six languages with a link to a page, to a file and to elsewhere."""
    return {
        f"body_{code}": json.dumps(
            [
                {
                    "type": "rich_text",
                    "id": f"00000000-0000-4000-8000-00000000000{number}",
                    "value": f'<p data-block-key="abc{number}{number}">'
                    f'<a id="{page.pk}" linktype="page">{WATER[code]}</a> '
                    f'<a id="{file.pk}" linktype="document">{ARTICLE_3[code]}</a> '
                    f'<a href="https://www.un.org/{code}/">{ARTICLE_1[code]}</a></p>',
                },
                _button(code, page),
            ]
        )
        for number, code in enumerate(LANGUAGES)
    }


def _button(code, page):
    return {
        "type": "call_to_action",
        "id": f"10000000-0000-4000-8000-0000000000{ord(code[0]):02x}",
        "value": {
            "title": NAMES[code],
            "text": WATER[code],
            "button": WATER[code],
            "page": page.pk,
            "url": "",
        },
    }


def _translate(page):
    """The French source moves on: five translations are outdated, the Arabic one is confirmed."""
    page.title_fr = "L’eau, droit de l’homme"
    page.confirmed_languages = ("ar",)
    page.save()
    page.confirmed_languages = ()


def _draft(contact, standard):
    """Changes that nobody has published: of inline children, of the source language's title."""
    draft = type(contact).objects.get(pk=contact.pk)
    draft.title_ar = "مسودة"
    office = draft.offices.get()
    office.address_fr = "245, 47e rue Est"
    office.sort_order = 0  # without one, databases differ in where it stands
    draft.offices = [office, type(office)(address_en="Second office", sort_order=1)]
    draft.save_revision()
    later = type(standard).objects.get(pk=standard.pk)
    later.title_zh = "草稿"
    later.go_live_at = datetime.datetime(2027, 6, 1, 8, 30, tzinfo=datetime.UTC)
    later.save_revision(approved_go_live_at=later.go_live_at)


def _hidden(home, standard):
    """Pages that not everybody may see."""
    for slug in ("portail", "mot-de-passe", "connexion", "redaction"):
        StandardPageFactory(parent=home, slug=slug)
    pages = {page.slug: page for page in home.get_children()}
    restrict_to_portal(pages["portail"])
    PageViewRestriction.objects.create(
        page=pages["mot-de-passe"], restriction_type="password", password="sesame-ouvre-toi"
    )
    PageViewRestriction.objects.create(page=pages["connexion"], restriction_type="login")
    restriction = PageViewRestriction.objects.create(
        page=pages["redaction"], restriction_type="groups"
    )
    profile = SiteProfile.objects.get(site__root_page=home)
    restriction.groups.set(
        Group.objects.filter(role_group__site=profile, role_group__role="editor")
    )
    alias = standard.create_alias(parent=home, update_slug="copie")
    alias.save()


def restored(path, code="fr2"):
    """(profile, notes) of the site that an archive is restored as."""
    with opened(path) as archive:
        made = restore_site(archive, Place(code=code, hostname=f"{code}.localhost", port=80))
    profile = SiteProfile.objects.select_related("site__root_page").get(pk=made.profile.pk)
    return profile, made.notes


def members(path, *, without=("manifest.json", "people.json")):
    """{name: bytes} of an archive."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if name not in without}


def manifest(path):
    """The manifest of an archive."""
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("manifest.json"))
