#!/usr/bin/env python3
"""Django's command line. `make help` lists the everyday commands; most people need no others."""

import os
import sys


def main() -> None:
    """Run one management command under the development settings unless told otherwise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "missions_site.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            f"{error}. Run this with the project's own Python: `make run` makes .venv, "
            "then use .venv/bin/python manage.py …"
        ) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
