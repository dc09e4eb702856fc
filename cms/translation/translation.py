"""Translated fields of this room's records (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import Term


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("name", "full_name", "aliases", "avoid")
