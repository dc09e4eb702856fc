"""Translated fields of missions' records, pages and inline children (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

import cms.pages.translation  # noqa: F401  (the base page is registered before its types)

from . import models


@register(models.RegionalGroup)
class RegionalGroupTranslation(TranslationOptions):
    fields = ("name",)


@register(models.Mission)
class MissionTranslation(TranslationOptions):
    fields = ("short_name", "formal_name", "title")


@register(models.HomePage)
class HomePageTranslation(TranslationOptions):
    fields = ("heading", "lead", "intro", "body")


@register([models.NewsIndexPage, models.StatementIndexPage, models.EventIndexPage])
class IndexPageTranslation(TranslationOptions):
    fields = ("intro",)


@register(models.NewsPage)
class NewsPageTranslation(TranslationOptions):
    fields = ("summary", "body")


@register(models.StatementPage)
class StatementPageTranslation(TranslationOptions):
    fields = ("speaker", "speaker_title", "organ", "meeting", "body")


@register(models.EventPage)
class EventPageTranslation(TranslationOptions):
    fields = ("summary", "place", "body")


@register(models.PeoplePage)
class PeoplePageTranslation(TranslationOptions):
    fields = ("intro",)


@register(models.Person)
class PersonTranslation(TranslationOptions):
    fields = ("name", "rank", "function", "biography")


@register(models.ServicePage)
class ServicePageTranslation(TranslationOptions):
    fields = ("summary", "body", "hours", "fees")


@register(models.ContactPage)
class ContactPageTranslation(TranslationOptions):
    fields = ("intro",)


@register(models.Office)
class OfficeTranslation(TranslationOptions):
    fields = ("name", "address", "note")


@register(models.StandardPage)
class StandardPageTranslation(TranslationOptions):
    fields = ("summary", "body")


@register(models.DirectoryPage)
class DirectoryPageTranslation(TranslationOptions):
    fields = ("heading", "intro", "body")
