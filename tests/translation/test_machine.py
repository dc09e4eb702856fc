"""A machine proposes, a person decides: what is sent, filled, left alone and never published."""

import html

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.access.audiences import restrict_to_portal
from cms.audit.models import AuditEntry
from cms.languages import codes
from cms.languages.machine import configured_provider
from cms.languages.segments import pairs
from cms.languages.states import State, Status, is_machine, status_of
from cms.pages.models import Page, PageLanguage
from cms.pages.publication import NotReady, ready_languages, release
from cms.translation.machine.checks import check_sends
from cms.translation.machine.planning import plan_for
from cms.translation.machine.proposing import ask, put_in
from cms.translation.machine.services import NotProposed, request_proposal, run_proposal
from cms.translation.models import Failure, MachineProposal, ProposalState
from cms.translation.models.machine import DEAD_AFTER
from tests.languages.translation_service import KEY, Reply, running_service
from tests.sites import make_site
from tests.worlds import world

from .side_by_side_world import HEADING, PARAGRAPH, body, change, draft_of, page_in, somebody

pytestmark = pytest.mark.django_db

LINK = '<p>Lisez <a href="https://un.int/">le <b>texte</b></a> A/RES/78/1.</p>'


@world
def fra():
    return make_site("fra", title_fr="Mission de la France")


@world
def french(fra):
    return page_in(fra, "fr")


@pytest.fixture
def service(settings):
    """A service that may be sent anything, so that what is tested is the rest."""
    with running_service() as running:
        settings.MACHINE_TRANSLATION_URL = f"{running.libretranslate}?timeout=5"
        settings.MACHINE_TRANSLATION_KEY = KEY
        settings.MACHINE_TRANSLATION_SENDS = ["public", "draft"]
        yield running


@pytest.fixture
def editor(fra):
    return somebody("fra.editor", fra)


def row_of(page):
    """The page as it is live."""
    return Page.objects.get(pk=page.pk).specific


def propose(page, target, by, *, source=""):
    """Ask and let the worker do it."""
    page = row_of(page)
    source = source or page.source_language
    proposal = request_proposal(page, source=source, target=target, by=by.person)
    run_proposal(proposal.pk)
    proposal.refresh_from_db()
    return proposal


def targets(page, source, target):
    return {pair.key: pair.target for pair in pairs(draft_of(page), source, target)}


def seen(client, address):
    """What a browser shows of an address."""
    return html.unescape(client.get(address).content.decode())


def state_of(page, code):
    return PageLanguage.objects.get(page=page.pk, language=code).state


# --- filled, and marked --------------------------------------------------------------------------


@pytest.mark.parametrize("source", codes.CODES)
def test_an_empty_language_is_filled_piece_by_piece_and_waits_for_review(
    fra, editor, service, source
):
    page = page_in(fra, source)
    target = codes.CODES[(codes.CODES.index(source) + 1) % 6]
    proposal = propose(page, target, editor)
    assert (proposal.state, proposal.filled, proposal.report) == (ProposalState.DONE, 5, [])
    draft = draft_of(page)
    assert getattr(draft, f"title_{target}") == f"[{target}] {HEADING[source]}"
    texts = targets(page, source, target)
    assert texts["body.p1"] == f"<p>[{target}] {PARAGRAPH[source]}</p>"
    assert texts["body.q1.text"] == f"[{target}] {PARAGRAPH[source]}"
    assert status_of(draft.translations, target) is Status.NEEDS_REVIEW
    assert is_machine(draft.translations, target)
    assert state_of(page, target) == State.NEEDS_REVIEW


@pytest.mark.parametrize("name", ["libretranslate", "deepl"])
def test_either_service_will_do(fra, editor, service, settings, name):
    settings.MACHINE_TRANSLATION_URL = getattr(service, name)
    page = page_in(fra, "fr", body_fr=[{"type": "rich_text", "id": "p1", "value": LINK}])
    proposal = propose(page, "zh", editor)
    assert proposal.filled == 2
    assert targets(page, "fr", "zh")["body.p1"] == (
        '<p>[zh] Lisez <a href="https://un.int/">[zh] le <b>[zh] texte</b></a>[zh]  A/RES/78/1.</p>'
    )


def test_what_a_machine_wrote_is_not_published_until_somebody_has_reviewed_it(
    editor, service, french
):
    propose(french, "en", editor)
    draft = draft_of(french)
    assert ready_languages(draft) == ("fr",)
    draft.save_revision().publish()
    live = row_of(french)
    assert (live.title_fr, live.title_en or "") == (HEADING["fr"], "")
    with pytest.raises(NotReady):
        release(live, ["en"])
    draft = draft_of(french)
    shown = seen(editor, f"/admin/translation/{french.pk}/en/")
    assert "Written by a machine, and not yet reviewed." in shown


