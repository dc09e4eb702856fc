"""Importing missions: the whole file or nothing, and every bad row by line and reason."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from cms.languages import codes
from cms.missions.models import Mission, RegionalGroup
from cms.missions.services import ImportRefused, import_missions, read_csv, reference_rows
from cms.missions.services.importing import COLUMNS
from cms.pages.models import SiteProfile

from .factories import MissionFactory, site_of

pytestmark = pytest.mark.django_db

FRANCE = {
    "code": "FRA",
    "iso2": "FR",
    "status": "member",
    "regional_group": "WEOG",
    "admitted": "1945-10-24",
    "short_name_fr": "France",
    "title_fr": "Mission permanente de la France",
}
EGYPT = FRANCE | {
    "code": "EGY",
    "iso2": "EG",
    "regional_group": "AFR",
    "short_name_ar": "مصر",
    "title_ar": "البعثة الدائمة لمصر",
}


def table(*rows, columns=COLUMNS):
    """A CSV file of these rows, as bytes."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def refused(content):
    """The errors of a file, as text; nothing may be left of it."""
    with pytest.raises(ImportRefused) as caught:
        import_missions(read_csv(content))
    assert not Mission.objects.exists()
    return [str(error) for error in caught.value.errors]


def test_all_195_states_that_the_project_ships_are_loaded():
    result = import_missions(reference_rows())
    assert (result.created, result.updated, result.unchanged) == (195, 0, 0)
    assert Mission.objects.filter(status="observer").count() == 2
    by_group = {
        group.code: group.missions.count() for group in RegionalGroup.objects.order_by("code")
    }
    assert by_group == {"AFR": 54, "APG": 54, "EEG": 23, "GRULAC": 33, "WEOG": 29}
    france = Mission.objects.get(code="FRA")
    for code in codes.CODES:
        with codes.override(code):
            assert str(france) == getattr(france, f"short_name_{code}") != ""
    assert france.source_language == "fr"
    assert Mission.objects.get(code="CHN").source_language == "zh"
    assert Mission.objects.get(code="JPN").source_language == "en"


def test_a_second_import_changes_only_what_differs():
    import_missions(read_csv(table(FRANCE, EGYPT)))
    renamed = EGYPT | {"short_name_ar": "جمهورية مصر"}
    result = import_missions(read_csv(table(FRANCE, renamed)))
    assert (result.created, result.updated, result.unchanged) == (0, 1, 1)
    assert Mission.objects.get(code="EGY").short_name_ar == "جمهورية مصر"


def test_a_mission_with_a_site_keeps_it_through_an_import(states):
    site_of("FRA")
    import_missions(reference_rows())
    assert Mission.objects.get(code="FRA").profile.code == "fra"


def test_every_bad_row_is_named_and_nothing_is_loaded():
    errors = refused(
        table(
            FRANCE,
            EGYPT | {"regional_group": "NATO"},
            FRANCE,
            EGYPT | {"code": "ESP", "iso2": "ES", "admitted": "24/10/1945"},
            EGYPT | {"code": "RUS", "iso2": "RU", "title_fr": "", "title_ar": ""},
            EGYPT | {"code": "Chine", "iso2": "CN"},
            EGYPT | {"code": "GBR", "iso2": "FR"},
            EGYPT | {"code": "SEN", "iso2": "SN", "status": "friend"},
        )
    )
    assert [error.split(":")[0] for error in errors] == [f"line {n}" for n in (3, 4, 5, 6, 7, 8, 9)]
    reasons = "\n".join(errors)
    for words in (
        "the regional group NATO is none of AFR, APG, EEG, GRULAC, WEOG",
        "the code FRA stands in line 2 already",
        "the date 24/10/1945 is not of the form 1945-10-24",
        "title is missing",
        "code: Three capital letters",
        "the two-letter code FR is FRA's",
        "the status friend is none of member, observer",
    ):
        assert words in reasons


def test_lines_are_counted_through_quoted_line_breaks():
    broken = EGYPT | {"capital": "القاهرة\nCairo"}
    errors = refused(table(broken, FRANCE | {"regional_group": "X"}))
    assert errors[0].startswith("line 4:")


def test_wrong_columns_are_named():
    columns = [name for name in COLUMNS if name not in ("code", "title_zh")]
    errors = refused(table(columns=[*columns, "colour"]))
    assert errors == [
        "line 1: unknown columns: colour",
        "line 1: missing columns: code, title_zh",
    ]


def test_a_row_with_too_few_values_is_named():
    content = table(FRANCE) + b"EGY,EG\r\n"
    assert refused(content) == [f"line 3: 2 values for {len(COLUMNS)} columns"]


def test_a_file_that_is_not_utf_8_is_refused_with_its_line():
    content = table(FRANCE) + "Égypte".encode("latin-1")
    assert refused(content) == ["line 3: the file is not UTF-8: save it again as “CSV UTF-8”"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"\r\n", "the file is empty"),
        (table(), "the file has a header and no rows"),
        (
            b"code;iso2;status\r\nFRA;FR;member\r\n",
            "line 1: the columns must be separated by commas",
        ),
        (table(FRANCE) + b'"EGY', "line 3: this is not well-formed CSV"),
    ],
)
def test_a_file_without_a_table_is_refused(content, reason):
    (error,) = refused(content)
    assert error.startswith(reason)


def test_a_byte_order_mark_is_no_error():
    rows = read_csv(b"\xef\xbb\xbf" + table(FRANCE))
    assert rows[0][1]["code"] == "FRA"


def test_new_names_reach_every_site():
    MissionFactory(code="EGY", iso2="EG")
    site_of("FRA")
    before = SiteProfile.objects.get(code="fra").version
    import_missions(read_csv(table(EGYPT)))
    assert SiteProfile.objects.get(code="fra").version > before


def test_the_command_loads_a_file_and_says_what_it_did(tmp_path, capsys):
    path = tmp_path / "states.csv"
    path.write_bytes(table(FRANCE, EGYPT))
    call_command("import_missions", str(path))
    assert "2 missions made, 0 changed, 0 as they were." in capsys.readouterr().out


def test_the_command_names_the_file_that_it_refuses(tmp_path):
    path = tmp_path / "states.csv"
    path.write_bytes(table(FRANCE, FRANCE))
    with pytest.raises(CommandError, match=r"states\.csv: Nothing was imported.*\n.*line 3"):
        call_command("import_missions", str(path))
    with pytest.raises(CommandError, match=r"can't be read: No such file"):
        call_command("import_missions", str(tmp_path / "none.csv"))
    assert not Mission.objects.exists()
