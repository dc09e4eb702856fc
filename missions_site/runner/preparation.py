"""What a data folder needs before it can be served. Every step may be interrupted and repeated."""

import fcntl
import hashlib
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NoReturn

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command


class PortTaken(Exception):
    """Another program listens where we should."""


class DataFolderInUse(Exception):
    """Another run of the platform writes to the same data folder."""


def check_port_is_free(*, host: str, port: int) -> None:
    """Raise `PortTaken`, with the way out, unless `host:port` can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError as error:
            raise PortTaken(
                f"Port {port} needs more rights than you have. "
                f"Choose one above 1023: make run PORT=8000"
            ) from error
        except OSError as error:
            raise PortTaken(
                f"Port {port} on {host} is taken by another program. "
                f"Stop that one, or choose another port: make run PORT={port + 1}"
            ) from error


def hold_data_folder(folder: Path) -> IO[str]:
    """Make `folder` ours until the returned file is closed, or raise `DataFolderInUse`."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / ".running").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise DataFolderInUse(
            f"The platform already runs on {folder}. Stop that one, or give this one a folder "
            f"of its own: make run PORT=8001 DATA_DIR=./var2"
        ) from error
    return lock


@contextmanager
def insistent_interrupt(*, every: float = 1.0) -> Iterator[None]:
    """Let Ctrl-C end what runs inside, wherever it lands; in the main thread.

    Python drops an exception that is raised in a finalizer (`weakref`, `__del__`), and migrating
    runs thousands of those. So a `KeyboardInterrupt` is raised again `every` second until one
    gets out, and those that are dropped are not told of.
    """
    tell = sys.unraisablehook

    def tell_of_others(dropped: "sys.UnraisableHookArgs") -> None:
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            tell(dropped)

    def interrupt(signum: int, frame: object) -> NoReturn:
        signal.setitimer(signal.ITIMER_REAL, every)
        raise KeyboardInterrupt

    before = {
        number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGALRM)
    }
    sys.unraisablehook = tell_of_others
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = tell
        for number, handler in before.items():
            signal.signal(number, handler)


def collect_static_if_changed() -> bool:
    """Run collectstatic if the sources differ from those collected last; say whether it ran."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.parent / ".static-collected"
    fingerprint = _static_fingerprint()
    if root.is_dir() and stamp.is_file() and stamp.read_text() == fingerprint:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)
    return True


def _static_fingerprint() -> str:
    """A digest of every static file's name, size and time of change, and of the storage used."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda item: item[0]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
