"""The sections that every mission's site starts with, named in six languages."""

from __future__ import annotations

from dataclasses import dataclass

from cms.pages.models import Page

from .models import (
    ContactPage,
    EventIndexPage,
    NewsIndexPage,
    PeoplePage,
    ServicePage,
    StandardPage,
    StatementIndexPage,
)


@dataclass(frozen=True)
class Section:
    """A page below the home page. `live`: published at once; others wait for their text."""

    slug: str
    page_type: type[Page]
    names: dict[str, str]
    live: bool = True


SECTIONS: tuple[Section, ...] = (
    Section(
        "about",
        StandardPage,
        {
            "ar": "نبذة عن البعثة",
            "zh": "代表团简介",
            "en": "About the Mission",
            "fr": "La Mission",
            "ru": "О представительстве",
            "es": "Acerca de la Misión",
        },
        live=False,
    ),
    Section(
        "news",
        NewsIndexPage,
        {
            "ar": "الأخبار",
            "zh": "新闻",
            "en": "News",
            "fr": "Actualités",
            "ru": "Новости",
            "es": "Noticias",
        },
    ),
    Section(
        "statements",
        StatementIndexPage,
        {
            "ar": "البيانات",
            "zh": "发言",
            "en": "Statements",
            "fr": "Déclarations",
            "ru": "Выступления",
            "es": "Declaraciones",
        },
    ),
    Section(
        "events",
        EventIndexPage,
        {
            "ar": "المناسبات",
            "zh": "活动",
            "en": "Events",
            "fr": "Manifestations",
            "ru": "Мероприятия",
            "es": "Actos",
        },
    ),
    Section(
        "people",
        PeoplePage,
        {
            "ar": "أعضاء البعثة",
            "zh": "人员",
            "en": "People",
            "fr": "Équipe",
            "ru": "Сотрудники",
            "es": "Equipo",
        },
    ),
    Section(
        "consular-services",
        ServicePage,
        {
            "ar": "الخدمات القنصلية",
            "zh": "领事服务",
            "en": "Consular services",
            "fr": "Services consulaires",
            "ru": "Консульские услуги",
            "es": "Servicios consulares",
        },
        live=False,
    ),
    Section(
        "contact",
        ContactPage,
        {
            "ar": "اتصل بنا",
            "zh": "联系方式",
            "en": "Contact",
            "fr": "Contact",
            "ru": "Контакты",
            "es": "Contacto",
        },
    ),
)
