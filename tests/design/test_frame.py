"""base.html and its includes: the chrome speaks the reader's language, <main> the content's."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from cms.languages import codes


class Tags(HTMLParser):
    """Every start tag of a page, as (name, attributes)."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def first(self, name):
        return next(attributes for tag, attributes in self.tags if tag == name)

    def all(self, name, **wanted):
        return [
            attributes
            for tag, attributes in self.tags
            if tag == name and all(attributes.get(key) == value for key, value in wanted.items())
        ]


def languages(reader, exists):
    return [
        {
            "code": language.code,
            "name": language.name,
            "dir": language.direction,
            "url": f"/{language.code}/news/",
            "exists": language.code in exists,
            "current": language.code == reader,
        }
        for language in codes.LANGUAGES
    ]


@pytest.fixture
def render():
    def render(template="base.html", *, reader="en", served=None, exists=codes.CODES, **context):
        served = served or reader
        frame = {
            "site_kind": "mission",
            "language": reader,
            "served_language": served,
            "served_django_language": codes.get(served).django_code,
            "languages": languages(reader, exists),
            "home_url": f"/{reader}/",
            "search_url": f"/{reader}/search/",
            "site_name": "Mission",
            "page": SimpleNamespace(title="News", seo_title="", search_description=""),
        }
        with codes.override(reader):
            return render_to_string(
                template, frame | context, request=RequestFactory().get("/en/news/?q=a&scope=all")
            )

    return render


@pytest.mark.parametrize(
    ("reader", "served", "directions"),
    [("ar", "zh", ("rtl", "ltr")), ("zh", "ar", ("ltr", "rtl")), ("fr", "fr", ("ltr", "ltr"))],
)
def test_chrome_and_content_each_have_their_language_and_direction(
    render, reader, served, directions
):
    page = Tags(render(reader=reader, served=served))
    frame, main = page.first("html"), page.first("main")
    assert (frame["lang"], frame["dir"]) == (reader, directions[0])
    assert (main["lang"], main["dir"]) == (served, directions[1])


@pytest.mark.parametrize("kind", ["directory", "mission", "committee", "candiweb", "portal"])
def test_each_kind_of_site_is_named_on_the_root_for_the_stylesheet(render, kind):
    assert Tags(render(site_kind=kind)).first("html")["data-site-kind"] == kind


def test_language_menu_marks_what_the_page_lacks_and_still_links_it(render):
    page = Tags(render(reader="en", exists=("ar", "en")))
    links = {
        attributes["hreflang"]: attributes
        for attributes in page.all("a")
        if "hreflang" in attributes
    }
    assert list(links) == list(codes.CODES)
    assert {code for code, link in links.items() if link.get("class") == "is-missing"} == {
        "zh", "fr", "ru", "es",
    }  # fmt: skip
    assert all(link["href"] == f"/{code}/news/" for code, link in links.items())
    assert [code for code, link in links.items() if "aria-current" in link] == ["en"]


def test_fallback_notice_appears_only_where_another_language_is_shown(render):
    assert "notice--language" in render(reader="ru", served="ar", exists=("ar",))
    assert "notice--language" not in render(reader="ar", served="ar", exists=("ar",))


def test_home_page_asks_for_one_stylesheet_and_one_script(render):
    page = Tags(render())
    assert len(page.all("link", rel="stylesheet")) == 1
    scripts = page.all("script")
    assert len(scripts) == 1
    assert "defer" in scripts[0]


def test_alternates_are_only_those_given(render):
    page = Tags(render(alternates=[{"code": "fr", "url": "https://x.test/fr/"}]))
    assert [link["hreflang"] for link in page.all("link", rel="alternate")] == ["fr"]


def test_everything_from_the_context_is_escaped(render):
    attack = "<script>x</script>"
    html = render(
        site_name=attack,
        navigation=[{"title": attack, "url": "/", "lang": "en", "dir": "ltr"}],
        breadcrumb=[{"title": attack, "url": "/", "lang": "en", "dir": "ltr"}],
        site_contact={"address": attack, "email": attack, "telephone": attack},
    )
    assert attack not in html
    assert html.count("&lt;script&gt;x") >= 5


def test_unknown_host_page_links_nowhere_but_itself():
    html = render_to_string("unknown_host.html", {"language": "en"})
    assert {link["href"] for link in Tags(html).all("a")} == {"#content"}
    assert not re.search(r"\w+\.(?:localhost|org|int)\b", html)


def test_server_error_page_speaks_six_languages_and_needs_nothing():
    html = render_to_string("500.html")
    sections = Tags(html).all("section")
    assert [section["lang"] for section in sections] == list(codes.CODES)
    assert [section["dir"] for section in sections] == ["rtl"] + ["ltr"] * 5
    assert "src=" not in html
    assert "href=" not in html


def test_embed_loads_nothing_before_it_is_asked_for(render):
    html = render_to_string(
        "includes/media_embed.html",
        {
            "url": "https://video.example/1",
            "embed_url": "https://video.example/embed/1",
            "title": "Briefing",
            "provider": "Video",
        },
    )
    page = Tags(html)
    assert page.first("a")["href"] == "https://video.example/1"
    assert {"iframe", "img", "script", "link"}.isdisjoint(tag for tag, _ in page.tags)