def test_what_somebody_wrote_stays_as_it_is(fra, editor, service):
    page = page_in(fra, "fr", title_ar="عنواني", body_ar=body("ar", count=2))
    before = targets(page, "fr", "ar")
    proposal = propose(page, "ar", editor)
    after = targets(page, "fr", "ar")
    assert proposal.filled == 2
    assert {key: after[key] for key in before if before[key]} == {
        key: text for key, text in before.items() if text
    }
    assert all(text not in service.texts for text in (HEADING["fr"] + "x", "عنواني"))


def test_an_outdated_piece_is_proposed_anew_and_no_other(fra, editor, service):
    page = page_in(fra, "fr", "ar")
    blocks = body("fr")
    blocks[1]["value"] = "<p>L’eau est un droit.</p>"
    page = change(page, body_fr=blocks)
    proposal = propose(page, "ar", editor)
    assert service.texts == ["<p>L’eau est un droit.</p>"]
    texts = targets(page, "fr", "ar")
    assert texts["body.p1"] == "<p>[ar] L’eau est un droit.</p>"
    assert texts["body.h1.text"] == HEADING["ar"]
    assert proposal.filled == 1
    assert state_of(page, "ar") == State.NEEDS_REVIEW


def test_a_block_stays_outdated_where_one_of_its_pieces_could_not_be_had(fra, editor, service):
    page = page_in(fra, "fr", "ar")
    blocks = body("fr")
    blocks[2]["value"] |= {"text": "Voir A/RES/1.", "attribution": "Autre"}
    page = change(page, body_fr=blocks)
    service.change = lambda text: text.replace("A/RES/1", "A/RES/2")
    proposal = propose(page, "ar", editor)
    assert proposal.filled == 0
    assert sorted(fault for _key, _label, fault in proposal.report) == [
        "incomplete",
        "placeholders",
    ]
    assert state_of(page, "ar") == State.OUTDATED
    assert targets(page, "fr", "ar")["body.q1.text"] == PARAGRAPH["ar"]


def test_nothing_to_propose_is_said_and_nothing_sent(fra, editor, service):
    page = page_in(fra, "fr", "es")
    with pytest.raises(NotProposed) as refused:
        propose(page, "es", editor)
    assert refused.value.failure is Failure.NOTHING
    assert service.requests == []


# --- answers that can't be used ------------------------------------------------------------------


def test_a_piece_with_broken_markup_is_left_empty_and_reported(fra, editor, service):
    page = page_in(fra, "fr", body_fr=[{"type": "rich_text", "id": "p1", "value": LINK}])
    service.change = lambda text: text.replace("<b>", "").replace("</b>", "")
    proposal = propose(page, "es", editor)
    assert proposal.state == ProposalState.DONE
    assert [fault for _key, _label, fault in proposal.report] == ["tags"]
    assert targets(page, "fr", "es")["body.p1"] == ""
    assert draft_of(page).title_es == "[es] Notre action"
    shown = seen(editor, f"/admin/translation/machine/es/?page={page.pk}")
    assert "Links, emphasis or paragraphs were lost or changed." in shown


def test_a_title_that_became_too_long_is_left_out(editor, service, french):
    service.change = lambda text: text if "<" in text else text * 40
    proposal = propose(french, "ru", editor)
    assert ["title", "length"] in [[key, fault] for key, _label, fault in proposal.report]
    assert not draft_of(french).title_ru


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (Reply(503, headers={"Retry-After": "999"}), Failure.UNAVAILABLE),
        (Reply(403, {"error": f"bad key {KEY}"}), Failure.REFUSED),
        (Reply(200, {"translatedText": ["one"]}), Failure.MALFORMED),
        (Reply(200, b"<html>"), Failure.MALFORMED),
    ],
)
def test_a_failing_service_changes_nothing_and_says_why_without_the_key(
    editor, service, reply, failure, french
):
    before = draft_of(french).latest_revision_id
    service.replies.append(reply)
    proposal = propose(french, "en", editor)
    assert (proposal.state, proposal.failure) == (ProposalState.FAILED, failure)
    assert KEY not in proposal.detail
    assert draft_of(french).latest_revision_id == before
    shown = seen(editor, f"/admin/translation/machine/en/?page={french.pk}")
    assert KEY not in shown
    assert failure.label.split(":")[0] in shown
    assert propose(french, "en", editor).state == ProposalState.DONE


def test_a_used_up_quota_is_told_apart(fra, editor, service, settings):
    settings.MACHINE_TRANSLATION_URL = service.deepl
    service.replies.append(Reply(456, {"message": "Quota Exceeded"}))
    assert propose(page_in(fra, "fr"), "en", editor).failure == Failure.QUOTA


