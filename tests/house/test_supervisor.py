"""One log, one stop, nothing left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from tests.house.source_tree import ROOT

# A program like a server: its worker goes on when the first process is killed.
SERVER = """
import subprocess, sys, time
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
print("serving with worker", worker.pid, flush=True)
time.sleep(120)
"""


@pytest.fixture
def supervise():
    """Start a supervisor of the given programs in a session of its own; end it afterwards."""
    running = []

    def start(**programs):
        code = textwrap.dedent(
            f"""
            import sys
            from missions_site.runner.supervisor import Supervisor
            supervisor = Supervisor()
            for name, code in {programs!r}.items():
                supervisor.add_process(name, [sys.executable, "-c", code])
            supervisor.loop()
            sys.exit(0 if supervisor.stopped_on_request else 1)
            """
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def read_until(process, text):
    """Lines of the common log up to and with the one that contains `text`."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            return lines
    raise AssertionError(f"{text!r} never came: {lines}")


def pid_at_end_of(line):
    """The process id that a line ends with."""
    return int(line.split()[-1].strip("()").removeprefix("pid="))


def is_alive(pid):
    """Whether a process runs (a zombie does not)."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_dead(*pids, seconds=10):
    """Wait, at most so long, for all processes to be gone; return those that are not."""
    deadline = time.monotonic() + seconds
    while (left := [pid for pid in pids if is_alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def started_pids(process):
    """Pid of the server and of its worker, once both run."""
    lines = read_until(process, "serving with worker")
    server = next(line for line in lines if "started" in line)
    return pid_at_end_of(server), pid_at_end_of(lines[-1])


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_whole_group_stops_everything_without_a_traceback(supervise, signum):
    process = supervise(web=SERVER)
    pids = started_pids(process)
    os.killpg(process.pid, signum)
    rest, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in rest
    assert wait_until_dead(*pids) == []


def test_the_end_of_one_program_stops_the_others_and_is_a_failure(supervise):
    process = supervise(web=SERVER, worker="import time; time.sleep(1); raise SystemExit(3)")
    pids = started_pids(process)
    process.communicate(timeout=20)
    assert process.returncode == 1
    assert wait_until_dead(*pids) == []


def test_a_program_that_ends_well_is_a_failure_too(supervise):
    process = supervise(web=SERVER, worker="import time; time.sleep(1)")
    process.communicate(timeout=20)
    assert process.returncode == 1


def test_a_killed_server_leaves_no_worker_behind(supervise):
    process = supervise(web=SERVER)
    server, worker = started_pids(process)
    os.kill(server, signal.SIGKILL)
    process.communicate(timeout=20)
    assert process.returncode == 1
    assert wait_until_dead(worker) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the leash is Linux's prctl")
def test_a_killed_supervisor_leaves_no_program_behind(supervise):
    process = supervise(web="import time; print('up', flush=True); time.sleep(120)")
    lines = read_until(process, "up")
    server = pid_at_end_of(next(line for line in lines if "started" in line))
    assert is_alive(server)
    os.kill(process.pid, signal.SIGKILL)
    assert wait_until_dead(server) == []


def test_lines_of_all_programs_come_with_their_names(supervise):
    process = supervise(web="import time; print('salut', flush=True); time.sleep(120)")
    lines = read_until(process, "salut")
    assert "web" in lines[-1]
    assert "|" in lines[-1]
