"""Production does not start on what is only good enough for a demo, and says what to do."""

import os
import secrets
import subprocess
import sys

import pytest

from tests.house.source_tree import ROOT

SOUND = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": ".missions.example",
    "ADMIN_URL": "https://www.missions.example",
    "DATABASE_URL": "postgres://nobody@localhost/nothing",
}


def start_production(**variables):
    """Import the production settings in a process of their own, under exactly these variables."""
    environment = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    environment |= SOUND | variables
    return subprocess.run(
        [sys.executable, "-c", "import missions_site.settings.production"],
        cwd=ROOT,
        env={key: value for key, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_on_sound_settings():
    answer = start_production()
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("variables", "advice"),
    [
        ({"SECRET_KEY": None}, "set it to 50 random characters"),
        ({"SECRET_KEY": "short"}, "set it to 50 random characters"),
        ({"SECRET_KEY": "demo-only-" + "x" * 60}, "set it to 50 random characters"),
        ({"DEBUG": "true"}, "unset the variable DEBUG"),
        ({"DEMO": "true"}, "unset DEMO"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name your domains"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name your domains"),
    ],
    ids=str,
)
def test_production_refuses_and_names_the_fix(variables, advice):
    answer = start_production(**variables)
    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr
    assert advice in answer.stderr


def test_the_key_of_the_demo_is_refused():
    demo = subprocess.run(
        [sys.executable, "-c", "import missions_site.settings.dev as s; print(s.SECRET_KEY)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "SECRET_KEY" in start_production(SECRET_KEY=demo.stdout.strip()).stderr
