"""Translated fields of the guide (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

import cms.pages.translation  # noqa: F401  (the base page is registered before its types)

from .models import GuidePage


@register(GuidePage)
class GuidePageTranslation(TranslationOptions):
    fields = ("summary", "body")
