"""The program that reads one file: `python -m cms.library.extraction.reader pdf /path`.

Before it looks at the file it binds itself to so much memory and time, and to writing nothing but
its answer, a line of JSON: `{"text": …, "pages": …, "language": …}` or `{"fault": …}`. It knows no
settings and no database.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

#: Bytes of address space; a thick report takes a tenth.
MEMORY = 1536 * 1024 * 1024
#: Seconds of a processor.
TIME = 60
#: Bytes that may be written: the answer.
ANSWER = 8 * 1024 * 1024


def bind() -> None:
    """Take the limits on. They can't be loosened again."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, ANSWER),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    # The first says by its signal that it was time and not memory.
    resource.setrlimit(resource.RLIMIT_CPU, (TIME, TIME + 5))


def answer(file_format: str, path: Path) -> dict[str, object]:
    """What the file gave."""
    from .faults import Unreadable
    from .languages import language_of

    try:
        if file_format == "pdf":
            from .pdf import read
        elif file_format == "docx":
            from .word import read
        else:
            from .web import read
        text, pages = read(path)
        return {"text": text, "pages": pages, "language": language_of(text)}
    except Unreadable as unreadable:
        return {"fault": unreadable.fault}
    except MemoryError:
        return {"fault": "no_memory"}
    except RecursionError:
        return {"fault": "hostile"}


def main() -> None:
    bind()
    file_format, path = sys.argv[1:]
    json.dump(answer(file_format, Path(path)), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
