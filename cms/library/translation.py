"""Translated fields of the library's records (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import AgendaItem, Document, Subject


@register(Document)
class DocumentTranslation(TranslationOptions):
    fields = ("title",)


@register(Subject)
class SubjectTranslation(TranslationOptions):
    fields = ("name",)


@register(AgendaItem)
class AgendaItemTranslation(TranslationOptions):
    fields = ("title",)
