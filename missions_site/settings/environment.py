"""The environment for processes that we start ourselves."""

import os


def environment_with(**variables: str) -> dict[str, str]:
    """Our own environment with `variables` set in it."""
    return {**os.environ, **variables}


def is_set(name: str) -> bool:
    """Whether whoever started us set the variable `name` (to anything but nothing)."""
    return bool(os.environ.get(name))
