"""Translated fields of images and files."""

from modeltranslation.translator import TranslationOptions, register

from .models import File, SiteImage


@register(SiteImage)
class ImageTranslation(TranslationOptions):
    fields = ("title", "description")


@register(File)
class FileTranslation(TranslationOptions):
    fields = ("title",)
