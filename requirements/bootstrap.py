"""Make `.venv` from a hash-locked requirements file, once for each state of that file.

    python3.11 requirements/bootstrap.py product     # what the platform imports
    python3.11 requirements/bootstrap.py dev         # and what tests and checks need

Needs Python 3.11 or later and nothing else. A finished installation leaves a stamp named after
the lock's digest; an interrupted one leaves a mark, and the next run starts from an empty folder.
Two runs at once wait for each other.
"""

import fcntl
import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"product": ("product",), "dev": ("dev", "product")}  # dev holds all of product's pins


def lock_digest(name: str) -> str:
    """Digest of one lock and of the Python it is installed for."""
    content = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return hashlib.sha256(content + platform.python_version().encode()).hexdigest()[:16]


def stamp_path(venv: Path, name: str) -> Path:
    """The file that says: this lock, in this state, is installed here."""
    return venv / f".installed-{name}-{lock_digest(name)}"


def is_usable(venv: Path) -> bool:
    """Whether the folder is a whole virtual environment of this Python's version."""
    python = venv / "bin" / "python"
    if (venv / ".installing").exists() or not python.exists():
        return False
    version = "import pip, platform; print(platform.python_version())"
    answer = subprocess.run([python, "-c", version], capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == platform.python_version()


def create(venv: Path) -> None:
    """Make an empty virtual environment, or say which package of the system is missing."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        sys.exit(
            "This Python can't make virtual environments: Debian keeps that part in a package of "
            "its own.\nInstall it, then run the same command again:\n\n"
            "    sudo apt-get install --yes python3-venv\n"
        )
    shutil.rmtree(venv, ignore_errors=True)
    print(f"Making {venv.name} with Python {platform.python_version()}", flush=True)
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)


def install(venv: Path, name: str, *, lock_file: int) -> None:
    """Install exactly what the lock names, checking every hash.

    pip inherits `lock_file`: should we be killed, nobody starts over while it still writes.
    """
    mark = venv / ".installing"
    mark.touch()
    print(f"Installing requirements/{name}.txt (a minute or two, once)", flush=True)
    # fmt: off
    subprocess.run(
        [
            venv / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-input",
            "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:",
            "-r", ROOT / "requirements" / f"{name}.txt",
        ],
        check=True,
        pass_fds=(lock_file,),
    )
    # fmt: on
    for old in venv.glob(".installed-*"):
        old.unlink()
    for held in LOCKS[name]:
        stamp_path(venv, held).touch()
    mark.unlink()


def ensure(name: str, *, venv: Path = ROOT / ".venv") -> bool:
    """Bring `venv` to the state of the lock; say whether anything had to be done."""
    if stamp_path(venv, name).exists() and not (venv / ".installing").exists():
        return False
    with (venv.parent / f"{venv.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_usable(venv):
            create(venv)
        elif stamp_path(venv, name).exists():
            return False
        install(venv, name, lock_file=lock.fileno())
    return True


def main() -> None:
    """Check the Python, then install the lock named on the command line."""
    if sys.version_info < (3, 11):
        sys.exit(
            f"Python 3.11 or later is needed; this is {platform.python_version()}. "
            "Name another one: make PYTHON=/path/to/python3.11 run"
        )
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit(f"usage: bootstrap.py {'|'.join(LOCKS)}")
    try:
        ensure(sys.argv[1])
    except subprocess.CalledProcessError as error:
        sys.exit(f"Installing failed (see above); the next run starts afresh. {error}")
    except KeyboardInterrupt:
        sys.exit("\nInterrupted; the next run starts afresh.")


if __name__ == "__main__":
    main()
