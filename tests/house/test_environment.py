"""Only the settings read the environment."""

import ast

import pytest

from tests.house.source_tree import ROOT, imported_modules, python_files, root_packages, syntax_tree

SETTINGS = ROOT / "missions_site" / "settings"
READERS = {"environ", "environb", "getenv", "getenvb"}


def environment_reads(tree: ast.AST) -> list[int]:
    """Lines that read the environment, directly or through a library made for it.

    `os.environ.setdefault("DJANGO_SETTINGS_MODULE", …)` writes where settings are to be found;
    Django's entry points do that by convention.
    """
    allowed = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "setdefault"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value == "DJANGO_SETTINGS_MODULE"
    }
    lines = [line for line, name in imported_modules(tree) if name.split(".")[0] == "environ"]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            lines += [node.lineno for alias in node.names if alias.name in READERS]
        if (
            isinstance(node, ast.Attribute)
            and node.attr in READERS
            and isinstance(node.value, ast.Name)
            and node.value.id == "os"
            and id(node) not in allowed
        ):
            lines.append(node.lineno)
    return lines


def test_nothing_but_the_settings_reads_the_environment():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in python_files(packages=root_packages())
        if not path.is_relative_to(SETTINGS)
        for line in environment_reads(syntax_tree(path))
    ]
    assert found == [], f"Read a setting instead of the environment: {found}"


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['A']",
        "import os\nos.environ.get('A')",
        "import os\nos.getenv('A')",
        "from os import environ",
        "from os import getenv",
        "import environ",
        "from environ import Env",
        "import os\nos.environ.setdefault('DATA_DIR', 'x')",
    ],
)
def test_every_way_to_read_the_environment_is_noticed(source):
    assert environment_reads(ast.parse(source))


def test_naming_the_settings_module_is_not_reading_the_environment():
    source = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'x')"
    assert environment_reads(ast.parse(source)) == []
