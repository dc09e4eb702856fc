"""What is tried in full in the gate, and by a smaller example at every other run.

`THOROUGH=1 make test` asks every address as every role, counts queries over 200 missions, walks
longer: the same tests, on more of what they are about.
"""

import os
from typing import TypeVar

T = TypeVar("T")

THOROUGH = os.environ.get("THOROUGH") == "1"


def in_full(full: T, *, every_day: T) -> T:
    """The one or the other."""
    return full if THOROUGH else every_day
