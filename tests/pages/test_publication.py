"""Each language of a page is released, withdrawn and planned on its own."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.languages import codes
from cms.languages.codes import override
from cms.languages.states import State, Status, with_status
from cms.pages.models import Page, PageLanguage, SourceWording
from cms.pages.publication import (
    ChangedMeanwhile,
    NotReady,
    apply_due,
    held_back,
    ready_languages,
    reasons_against,
    release,
    save_draft,
    schedule,
    withdraw,
)
from tests.worlds import world

TITLES = {"ar": "سلام", "zh": "和平", "en": "Peace", "fr": "Paix", "ru": "Мир", "es": "Paz"}


def draft_of(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def live(page):
    return Page.objects.get(pk=page.pk)


def row(page, code):
    return PageLanguage.objects.get(page=page.pk, language=code)


def states_of(page):
    return dict(PageLanguage.objects.filter(page=page.pk).values_list("language", "state"))


def write(page, status=None, **titles):
    """A new draft with these titles, each with the status given."""
    draft = draft_of(page)
    for code, title in titles.items():
        setattr(draft, f"title_{code}", title)
    for code in titles if status else ():
        draft.translations = with_status(draft.translations, code, status)
    return save_draft(draft)


@world
def page(home):
    """A page in French, not live, whose five translations nobody has finished."""
    made = home.add_child(
        instance=Page(title_fr=TITLES["fr"], source_language="fr", slug="paix", live=False)
    )
    write(made, Status.IN_PROGRESS, **{c: t for c, t in TITLES.items() if c != "fr"})
    return live(made)


def test_publishing_releases_the_ready_languages_and_leaves_the_others(page):
    assert ready_languages(draft_of(page)) == ("fr",)
    assert held_back(draft_of(page)) == ("ar", "zh", "en", "ru", "es")
    page.get_latest_revision().publish()
    assert live(page).languages == ("fr",)
    assert live(page).has_unpublished_changes
    assert draft_of(page).languages == codes.CODES
    assert states_of(page) == {
        "fr": "source",
        **dict.fromkeys(("ar", "zh", "en", "ru", "es"), "in_progress"),
    }


@pytest.mark.parametrize("code", [code for code in codes.CODES if code != "fr"])
def test_each_language_goes_out_and_is_taken_back_by_itself(page, code):
    page.get_latest_revision().publish()
    write(page, **{code: TITLES[code]})
    draft = draft_of(page)
    draft.translations = with_status(draft.translations, code, None)
    save_draft(draft)
    assert live(page).languages == ("fr",)

    release(page, [code])
    assert set(live(page).languages) == {"fr", code}
    assert row(page, code).is_released
    assert row(page, code).state == State.RELEASED
    first = row(page, code).first_released_at
    assert first is not None
    assert first == row(page, code).last_released_at

    withdraw(page, [code])
    assert live(page).languages == ("fr",)
    assert live(page).live
    assert row(page, code).state == State.WITHDRAWN
    assert getattr(draft_of(page), f"title_{code}") == TITLES[code]

    live(page).get_latest_revision().publish()
    assert live(page).languages == ("fr",), "publishing does not bring back what was withdrawn"
    release(page, [code])
    assert set(live(page).languages) == {"fr", code}
    assert row(page, code).first_released_at == first
    assert row(page, code).last_released_at > first
    assert row(page, code).withdrawn_at is None


def test_a_translation_can_be_read_before_its_source(page):
    write(page, ru=TITLES["ru"])
    draft = draft_of(page)
    draft.translations = with_status(draft.translations, "ru", None)
    draft.translations = with_status(draft.translations, "fr", Status.NEEDS_REVIEW)
    save_draft(draft)
    release(page, ["ru"])
    assert live(page).languages == ("ru",)
    assert live(page).best_language("fr") == "ru"
    live(page).save()  # whatever is stored later does not ask for the source either


def test_an_edited_language_that_is_held_back_stays_as_readers_know_it(page):
    page.get_latest_revision().publish()
    write(page, Status.IN_PROGRESS, fr="La paix")
    write(page, en="Peace!")
    draft = draft_of(page)
    draft.translations = with_status(draft.translations, "en", None)
    save_draft(draft).publish()
    assert live(page).title_fr == "Paix"
    assert live(page).title_en == "Peace!"
    assert draft_of(page).title_fr == "La paix"


def test_what_is_emptied_in_a_draft_is_gone_when_it_is_published(page):
    release_all(page)
    write(page, es="")
    live(page).get_latest_revision().publish()
    assert "es" not in live(page).languages
    assert not row(page, "es").is_released


def release_all(page):
    draft = draft_of(page)
    for code in codes.CODES:
        draft.translations = with_status(draft.translations, code, None)
    save_draft(draft)
    release(page, codes.CODES)


def test_withdrawing_the_last_language_takes_the_page_along(page):
    page.get_latest_revision().publish()
    withdraw(page, ["fr"])
    assert not live(page).live
    assert row(page, "fr").withdrawn_at is not None
    assert draft_of(page).title_fr == "Paix"


@pytest.mark.parametrize("status", list(Status))
def test_what_somebody_is_still_at_work_on_is_not_released_and_the_reason_is_given(page, status):
    page.get_latest_revision().publish()
    write(page, status, zh="和平")
    with pytest.raises(NotReady, match="中文"):
        release(page, ["zh", "fr"])
    assert live(page).languages == ("fr",)
    assert set(reasons_against(draft_of(page), ["zh", "fr"])) == {"zh"}


def test_publishing_nothing_ready_is_refused_and_changes_nothing(page):
    write(page, Status.IN_PROGRESS, fr="Paix")
    with pytest.raises(NotReady, match="No language"):
        live(page).get_latest_revision().publish()
    assert not live(page).live


def test_releasing_an_older_draft_leaves_the_newer_words_of_the_others(page):
    release_all(page)
    write(page, ar="السلام")
    older = live(page).get_latest_revision()
    write(page, fr="La paix", ar="سلام دائم")
    live(page).get_latest_revision().publish(log_action=False)
    release(page, ["ar"], revision=older)
    assert live(page).title_ar == "السلام"
    assert live(page).title_fr == "La paix"


# --- planned -------------------------------------------------------------------------------------


def test_a_planned_language_goes_out_and_is_withdrawn_at_its_time(page):
    release_all(page)
    withdraw(page, ["ru"])
    now = timezone.now()
    schedule(page, "ru", release_at=now + timedelta(hours=1), withdraw_at=now + timedelta(hours=2))
    assert apply_due(now) == 0
    assert "ru" not in live(page).languages
    assert apply_due(now + timedelta(hours=1)) == 1
    assert "ru" in live(page).languages
    assert apply_due(now + timedelta(hours=1)) == 0
    assert apply_due(now + timedelta(hours=2)) == 1
    assert "ru" not in live(page).languages
    assert row(page, "ru").withdraw_at is None


def test_what_goes_out_is_the_draft_as_it_was_planned(page):
    release_all(page)
    now = timezone.now()
    write(page, es="La paz")
    schedule(page, "es", release_at=now)
    write(page, es="Otra cosa")
    apply_due(now)
    assert live(page).title_es == "La paz"
    assert draft_of(page).title_es == "Otra cosa"


def test_a_plan_for_what_is_not_ready_is_refused(page):
    with pytest.raises(NotReady):
        schedule(page, "es", release_at=timezone.now())
    moment = timezone.now()
    with pytest.raises(ValidationError, match="before it is released"):
        schedule(page, "fr", release_at=moment, withdraw_at=moment)
    assert row(page, "es").release_at is None


# --- what is kept --------------------------------------------------------------------------------


def test_who_did_what_to_which_language_is_in_the_log(page, django_user_model):
    person = django_user_model.objects.create_superuser("person")
    page.get_latest_revision().publish()
    release_all(page)
    withdraw(page, ["ar", "zh"], user=person)
    entry = PageLogEntry.objects.get(action="pages.languages.withdraw")
    assert entry.user == person
    assert entry.data["languages"] == ["ar", "zh"]
    assert PageLogEntry.objects.filter(action="pages.languages.release").count() == 1
    assert not ModelLogEntry.objects.exists()


def test_the_old_wording_of_the_source_is_kept_while_a_translation_follows_it(page):
    from cms.languages.states import stale_parts
    from cms.pages.language_rows import wordings

    release_all(page)
    write(page, fr="La paix")
    draft = draft_of(page)
    (part,) = stale_parts(draft.translations, "ar", "fr")
    assert wordings(draft, [part.old]) == {part.old: "Paix"}
    assert states_of(page)["ar"] == State.OUTDATED
    assert row(page, "ar").words_to_go == 2
    write(page, **{code: TITLES[code] + "!" for code in codes.CODES if code != "fr"})
    assert not SourceWording.objects.filter(page=page.pk, digest=part.old).exists()
    assert row(page, "ar").words_to_go == 0


def test_every_page_has_six_rows_however_it_was_made(home):
    made = home.add_child(instance=Page(title_zh="新闻", title_ar="أخبار", source_language="zh"))
    assert states_of(made) == {
        "zh": "source",
        "ar": "released",
        **dict.fromkeys(("en", "fr", "ru", "es"), "missing"),
    }
    assert {code for code in codes.CODES if row(made, code).is_released} == {"ar", "zh"}


def test_copies_and_aliases_show_what_was_released_and_no_more(page):
    page.get_latest_revision().publish()
    alias = live(page).create_alias(update_slug="alias")
    assert live(alias).languages == ("fr",)
    with pytest.raises(NotReady, match="mirrors another"):
        withdraw(alias, ["fr"])
    live(page).get_latest_revision().publish()
    assert live(alias).languages == ("fr",)
    copy = live(page).copy(update_attrs={"slug": "copy"})
    assert live(copy).languages == ("fr",)
    assert set(draft_of(copy).languages) == set(codes.CODES)


def test_publishing_costs_as_many_queries_in_six_languages_as_in_one(page, home):
    release_all(page)
    alone = home.add_child(instance=Page(title_es="Solo", source_language="es", live=False))
    alone.save_revision().publish()
    live(alone).save_revision()
    assert queries_of_publishing(page) <= queries_of_publishing(alone)


def queries_of_publishing(page):
    revision = live(page).get_latest_revision()
    with CaptureQueriesContext(connection) as context:
        revision.publish()
    return len(context)


# --- two at once ---------------------------------------------------------------------------------


def test_two_drafts_of_two_languages_opened_at_once_are_both_kept(page):
    one, other = draft_of(page), draft_of(page)
    one.title_ar, other.title_zh = "السلام", "世界和平"
    save_draft(one)
    save_draft(other)
    assert (draft_of(page).title_ar, draft_of(page).title_zh) == ("السلام", "世界和平")


def test_two_wordings_of_one_language_are_told_and_neither_is_lost(page):
    one, other = draft_of(page), draft_of(page)
    one.title_ar, other.title_ar = "السلام", "سلام دائم"
    save_draft(one)
    with pytest.raises(ChangedMeanwhile) as raised:
        save_draft(other)
    (conflict,) = raised.value.conflicts
    assert (conflict.field, conflict.language) == ("title", "ar")
    assert draft_of(page).title_ar == "السلام"


# --- previews ------------------------------------------------------------------------------------


def previewed(page, mode):
    response = draft_of(page).make_preview_request(preview_mode=mode)
    if hasattr(response, "render"):
        response.render()
    return response.content.decode()


def test_a_preview_shows_the_draft_or_what_readers_will_see_of_it(page):
    with override("fr"):
        draft, released = (previewed(page, mode) for mode in ("", "released"))
    assert TITLES["fr"] in released
    # The head names the languages that a page is shown in.
    assert 'hreflang="ar"' in draft.partition("</head>")[0]
    assert 'hreflang="ar"' not in released.partition("</head>")[0]


def test_a_preview_says_why_readers_would_see_nothing(page):
    write(page, Status.IN_PROGRESS, fr="Paix")
    with override("en"):
        assert "Readers would see nothing yet" in previewed(page, "released")
