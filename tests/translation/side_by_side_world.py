"""A page in French with a few blocks, and those who translate it."""

import copy

from django.contrib.auth.models import User
from django.test import Client
from wagtail.users.models import UserProfile

from cms.access.services import give_role
from cms.languages import codes
from cms.missions.models import StandardPage
from cms.pages.models import Page

PARAGRAPH = {
    "fr": "L’eau est un droit de tous.",
    "ar": "الماء حق للجميع.",
    "zh": "水是人人享有的权利。",
    "en": "Water is a right of all.",
    "ru": "Вода — право каждого.",
    "es": "El agua es un derecho de todos.",
}
HEADING = {
    "fr": "Notre action",
    "ar": "عملنا",
    "zh": "我们的行动",
    "en": "What we do",
    "ru": "Что мы делаем",
    "es": "Lo que hacemos",
}
BODY = [
    {"type": "heading", "id": "h1", "value": {"text": "", "level": "2", "anchor": "section-x"}},
    {"type": "rich_text", "id": "p1", "value": ""},
    {
        "type": "quote",
        "id": "q1",
        "value": {"text": "", "attribution": "", "role": "", "source_url": "https://www.un.org/"},
    },
]


def body(code, *, count=3):
    """The first blocks in a language, with the ids that all languages share."""
    made = copy.deepcopy(BODY)
    made[0]["value"]["text"] = HEADING[code]
    made[1]["value"] = f'<p data-block-key="k1">{PARAGRAPH[code]}</p>'
    made[2]["value"] |= {"text": PARAGRAPH[code], "attribution": HEADING[code]}
    return made[:count]


def page_in(profile, source, *others, **fields):
    """A page below the site's home whose draft is in these languages."""
    texts = {"slug": "water"}
    for code in (source, *others):
        texts |= {f"title_{code}": HEADING[code], f"body_{code}": body(code)}
    page = StandardPage(source_language=source, live=False, **(texts | fields))
    Page.objects.get(pk=profile.site.root_page_id).specific.add_child(instance=page)
    page.save_revision()
    return draft_of(page)


def draft_of(page):
    """The latest draft, as the next request reads it."""
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def change(page, **fields):
    """Somebody saves other words."""
    draft = draft_of(page)
    for name, value in fields.items():
        setattr(draft, name, copy.deepcopy(value))
    draft.save_revision()
    return draft_of(page)


def somebody(name, site, role="editor", *languages, admin="en"):
    """A browser of a person with a role; `languages`: of a translator; `admin`: its language."""
    user = User.objects.create_user(name, f"{name}@example.org", "x", first_name=name.title())
    for language in languages or ("",):
        give_role(user, role, site=site, language=language)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = codes.get(admin).django_code
    profile.save()
    client = Client(headers={"host": f"{site.code}.localhost"})
    client.force_login(User.objects.get(pk=user.pk))
    client.person = user
    return client
