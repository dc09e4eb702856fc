"""Translated fields of the portal's home (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

import cms.pages.translation  # noqa: F401  (the base page is registered before its types)

from .models import Notice, PortalHomePage


@register(PortalHomePage)
class PortalHomePageTranslation(TranslationOptions):
    fields = ("welcome",)


@register(Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("title", "text")
