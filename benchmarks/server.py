"""A granian server with one worker process, and the processor time that the worker has used."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class ServerFailed(Exception):
    """The server did not start."""


class Server:
    """`with Server(target=…, folder=…, environment=…) as server:` serves on `server.port`.

    Everything is measured under this one server: same program, same options, one worker.
    """

    def __init__(self, *, target: str, folder: Path, environment: dict[str, str]) -> None:
        self.port = _free_port()
        self._target = target
        self._folder = folder
        self._environment = environment
        self._log = folder / f"{target.partition(':')[0]}.log"

    def __enter__(self) -> "Server":
        # fmt: off
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws",
            "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1",
            "--blocking-threads", "1", "--backpressure", "16", "--log-level", "warning",
            self._target,
        ]
        # fmt: on
        self._log_file = self._log.open("wb")
        self._process = subprocess.Popen(
            command,
            cwd=self._folder,
            env=self._environment,
            stdout=self._log_file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait_until_it_answers()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, 9)
            self._process.wait()
        self._log_file.close()

    def cpu_seconds(self) -> float:
        """User and system time of the worker processes, all threads, since they started.

        Read from the kernel (proc(5), fields utime and stime), in steps of a clock tick.
        """
        total = 0
        for pid in self._worker_pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / _TICKS_PER_SECOND

    def log(self) -> str:
        """The last lines that the server wrote."""
        return self._log.read_text(errors="replace")[-3000:]

    def _worker_pids(self) -> list[int]:
        main = self._process.pid
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [int(pid) for pid in children if b"granian" in _command_line(pid)]

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request("GET", "/static/none", headers={"Host": "localhost"})
                connection.getresponse().read()
                return
            except (ConnectionError, http.client.HTTPException):
                time.sleep(0.1)
            finally:
                connection.close()
        raise ServerFailed(f"{self._target} did not start:\n{self.log()}")


def _command_line(pid: str) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
