"""Pages of France's mission for translation files, and files as translators send them back."""

import json
import re

import polib
from django.contrib.auth.models import User
from lxml import etree

from cms.access.services import give_role
from cms.pages.models import Page
from cms.translation.exchange.outgoing import export_pages
from tests.languages.exchange_samples import RICH
from tests.missions.factories import WATER, NewsPageFactory

NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
#: What the editor allows: no embed and no rule in the middle.
TEXT = {
    code: re.sub(r"<br/>|<hr/>|<embed [^>]*>", "", text).replace(' linktype="document" id="7"', "")
    for code, text in RICH.items()
}
TEXT = {
    code: re.sub(r'<a id="7" linktype="document">(.*?)</a>', r"\1", text)
    for code, text in TEXT.items()
}
HEADING = {
    "ar": "الحق في الماء",
    "zh": "水权",
    "en": "The right to water",
    "fr": "Le droit à l’eau",
    "ru": "Право на воду",
    "es": "El derecho al agua",
}


def blocks(language, *, mark=""):
    """A heading and a text, with ids of their own."""
    return json.dumps(
        [
            {
                "type": "heading",
                "id": "11111111-0000-4000-8000-000000000001",
                "value": {"text": HEADING[language] + mark, "level": "h2"},
            },
            {
                "type": "rich_text",
                "id": "11111111-0000-4000-8000-000000000002",
                "value": TEXT[language],
            },
        ]
    )


def page_in(source, *, slug="eau", parent=None, **values):
    """A page that is written in one language alone."""
    none = {f"{field}_{code}": "" for field in ("title", "summary", "body") for code in LANGUAGES}
    page = NewsPageFactory(
        **none
        | {
            f"title_{source}": WATER[source],
            f"body_{source}": blocks(source),
            "source_language": source,
            "slug": slug,
        }
        | values,
        **({"parent": parent} if parent else {}),
    )
    return Page.objects.get(pk=page.pk).specific


def somebody(name, role, site, language=""):
    user = User.objects.create_user(name, f"{name}@example.org", "long-enough-horse-7")
    give_role(user, role, site=site, language=language)
    return User.objects.get(pk=user.pk)


def exported(page, target, format="xliff", **options):
    pages = [Page.objects.get(pk=one.pk) for one in (page if isinstance(page, list) else [page])]
    source = pages[0].source_language
    return export_pages(pages, source=source, target=target, format=format, **options).content


def draft_of(page):
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def key_of(unit):
    """The kind of piece that a unit is: "title", "heading" or "text"."""
    key = unit.partition("#")[2] or unit
    return "heading" if "000001" in key else "text" if "000002" in key else key


def translated(data, target, *, state="translated", only=("title", "heading", "text"), mark=""):
    """The file as a translator sends it back. `mark`: put behind the plain texts."""
    words = {"title": WATER[target] + mark, "heading": HEADING[target] + mark, "text": TEXT[target]}
    if data.startswith(b"<"):
        return _translated_xliff(data, words, state, only)
    file = polib.pofile(data.decode())
    for entry in file:
        kind = key_of(entry.msgctxt)
        if kind in only:
            entry.msgstr = words[kind]
            entry.flags = ["fuzzy"] if state == "translated" else []
    return f"{file}\n".encode()


def _translated_xliff(data, words, state, only):
    root = etree.fromstring(data)
    for unit in root.iter(f"{{{NS['x']}}}unit"):
        kind = key_of(unit.get("id"))
        if kind not in only:
            continue
        segment = unit.find("x:segment", NS)
        segment.set("state", state)
        target = segment.find("x:target", NS)
        if target is not None:
            segment.remove(target)
        target = etree.SubElement(segment, f"{{{NS['x']}}}target")
        if kind == "text":
            _fill(target, words[kind], segment.find("x:source", NS), unit)
        else:
            target.text = words[kind]
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _fill(target, text, source, unit):
    """The words of a translation between the source's own codes, which only their ids name."""
    data = {one.get("id"): one.text for one in unit.iterfind(".//x:data", NS)}
    codes = [
        (data[code.get("dataRefStart")], code.get("id")) for code in source.iter() if code.get("id")
    ]
    place = target
    for part in re.split(r"(<[^>]+>)", text):
        if part.startswith("</"):
            place = place.getparent()
        elif part.startswith("<"):
            found = next(code for code in codes if code[0] == part)
            codes.remove(found)
            place = etree.SubElement(place, f"{{{NS['x']}}}pc", id=found[1])
        elif len(place):
            place[-1].tail = (place[-1].tail or "") + part.replace("&amp;", "&").replace(
                "&lt;", "<"
            )
        else:
            place.text = (place.text or "") + part.replace("&amp;", "&").replace("&lt;", "<")


def outcomes(report):
    return {
        key_of(line.unit.key): line.outcome for page in report.pages for line in page.plan.lines
    }
