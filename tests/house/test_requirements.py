"""The locks are whole, pinned, hashed, and name nobody's address."""

import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.house.source_tree import (
    ROOT,
    imported_modules,
    pyproject,
    python_files,
    root_packages,
    syntax_tree,
)

LOCKS = ["product", "dev"]


def normalised(name: str) -> str:
    """A distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named_in(lines: list[str]) -> set[str]:
    """The distributions named at the start of requirement lines."""
    found = (re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", line) for line in lines)
    return {normalised(match[0]) for match in found if match}


def requirement_lines(file: str) -> list[str]:
    """The lines of a file in requirements/ that name a distribution."""
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text)
    entries = [entry for entry in entries if re.match(r"[A-Za-z0-9]", entry)]
    assert len(entries) > 40
    loose = [
        entry.split()[0]
        for entry in entries
        if not re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", entry)
        or "--hash=sha256:" not in entry
    ]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_place(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|--index-url|--extra-index-url|--find-links|file:| /", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_its_source_names(lock):
    assert named_in(requirement_lines(f"{lock}.in")) <= named_in(requirement_lines(f"{lock}.txt"))


def test_the_development_lock_holds_the_product_lock_unchanged():
    product = set(requirement_lines("product.txt"))
    assert product <= set(requirement_lines("dev.txt"))


def test_the_project_declares_what_the_product_installs():
    declared = named_in(pyproject()["project"]["dependencies"])
    assert declared <= named_in(requirement_lines("product.in"))


def test_everything_that_is_imported_is_required_by_name():
    own = {*root_packages(), "tests"}
    distributions = packages_distributions()
    required = named_in(requirement_lines("product.in"))
    unnamed = {}
    for path in python_files(packages=root_packages()):
        for line, module in imported_modules(syntax_tree(path)):
            top = module.split(".")[0]
            if top in own or top in sys.stdlib_module_names:
                continue
            owners = {normalised(name) for name in distributions.get(top, [])}
            if not owners & required and "factories" not in path.stem:
                unnamed[f"{path.relative_to(ROOT)}:{line}"] = top
    assert unnamed == {}, f"Add them to requirements/product.in and run `make lock`: {unnamed}"