# --- meanwhile -----------------------------------------------------------------------------------


def test_what_was_written_while_the_machine_was_at_work_stays(editor, service, french):
    proposal = request_proposal(row_of(french), source="fr", target="es", by=editor.person)
    plan = plan_for(row_of(french), "fr", "es")
    change(french, title_es="Mi título", title_ar="عنواني")
    outcome = ask(configured_provider(), plan)
    put_in(row_of(french), plan, outcome, user=editor.person)
    draft = draft_of(french)
    assert (draft.title_es, draft.title_ar) == ("Mi título", "عنواني")
    assert [left.fault for left in outcome.left] == ["changed"]
    assert targets(french, "fr", "es")["body.p1"] == f"<p>[es] {PARAGRAPH['fr']}</p>"
    assert proposal.is_open


def test_two_clicks_are_one_proposal(fra, editor, service):
    page = row_of(page_in(fra, "fr"))
    first = request_proposal(page, source="fr", target="es", by=editor.person)
    assert request_proposal(page, source="fr", target="es", by=editor.person) == first
    other = request_proposal(page, source="fr", target="en", by=editor.person)
    assert other != first
    with pytest.raises(IntegrityError), transaction.atomic():
        MachineProposal.objects.create(page=page, source="fr", target="es")


def test_a_proposal_is_worked_on_once(editor, service, french):
    proposal = propose(french, "es", editor)
    sent = len(service.requests)
    assert run_proposal(proposal.pk) is None
    assert run_proposal(proposal.pk + 1) is None
    assert len(service.requests) == sent


def test_a_proposal_whose_worker_died_does_not_stand_in_the_way(fra, editor, service):
    page = row_of(page_in(fra, "fr"))
    dead = request_proposal(page, source="fr", target="es", by=editor.person)
    MachineProposal.objects.filter(pk=dead.pk).update(
        state=ProposalState.RUNNING, requested_at=timezone.now() - DEAD_AFTER * 2
    )
    assert request_proposal(page, source="fr", target="es", by=editor.person) != dead
    dead.refresh_from_db()
    assert (dead.state, dead.failure) == (ProposalState.FAILED, Failure.INTERRUPTED)


def test_nothing_is_sent_before_the_request_has_ended(
    fra, editor, service, django_capture_on_commit_callbacks
):
    page = row_of(page_in(fra, "fr"))
    with django_capture_on_commit_callbacks(execute=True):
        proposal = request_proposal(page, source="fr", target="es", by=editor.person)
        assert service.requests == []
    proposal.refresh_from_db()
    assert (proposal.state, bool(service.requests)) == (ProposalState.DONE, True)


# --- what may leave the house --------------------------------------------------------------------


def test_by_default_only_what_is_published_is_sent(fra, editor, service, settings):
    settings.MACHINE_TRANSLATION_SENDS = ["public"]
    page = page_in(fra, "fr")
    with pytest.raises(NotProposed) as refused:
        propose(page, "es", editor)
    assert refused.value.failure is Failure.NOT_SENT
    draft_of(page).save_revision().publish()
    blocks = [*body("fr"), {"type": "rich_text", "id": "p2", "value": "<p>Secret encore.</p>"}]
    change(page, body_fr=blocks, summary_fr="Secret aussi")
    proposal = propose(page, "es", editor)
    assert not any("Secret" in text for text in service.texts)
    assert (proposal.filled, proposal.withheld) == (5, 2)


def test_a_withdrawn_or_unpublished_text_is_not_sent(fra, editor, service, settings):
    settings.MACHINE_TRANSLATION_SENDS = ["public"]
    page = page_in(fra, "fr")
    draft_of(page).save_revision().publish()
    row_of(page).unpublish()
    with pytest.raises(NotProposed):
        propose(page, "es", editor)
    assert service.requests == []


def test_what_only_missions_may_read_is_sent_only_where_a_setting_says_so(
    editor, service, settings, french
):
    restrict_to_portal(french)
    with pytest.raises(NotProposed) as refused:
        propose(french, "es", editor)
    assert refused.value.failure is Failure.NOT_SENT
    settings.MACHINE_TRANSLATION_SENDS = ["portal"]
    with pytest.raises(NotProposed):  # a draft of such a page
        propose(french, "es", editor)
    settings.MACHINE_TRANSLATION_SENDS = ["portal", "draft"]
    assert propose(french, "es", editor).state == ProposalState.DONE


def test_what_nobody_may_find_is_never_sent(fra, editor, service, settings):
    settings.MACHINE_TRANSLATION_SENDS = ["public", "draft", "portal"]
    page = page_in(fra, "fr")
    page.view_restrictions.create(restriction_type="password", password="x")
    with pytest.raises(NotProposed) as refused:
        propose(page, "es", editor)
    assert refused.value.failure is Failure.NOT_SENT
    assert service.requests == []


