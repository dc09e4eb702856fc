"""The commands that write and take in translation files."""

import pytest
from django.core.management import CommandError, call_command

from cms.pages.models import SiteProfile
from tests.languages.exchange_samples import problems_of
from tests.missions.factories import WATER, site_of
from tests.worlds import world

from .exchange_world import blocks, draft_of, page_in, somebody, translated

pytestmark = pytest.mark.django_db


@world
def page():
    site_of("FRA")
    made = page_in("fr")
    somebody("marie", "translator", SiteProfile.objects.get(code="fra"), "ar")
    return made


def told(capsys, *arguments, **options):
    call_command(*arguments, **options)
    return capsys.readouterr().out


def test_a_site_goes_out_and_comes_back(page, tmp_path, capsys):
    path = tmp_path / "fra.xlf"
    out = told(capsys, "translation_export", "fra", to="ar", file=str(path))
    assert str(path) in out
    assert problems_of(path.read_bytes()) == []
    path.write_bytes(translated(path.read_bytes(), "ar"))
    look = told(capsys, "translation_import", str(path), user="marie", look=True)
    assert f"fra/{page.pk}: 3 texts would be taken" in look
    assert draft_of(page).title_ar == ""
    told(capsys, "translation_import", str(path), user="marie")
    assert draft_of(page).title_ar == WATER["ar"]


def test_single_pages_go_out_as_po(page, tmp_path, capsys):
    path = tmp_path / "eau.po"
    told(capsys, "translation_export", "fra", to="ru", page=[page.pk], format="po", file=str(path))
    assert f'msgctxt "fra/{page.pk}#title"' in path.read_text()
    with pytest.raises(CommandError, match="exists already"):
        told(
            capsys,
            "translation_export",
            "fra",
            to="ru",
            page=[page.pk],
            format="po",
            file=str(path),
        )


def test_a_text_that_was_reported_is_taken_by_its_mark(page, tmp_path, capsys):
    path = tmp_path / "eau.xlf"
    told(capsys, "translation_export", "fra", to="ar", page=[page.pk], file=str(path))
    path.write_bytes(translated(path.read_bytes(), "ar"))
    draft = draft_of(page)
    draft.body_fr = blocks("fr", mark=" potable")
    draft.save_revision()
    out = told(capsys, "translation_import", str(path), user="marie")
    assert "The source has changed" in out
    mark = out.split("--take '")[1].split("'")[0]
    told(capsys, "translation_import", str(path), user="marie", take=[mark])
    assert len(draft_of(page).body_ar) == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("translation_export", "xyz"), "no site"),
        (("translation_import", "/nowhere.xlf"), "no file"),
    ],
)
def test_what_is_not_there_is_said(page, arguments, reason):
    options = {"to": "ar"} if "export" in arguments[0] else {"user": "marie"}
    with pytest.raises(CommandError, match=reason):
        call_command(*arguments, **options)


def test_a_refused_file_ends_the_command_with_line_and_reason(page, tmp_path):
    path = tmp_path / "eau.xlf"
    call_command("translation_export", "fra", to="es", page=[page.pk], file=str(path))
    path.write_bytes(translated(path.read_bytes(), "es"))
    with pytest.raises(CommandError, match=r"Line \d+: You may not write this page in Español"):
        call_command("translation_import", str(path), user="marie")
    with pytest.raises(CommandError, match="Nobody active"):
        call_command("translation_import", str(path), user="nobody")
