"""An archive holds a whole site: exported, restored and exported again it is the same."""

import pytest

from cms.lifecycle.archive.exporting import export_site
from cms.lifecycle.archive.reader import opened
from cms.lifecycle.archive.restoring import Place, restore_site
from cms.pages.models import Page
from tests.lifecycle.factories import members

pytestmark = pytest.mark.django_db


def restored(path, code="fr2", hostname="fr2.localhost"):
    with opened(path) as archive:
        return restore_site(archive, Place(code=code, hostname=hostname, port=80))


def test_a_restored_site_makes_the_same_archive(archived, tmp_path):
    profile, path = archived
    Page._base_manager.get(pk=profile.site.root_page_id).delete()
    back = restored(path, code="fra", hostname="elsewhere.localhost")
    again = tmp_path / "again.zip"
    export_site(back.profile, again)
    before, after = members(path), members(again)
    assert sorted(before) == sorted(after)
    assert [name for name in before if before[name] != after[name]] == []
