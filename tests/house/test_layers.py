"""Every package has its layer, its charter, and no way around them."""

import ast
import re
import subprocess
import sys

import pytest

from tests.house.source_tree import (
    ROOT,
    contract,
    imported_modules,
    python_files,
    root_packages,
    syntax_tree,
)

NOT_ROOMS = {"requirements", "tests"}  # a program beside its lists; tests may import everything
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def layer_members(identifier: str) -> set[str]:
    """The packages named in a layers contract."""
    return {
        name.strip().strip("()")
        for layer in contract(identifier)["layers"]
        for name in re.split(r"[|:]", layer)
    }


def packages_in(folder) -> set[str]:
    """Names of the folders that hold Python files of their own or of theirs."""
    return {
        child.name
        for child in folder.iterdir()
        if child.is_dir() and child.name.isidentifier() and any(child.rglob("*.py"))
    } - {"var", "node_modules"}


def test_every_top_level_package_is_declared_to_import_linter():
    assert packages_in(ROOT) - NOT_ROOMS == set(root_packages())


def test_every_top_level_package_has_its_layer():
    tops = {name.split(".")[0] for name in layer_members("layers")}
    assert tops == set(root_packages())


def test_every_package_of_cms_has_its_layer_in_both_contracts():
    expected = packages_in(ROOT / "cms")
    assert layer_members("cms-is-declared") == expected
    inside_cms = {
        name.removeprefix("cms.") for name in layer_members("layers") if name.startswith("cms.")
    }
    assert inside_cms == expected


@pytest.mark.parametrize("package", root_packages())
def test_a_package_says_in_its_init_what_it_owns(package):
    folders = [ROOT / package, *(p for p in (ROOT / package).rglob("*") if p.is_dir())]
    silent = [
        str(folder.relative_to(ROOT))
        for folder in folders
        if (folder / "__init__.py").exists()
        and folder.name not in {"migrations", "management", "commands", "templatetags"}
        and not ast.get_docstring(syntax_tree(folder / "__init__.py"))
    ]
    assert silent == [], f"Write a charter (what it owns, what it does not know): {silent}"


def test_no_folder_of_python_files_lacks_its_init():
    bare = {
        str(path.parent.relative_to(ROOT))
        for path in python_files(packages=root_packages())
        if not (path.parent / "__init__.py").exists()
    }
    assert bare == set(), f"import-linter does not see folders without __init__.py: {bare}"


def test_no_module_has_a_name_that_says_nothing():
    vague = [
        str(path.relative_to(ROOT))
        for path in python_files(packages=root_packages())
        if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES
    ]
    assert vague == []


def test_no_room_imports_the_tests():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in python_files(packages=root_packages())
        for line, module in imported_modules(syntax_tree(path))
        if module.split(".")[0] == "tests"
    ]
    assert found == []


def test_the_contracts_are_kept():
    linter = subprocess.run(
        [f"{sys.prefix}/bin/lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linter.returncode == 0, linter.stdout + linter.stderr
