"""The portal's pages for tests."""

import factory
from factory.django import DjangoModelFactory

from cms.portal.guide.models import GuidePage
from cms.portal.home.models import Notice, PortalHomePage

CODES = ("ar", "zh", "en", "fr", "ru", "es")


class PortalHomePageFactory(DjangoModelFactory):
    """The home page, unsaved: `provision_site` puts it into the tree. Welcome in six languages."""

    class Meta:
        model = PortalHomePage
        strategy = factory.BUILD_STRATEGY

    slug = "portal"
    source_language = "en"
    title_ar = "بوابة الدول الأعضاء"
    title_zh = "会员国门户"
    title_en = "Member State portal"
    title_fr = "Portail des États Membres"
    title_ru = "Портал государств-членов"
    title_es = "Portal de los Estados Miembros"
    welcome_ar = "<p>أهلا بكم</p>"
    welcome_zh = "<p>欢迎</p>"
    welcome_en = "<p>Welcome</p>"
    welcome_fr = "<p>Bienvenue</p>"
    welcome_ru = "<p>Добро пожаловать</p>"
    welcome_es = "<p>Bienvenidos</p>"


class NoticeFactory(DjangoModelFactory):
    """A notice of today without an end, in six languages; give `page`."""

    class Meta:
        model = Notice

    title_ar = "إشعار"
    title_zh = "通知"
    title_en = "Closure"
    title_fr = "Fermeture"
    title_ru = "Закрытие"
    title_es = "Cierre"
    text_ar = "يغلق المبنى يوم الجمعة"
    text_zh = "大楼星期五关闭"
    text_en = "The building closes on Friday"
    text_fr = "Le bâtiment ferme vendredi"
    text_ru = "Здание закрывается в пятницу"
    text_es = "El edificio cierra el viernes"


class GuidePageFactory(DjangoModelFactory):
    """A live guide page in six languages below `parent`."""

    class Meta:
        model = GuidePage

    source_language = "en"
    title_ar = "الدليل"
    title_zh = "指南"
    title_en = factory.Sequence(lambda number: f"Guide {number + 1}")
    title_fr = "Guide pratique"
    title_ru = "Руководство"
    title_es = "Guía"
    summary_ar = "كيف تعمل الخدمات"
    summary_zh = "服务如何运作"
    summary_en = "How the services work"
    summary_fr = "Comment fonctionnent les services"
    summary_ru = "Как работают службы"
    summary_es = "Cómo funcionan los servicios"
    show_in_menus = True

    @classmethod
    def _create(cls, model_class, *args, parent, **kwargs):
        page = parent.add_child(instance=model_class(**kwargs))
        page.save_revision().publish()
        return page
