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


#: What a shell says of a program that Ctrl-C ended: 128 and the signal's number.
INTERRUPTED = 130

if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)  # also while Django is still being set up; no traceback for a wish
