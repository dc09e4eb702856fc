"""Documents and subjects for tests."""

import factory
from factory.django import DjangoModelFactory

from cms.library.models import AgendaItem, Document, LanguageVersion, Subject


class SubjectFactory(DjangoModelFactory):
    """A subject named in all six languages."""

    class Meta:
        model = Subject
        django_get_or_create = ("code",)

    code = "disarmament"
    name_ar = "نزع السلاح"
    name_zh = "裁军"
    name_en = "Disarmament"
    name_fr = "Désarmement"
    name_ru = "Разоружение"
    name_es = "Desarme"


class DocumentFactory(DjangoModelFactory):
    """A general document titled in all six languages; `restricted=True`: one for nobody;
    `versions=("fr", "en")`: issued in these."""

    class Meta:
        model = Document
        skip_postgeneration_save = True

    class Params:
        restricted = factory.Trait(distribution="restricted")

    symbol = factory.Sequence(lambda number: f"A/RES/60/{number + 1}")
    title_ar = "تعزيز تعددية الأطراف في مجال نزع السلاح"
    title_zh = "在裁军和不扩散领域促进多边主义"
    title_en = "Promotion of multilateralism in the area of disarmament"
    title_fr = "Promotion du multilatéralisme dans le domaine du désarmement"
    title_ru = "Содействие многосторонности в области разоружения"
    title_es = "Promoción del multilateralismo en la esfera del desarme"
    date = factory.Faker("date_between", start_date="-20y", end_date="-1y")
    body = "GA"
    session = "60"
    document_type = "resolution"

    @factory.post_generation
    def versions(document, create, extracted, **kwargs):
        for language in extracted or ():
            LanguageVersion.objects.create(document=document, language=language)

    @factory.post_generation
    def subjects(document, create, extracted, **kwargs):
        document.subjects.set(extracted or ())


class AgendaItemFactory(DjangoModelFactory):
    """An item of the General Assembly's agenda, titled in all six languages."""

    class Meta:
        model = AgendaItem
        django_get_or_create = ("body", "session", "number")

    body = "GA"
    session = "78"
    number = "71 (b)"
    title_ar = "مسائل حقوق الإنسان"
    title_zh = "人权问题"
    title_en = "Human rights questions"
    title_fr = "Questions relatives aux droits humains"
    title_ru = "Вопросы прав человека"
    title_es = "Cuestiones de derechos humanos"
