"""What is known of languages is found again from the words alone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Revision

from cms.pages.models import Page, PageLanguage
from cms.pages.refreshing import has_pages_without_languages
from tests.sites import make_site
from tests.translation.desk import add_page, unfinished
from tests.worlds import world

pytestmark = pytest.mark.django_db

KEPT = ("page_id", "language", "state", "words_to_go", "is_released", "released_digest")


def kept():
    return list(PageLanguage.objects.order_by("page", "language").values_list(*KEPT))


def run(**options):
    told = StringIO()
    call_command("refresh_page_languages", stdout=told, **options)
    return told.getvalue()


@world
def pages():
    fra, egy = make_site("fra", title_fr="Mission"), make_site("egy", title_ar="بعثة")
    live = add_page(fra, "fr", live=True, en="Peace", zh="和平")
    return unfinished(live, es="Paz"), add_page(egy, "ar", ru="Мир")


def test_lost_rows_are_made_anew_as_they_were(pages):
    before, revisions = kept(), Revision.objects.count()
    assert not has_pages_without_languages()
    PageLanguage.objects.all().delete()
    assert has_pages_without_languages()
    assert "pages are in order" in run()
    assert not has_pages_without_languages()
    assert kept() == before
    assert Revision.objects.count() == revisions


def test_a_second_run_changes_nothing(pages):
    run()
    before = kept()
    drafts = dict(Page.objects.values_list("pk", "draft_translations"))
    run()
    assert kept() == before
    assert dict(Page.objects.values_list("pk", "draft_translations")) == drafts


def test_one_site_is_done_by_itself(pages):
    french, arabic = pages
    PageLanguage.objects.all().delete()
    run(site="egy")
    assert PageLanguage.objects.filter(page=arabic.pk).count() == 6
    assert not PageLanguage.objects.filter(page=french.pk).exists()


def test_a_site_that_is_not_there_is_named(db):
    with pytest.raises(CommandError, match="nowhere"):
        run(site="nowhere")
