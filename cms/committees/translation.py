"""Translated fields of the committees' records and pages (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import (
    AgendaItem,
    Committee,
    CommitteeHomePage,
    CommitteeSession,
    DraftProposal,
    Meeting,
    SessionPage,
    Statement,
)


@register(Committee)
class CommitteeTranslation(TranslationOptions):
    fields = ("name", "short_name", "mandate")


@register(CommitteeSession)
class CommitteeSessionTranslation(TranslationOptions):
    fields = ("title", "theme")


@register(AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("title",)


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("title", "room")


@register(DraftProposal)
class DraftProposalTranslation(TranslationOptions):
    fields = ("title", "on_behalf_of")


@register(Statement)
class StatementTranslation(TranslationOptions):
    fields = ("group", "text")


@register(CommitteeHomePage)
class CommitteeHomePageTranslation(TranslationOptions):
    fields = ("intro", "body")


@register(SessionPage)
class SessionPageTranslation(TranslationOptions):
    fields = ("intro", "body")