def test_attributes_and_addresses_behind_links_stay_here(fra, editor, service):
    page = page_in(fra, "fr", body_fr=[{"type": "rich_text", "id": "p1", "value": LINK}])
    propose(page, "en", editor)
    assert not any("un.int" in text for text in service.texts)
    assert "un.int/" in targets(page, "fr", "en")["body.p1"]


@pytest.mark.parametrize("wrong", [["everything"], "public", None, ["public", "drafts"]])
def test_a_wrong_list_of_what_may_be_sent_is_an_error_at_the_start(settings, wrong):
    settings.MACHINE_TRANSLATION_SENDS = wrong
    (error,) = check_sends()
    assert error.id == "translation.E001"
    settings.MACHINE_TRANSLATION_SENDS = ["public", "draft", "portal"]
    assert check_sends() == []


# --- who may -------------------------------------------------------------------------------------


def test_it_is_off_unless_a_service_is_named(editor, french):
    address = f"/admin/translation/machine/es/?page={french.pk}"
    assert editor.get(address).status_code == 404
    assert "Propose by machine" not in seen(editor, f"/admin/translation/{french.pk}/es/")
    with pytest.raises(NotProposed) as refused:
        propose(french, "es", editor)
    assert refused.value.failure is Failure.OFF


def test_a_translator_asks_for_their_own_languages_only(fra, service):
    translator = somebody("fra.ar", fra, "translator", "ar")
    page = page_in(fra, "fr")
    own = f"/admin/translation/machine/ar/?page={page.pk}"
    assert "Propose by machine" in seen(translator, f"/admin/translation/{page.pk}/ar/")
    assert translator.get(own).status_code == 200
    other = translator.post(f"/admin/translation/machine/es/?page={page.pk}")
    assert other.status_code in (302, 403)
    assert "Propose by machine" not in seen(translator, f"/admin/translation/{page.pk}/es/")
    with pytest.raises(NotProposed):
        propose(page, "es", translator)
    assert not MachineProposal.objects.exists()
    assert translator.post(own).status_code == 302
    assert MachineProposal.objects.get().target == "ar"


def test_the_source_language_is_never_a_machine_s(fra, editor, service):
    page = page_in(fra, "fr", "en")
    with pytest.raises(NotProposed) as refused:
        propose(page, "fr", editor, source="en")
    assert refused.value.failure is Failure.FORBIDDEN


def test_a_stranger_s_page_is_not_found_like_one_that_nobody_has(fra, service):
    egy = make_site("egy", title_ar="بعثة مصر")
    stranger = somebody("egy.editor", egy)
    page = page_in(fra, "fr")
    told = [
        stranger.get(f"/admin/translation/machine/es/?page={pk}").status_code
        for pk in (page.pk, 987654)
    ]
    assert told == [404, 404]
    for bad in ("", "?page=", "?page=x", f"?page={page.pk}&page=y", "?page=" + "9" * 30):
        assert stranger.get(f"/admin/translation/machine/es/{bad}").status_code == 404
    assert stranger.get(f"/admin/translation/machine/de/?page={page.pk}").status_code == 404


def test_a_locked_page_is_left_alone(editor, service, french):
    Page.objects.filter(pk=french.pk).update(
        locked=True, locked_by=User.objects.create(username="x")
    )
    with pytest.raises(NotProposed):
        propose(french, "es", editor)


def test_who_lost_the_role_before_the_worker_came_writes_nothing(fra, editor, service):
    page = row_of(page_in(fra, "fr"))
    proposal = request_proposal(page, source="fr", target="es", by=editor.person)
    User.objects.filter(pk=editor.person.pk).update(is_active=False)
    run_proposal(proposal.pk)
    proposal.refresh_from_db()
    assert proposal.failure == Failure.FORBIDDEN
    assert service.requests == []


def test_who_asked_and_what_came_of_it_is_in_the_record(editor, service, french):
    propose(french, "es", editor)
    actions = AuditEntry.objects.filter(action__startswith="translation.machine")
    assert sorted(actions.values_list("action", flat=True)) == [
        "translation.machine_ask",
        "translation.machine_propose",
    ]


def test_the_board_leads_to_the_question_for_many_pages(fra, editor, service):
    pages = [page_in(fra, "fr", slug=f"p{number}") for number in range(2)]
    asked = editor.post(
        "/admin/translation/",
        {"action": "machine", "language": "es", "pages": [page.pk for page in pages]},
    )
    assert asked.status_code == 302
    assert asked.url.startswith("/admin/translation/machine/es/?page=")
    shown = seen(editor, asked.url)
    assert "LibreTranslate" in shown
    editor.post(asked.url)
    assert MachineProposal.objects.filter(target="es").count() == 2
