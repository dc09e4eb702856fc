"""Making .venv from the lock: once, afresh after an interruption, again after a change."""

import importlib.util
import subprocess
import sys

import pytest

from tests.house.source_tree import ROOT


@pytest.fixture
def bootstrap(monkeypatch):
    spec = importlib.util.spec_from_file_location(
        "bootstrap", ROOT / "requirements" / "bootstrap.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.steps = []

    def create(venv):
        module.steps.append("create")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
        # Enough of a pip for the folder to count as whole.
        site = next((venv / "lib").glob("python*")) / "site-packages"
        (site / "pip.py").write_text("")

    real_run = subprocess.run

    def run(command, **options):
        if "install" in command:
            module.steps.append(f"install {command[-1].stem}")
            assert "--require-hashes" in command
            if module.fail_installing:
                raise subprocess.CalledProcessError(1, command)
            return None
        return real_run(command, **options)

    module.fail_installing = False
    monkeypatch.setattr(module, "create", create)
    monkeypatch.setattr(module.subprocess, "run", run)
    return module


def test_a_lock_is_installed_once(bootstrap, tmp_path):
    assert bootstrap.ensure("product", venv=tmp_path / "venv") is True
    assert bootstrap.ensure("product", venv=tmp_path / "venv") is False
    assert bootstrap.steps == ["create", "install product"]


def test_the_development_lock_serves_the_product_too(bootstrap, tmp_path):
    bootstrap.ensure("dev", venv=tmp_path / "venv")
    assert bootstrap.ensure("product", venv=tmp_path / "venv") is False


def test_development_tools_are_added_to_the_product(bootstrap, tmp_path):
    bootstrap.ensure("product", venv=tmp_path / "venv")
    bootstrap.ensure("dev", venv=tmp_path / "venv")
    assert bootstrap.steps == ["create", "install product", "install dev"]


def test_an_interrupted_installation_starts_afresh(bootstrap, tmp_path):
    bootstrap.fail_installing = True
    with pytest.raises(subprocess.CalledProcessError):
        bootstrap.ensure("product", venv=tmp_path / "venv")
    bootstrap.fail_installing = False
    assert bootstrap.ensure("product", venv=tmp_path / "venv") is True
    assert bootstrap.steps == ["create", "install product", "create", "install product"]
    assert bootstrap.ensure("product", venv=tmp_path / "venv") is False


def test_a_half_made_folder_is_made_anew(bootstrap, tmp_path):
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "venv" / "bin" / "python").chmod(0o755)
    bootstrap.ensure("product", venv=tmp_path / "venv")
    assert bootstrap.steps == ["create", "install product"]


def test_a_changed_lock_is_installed_again(bootstrap, tmp_path, monkeypatch):
    bootstrap.ensure("product", venv=tmp_path / "venv")
    monkeypatch.setattr(bootstrap, "lock_digest", lambda name: f"changed-{name}")
    assert bootstrap.ensure("product", venv=tmp_path / "venv") is True
    assert bootstrap.steps == ["create", "install product", "install product"]


def test_a_python_without_venv_is_told_the_one_command_that_mends_it(tmp_path):
    code = (
        "import sys; sys.modules['ensurepip'] = None\n"
        "import bootstrap, pathlib; bootstrap.create(pathlib.Path(sys.argv[1]) / 'venv')"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        cwd=ROOT / "requirements",
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "sudo apt-get install --yes python3-venv" in answer.stderr
    assert not (tmp_path / "venv").exists()
