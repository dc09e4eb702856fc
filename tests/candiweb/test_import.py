"""Candidatures from a table: all rows or none, every bad one named."""

import pytest
from django.core.management import CommandError, call_command

from cms.candiweb.models import Candidature
from cms.candiweb.services import ImportRefused, import_candidatures, read_candidatures

from .factories import BodyFactory, ElectionFactory

pytestmark = pytest.mark.django_db

HEADER = "election,state,nominee,regional_group,announced_on,note_reference,note_date\n"
GOOD = HEADER + (
    "council,EGY,,AFR,2024-01-10,NV/1,2024-01-11\n"
    "council,fra,,WEOG,2024-01-10,,\n"
    "commission,CHN,李明 “Ming”,APG,2024-01-10,NV/2,2024-01-12\n"
)


@pytest.fixture(autouse=True)
def elections(db):
    ElectionFactory(slug="council")
    ElectionFactory(
        slug="commission", body=BodyFactory(of_persons=True), seats=[(["APG"], 1), (["AFR"], 1)]
    )


def test_rows_become_candidatures_with_their_seats(elections):
    assert import_candidatures(read_candidatures(GOOD.encode("utf-8-sig"))) == (3, 0)
    egypt = Candidature.objects.get(state="EGY")
    assert (egypt.status, egypt.allocation.groups) == ("submitted", ["AFR", "APG"])
    assert Candidature.objects.get(state="FRA").status == "announced"
    assert Candidature.objects.get(state="CHN").nominee == "李明 “Ming”"


def test_what_stands_already_is_left_as_it_is(elections):
    rows = [row for row in read_candidatures(GOOD.encode()) if row[1]["note_reference"]]
    assert import_candidatures(rows) == (2, 0)
    assert import_candidatures(rows) == (0, 2)
    assert Candidature.objects.count() == 2


def test_every_bad_row_is_named_and_nothing_is_imported(elections):
    bad = GOOD + (
        "nowhere,EGY,,AFR,2024-01-10,,\n"
        "council,Kenya,,AFR,2024-01-10,,\n"
        "council,KEN,,AFR,10/01/2024,,\n"
        "council,EGY,,AFR,2024-01-10,,\n"
        "commission,KEN,,AFR,2024-01-10,,\n"
        "council,GHA,,AFR,2024-01-10,NV/9,2023-01-10\n"
        "council,NOR,,XYZ,2024-01-10,,\n"
    )
    with pytest.raises(ImportRefused) as refused:
        import_candidatures(read_candidatures(bad.encode()))
    assert [error.line for error in refused.value.errors] == [5, 6, 7, 8, 9, 10, 11]
    message = str(refused.value)
    for reason in ("no election nowhere", "ISO code", "write a date", "stands in", "name one"):
        assert reason in message
    assert not Candidature.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "missing column: election"),
        (HEADER.encode(), "no rows"),
        (b"election,state,announced_on,colour\n", "unknown column: colour"),
        (HEADER.encode() + b"council,EGY\n", "line 2: the row does not have 7 values"),
        (HEADER.encode() + b"council,\xff,,,,,\n", "line 2: the file is not UTF-8"),
        (HEADER.encode() + b'council,"EGY\n', "not well-formed"),
    ],
)
def test_a_broken_file_is_refused_with_the_reason(content, reason):
    with pytest.raises(ImportRefused, match=reason):
        read_candidatures(content)


def test_the_command_names_the_file_and_the_rows(tmp_path, capsys):
    path = tmp_path / "candidatures.csv"
    path.write_text(GOOD.replace("EGY", "EG"), encoding="utf-8")
    with pytest.raises(CommandError, match="line 2"):
        call_command("import_candidatures", str(path))
    path.write_text(GOOD, encoding="utf-8")
    call_command("import_candidatures", str(path))
    assert "3 candidatures made, 0 as they were." in capsys.readouterr().out
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_candidatures", str(tmp_path / "missing.csv"))
