"""Translated fields of CandiWeb's records and pages (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Body, CandiWebHomePage, ChartPage, Election, ElectionPage


@register(Body)
class BodyTranslation(TranslationOptions):
    fields = ("name", "about")


@register(Election)
class ElectionTranslation(TranslationOptions):
    fields = ("title", "note")


@register(CandiWebHomePage)
class CandiWebHomePageTranslation(TranslationOptions):
    fields = ("intro", "body")


@register(ElectionPage)
class ElectionPageTranslation(TranslationOptions):
    fields = ("intro", "body")


@register(ChartPage)
class ChartPageTranslation(TranslationOptions):
    fields = ("intro",)
