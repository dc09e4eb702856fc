"""Our own catalogues: extracted, compiled and checked without system tools."""

import gettext

import pytest
from django.conf import settings
from django.core.management import call_command

from cms.languages import codes
from cms.languages.catalogues import (
    compile_catalogues,
    extract_messages,
    po_path,
    problems,
    update_catalogue,
)

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Endorsed")
B = ngettext("%(count)d seat", "%(count)d seats", 2)
C = pgettext("chair", "Chair")
"""
TEMPLATE = """{% load i18n %}{% comment "what for" %}
Not {% translate "this" %}{% endcomment %}{# nor this #}
  <h1 title="{% translate "Bureau" %}">{% blocktranslate count n=n trimmed %}
      One vote{% plural %}{{ n }} votes{% endblocktranslate %}</h1>
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "app" / "code.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "app" / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "tests" / "test_x.py").write_text('_("not ours")', encoding="utf-8")
    return tmp_path


def test_python_and_templates_are_read_and_tests_are_not(project):
    found = {(message.id, message.context) for message in extract_messages(project) if message.id}
    assert found == {
        ("Endorsed", None),
        (("%(count)d seat", "%(count)d seats"), None),
        ("Chair", "chair"),
        ("Bureau", None),
        (("One vote", "%(n)s votes"), None),
    }


def test_a_new_catalogue_lacks_every_text_but_the_english(project):
    locale, template = project / "locale", extract_messages(project)
    empty = {lang.code: update_catalogue(locale, lang, template) for lang in codes.LANGUAGES}
    assert empty == {"ar": 5, "zh": 5, "en": 0, "fr": 5, "ru": 5, "es": 5}
    assert {problem.language for problem in problems(project, locale)} == set(codes.CODES) - {"en"}


def test_what_translators_wrote_survives_an_update_and_is_compiled_with_its_plurals(project):
    locale, template = project / "locale", extract_messages(project)
    russian = codes.get("ru")
    update_catalogue(locale, russian, template)
    path = po_path(locale, russian)
    text = path.read_text(encoding="utf-8")
    text = text.replace('msgid "Bureau"\nmsgstr ""', 'msgid "Bureau"\nmsgstr "Президиум"')
    text = text.replace(
        'msgid_plural "%(count)d seats"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""',
        'msgid_plural "%(count)d seats"\nmsgstr[0] "%(count)d место"\n'
        'msgstr[1] "%(count)d места"\nmsgstr[2] "%(count)d мест"',
    )
    path.write_text(text, encoding="utf-8")
    update_catalogue(locale, russian, template)
    compile_catalogues(locale)
    with path.with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Bureau") == "Президиум"
    seats = [catalogue.ngettext("%(count)d seat", "%(count)d seats", n) for n in (1, 3, 5, 21)]
    assert [seat.split()[1] for seat in seats] == ["место", "места", "мест", "место"]
    assert compile_catalogues(locale) == [], "nothing is written twice"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('msgid "Bureau"\nmsgstr ""', "missing"),
        ('#, fuzzy\nmsgid "Bureau"\nmsgstr "Bureau"', "fuzzy"),
        ('msgid "Bureau"\nmsgstr "Bureau %(who)s"', "placeholders differ"),
        ('msgid "Gone"\nmsgstr "Parti"\n\nmsgid "Bureau"\nmsgstr "Bureau"', "no longer used"),
    ],
)
def test_a_broken_entry_is_named(project, broken, reason):
    locale, template = project / "locale", extract_messages(project)
    french = codes.get("fr")
    update_catalogue(locale, french, template)
    path = po_path(locale, french)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "Bureau"\nmsgstr ""', broken), encoding="utf-8")
    named = [p for p in problems(project, locale) if p.language == "fr" and reason in p.reason]
    assert any(p.msgid in ("Bureau", "Gone") for p in named)


SEATS = 'msgid_plural "%(count)d seats"\n'


@pytest.mark.parametrize(
    ("code", "forms"), [("ar", 6), ("zh", 1), ("en", 2), ("fr", 2), ("ru", 3), ("es", 2)]
)
def test_a_plural_has_as_many_forms_as_the_language(project, code, forms):
    locale, language = project / "locale", codes.get(code)
    update_catalogue(locale, language, extract_messages(project))
    path = po_path(locale, language)
    text = path.read_text(encoding="utf-8")
    assert f"nplurals={forms};" in text
    assert text.count("msgstr[") == forms * 2
    last = f"msgstr[{forms - 1}]"
    path.write_text(text.replace(f"{last} ", "msgstr[9] "), encoding="utf-8")
    reasons = [p.reason for p in problems(project, locale) if p.language == code]
    assert [one for one in reasons if "plural forms" in one]


@pytest.mark.parametrize("code", codes.CODES)
def test_a_header_with_another_languages_plural_rule_is_refused(project, code):
    locale, language = project / "locale", codes.get(code)
    update_catalogue(locale, language, extract_messages(project))
    path = po_path(locale, language)
    text = path.read_text(encoding="utf-8")

    def named():
        found = problems(project, locale)
        return [p for p in found if p.language == code and p.msgid == "Plural-Forms"]

    assert named() == []
    path.write_text(text.replace("nplurals=", "nplurals=9"), encoding="utf-8")
    assert len(named()) == 1


def test_entries_that_wait_for_a_native_speaker_are_counted_and_listed(capsys):
    call_command("check_catalogues", "--waiting", "ar")
    lines = capsys.readouterr().out.splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert [line[:2] for line in heads] == list(codes.CODES)
    counted = int(heads[0].split()[1])
    arabic = po_path(settings.LOCALE_PATHS[0], codes.get("ar")).read_text(encoding="utf-8")
    assert counted == arabic.count("# native speaker: please review")
    assert len(lines) == len(heads) + counted


def test_our_own_catalogues_have_nothing_missing_fuzzy_or_stale():
    assert [str(p) for p in problems(settings.BASE_DIR, settings.LOCALE_PATHS[0])] == []
