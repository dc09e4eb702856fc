"""The facets that every site has: its own, the kind of thing, the languages and the year."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.languages import codes
from cms.pages.sites import profiles_of_codes
from search.facets import Facet, register_facet

from .kinds import kind_label


def _sites(values: Collection[str], language: str) -> Mapping[str, str]:
    return {
        code: profile.site.root_page.text("title", language)[0]
        for code, profile in profiles_of_codes(values).items()
    }


def _kinds(values: Collection[str], language: str) -> Mapping[str, str]:
    with codes.override(language):
        # In a list of kinds those of no kind of their own need a name too.
        named = {value: kind_label(value) for value in values} | {"page": gettext("Page")}
        return {value: label for value, label in named.items() if label}


def _languages(values: Collection[str], language: str) -> Mapping[str, str]:
    return {value: codes.get(value).name for value in values if value in codes.CODES}


def _years(values: Collection[str], language: str) -> Mapping[str, str]:
    return {value: value for value in values}


def register() -> None:
    """Declare them (from `AppConfig.ready`)."""
    register_facet(Facet(name="kind", label=_("Kind"), labels=_kinds, position=10))
    register_facet(Facet(name="site", label=_("Site"), labels=_sites, position=20))
    register_facet(
        Facet(name="year", label=_("Year"), labels=_years, position=80, newest_first=True)
    )
    register_facet(Facet(name="language", label=_("Language"), labels=_languages, position=90))
