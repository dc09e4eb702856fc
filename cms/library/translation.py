"""Translated fields of the library's records (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Document, Subject


@register(Document)
class DocumentTranslation(TranslationOptions):
    fields = ("title",)


@register(Subject)
class SubjectTranslation(TranslationOptions):
    fields = ("name",)
