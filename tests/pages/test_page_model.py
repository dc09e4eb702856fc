"""One page, six languages, none privileged."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cms.languages import codes
from cms.languages.states import State
from cms.pages.models import Page

TITLES = {
    "ar": "السلام والأمن",
    "zh": "和平与安全",
    "en": "Peace and security",
    "fr": "Paix et sécurité",
    "ru": "Мир и безопасность",
    "es": "Paz y seguridad",
}


def titled(*languages, **kwargs):
    return Page(**{f"title_{code}": TITLES[code] for code in languages}, **kwargs)


@pytest.mark.parametrize("code", codes.CODES)
@pytest.mark.parametrize("active", ["ar", "zh-hans", "fr"])
def test_a_page_in_any_one_language_can_be_saved_under_any_active_language(home, code, active):
    with translation.override(active):
        page = home.add_child(instance=titled(code, source_language=code))
        page.title_ar = page.title_ar and page.title_ar + "!"
        page.save()
        page.specific.save_revision().publish()
    page = Page.objects.get(pk=page.pk)
    assert page.languages == (code,)
    assert page.draft_title == page.title == getattr(page, f"title_{code}")
    assert page.slug.isascii()
    assert page.slug


def test_a_page_without_any_language_can_not_be_saved(home):
    with pytest.raises(ValidationError, match="title in one language"):
        home.add_child(instance=Page(slug="nothing"))
    assert not Page.objects.filter(slug="nothing").exists()


def test_a_source_language_without_a_title_is_refused(home):
    with pytest.raises(ValidationError, match="source language has no title"):
        home.add_child(instance=titled("en", source_language="ru"))


def test_the_source_language_is_the_parents_unless_the_page_says_otherwise(home):
    assert home.add_child(instance=titled("fr", "es")).source_language == "fr"
    assert home.add_child(instance=titled("es", source_language="es")).source_language == "es"


def test_a_page_written_only_in_arabic_takes_arabic_as_its_source(home):
    assert home.add_child(instance=titled("ar")).source_language == "ar"


def test_states_follow_the_source_through_drafts_and_publication(home):
    page = home.add_child(instance=titled("fr", "ar", source_language="fr"))
    assert page.translation_states()["ar"] is State.CURRENT
    page.title_fr = "Paix, sécurité et développement"
    revision = page.save_revision()
    page.refresh_from_db()
    assert page.translation_states()["ar"] is State.CURRENT, "the live text has not changed"
    assert page.translation_states(draft=True)["ar"] is State.OUTDATED
    revision.publish()
    page.refresh_from_db()
    assert page.translation_states()["ar"] is State.OUTDATED
    assert page.translation_states()["zh"] is State.MISSING


def test_saving_again_makes_nothing_outdated(home):
    page = home.add_child(instance=titled(*codes.CODES, source_language="zh"))
    for _ in range(3):
        page = Page.objects.get(pk=page.pk)
        page.save()
        page.save_revision().publish()
    page = Page.objects.get(pk=page.pk)
    assert State.OUTDATED not in page.translation_states().values()


def test_an_empty_rich_text_does_not_count_as_a_translation(home):
    page = home.add_child(instance=titled("fr", search_description_en='<p data-block-key="a"></p>'))
    assert page.search_description_en == ""


def test_a_slug_that_clashes_is_refused_and_a_proposed_one_steps_aside(home):
    home.add_child(instance=titled("fr", slug="paix"))
    with pytest.raises(ValidationError, match="paix"):
        home.add_child(instance=titled("fr", slug="paix"))
    first = home.add_child(instance=titled("fr"))
    second = home.add_child(instance=titled("fr"))
    assert {first.slug, second.slug} == {"paix-et-securite", "paix-et-securite-2"}


def test_a_page_of_the_site_has_one_address_a_language(home):
    page = home.add_child(instance=titled("en", slug="peace"))
    assert {code: page.url_in(code) for code in codes.CODES} == {
        code: f"http://fra.localhost/{code}/peace/" for code in codes.CODES
    }


def test_a_translation_that_an_editor_confirms_is_current_again(home):
    page = home.add_child(instance=titled("fr", "zh", source_language="fr"))
    page.title_fr = "La paix et la sécurité"
    page.save_revision()
    page.confirmed_languages = ["zh"]
    page.save_revision()
    page.refresh_from_db()
    assert page.translation_states(draft=True)["zh"] is State.CURRENT
