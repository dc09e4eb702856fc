"""The project's own Python files, as trees."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def pyproject() -> dict:
    """The parsed pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def root_packages() -> list[str]:
    """The top-level packages that import-linter watches."""
    return list(pyproject()["tool"]["importlinter"]["root_packages"])


def contract(identifier: str) -> dict:
    """One import-linter contract by its id."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    return next(found for found in contracts if found["id"] == identifier)


def python_files(*, packages: list[str]) -> Iterator[Path]:
    """Every Python file of the given top-level packages."""
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def syntax_tree(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_modules(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and absolute name of every module imported anywhere in the tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module
