"""`manage.py run_worker`: background jobs, the search indexer and chores in one process."""

import logging
import os
import signal
import sys
import threading
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker

from missions_site.runner import chores
from search.indexer import watch
from search.services import engine

logger = logging.getLogger(__name__)

_JOIN_SECONDS = 3.0  # below the supervisor's patience


class Command(BaseCommand):
    """Jobs in the main thread, indexing in a second one, what is done by the clock in a third;
    SIGTERM and Ctrl-C stop all."""

    help = "Run background jobs and keep the search index up to date until stopped."
    requires_system_checks: list[str] = []  # one line of log for each fault, not one a process

    def handle(self, **options) -> None:
        """Run until a signal; exit non-zero if the indexer fails, so that the fault is seen."""
        stop = threading.Event()
        failures: list[BaseException] = []
        indexer = threading.Thread(target=_index, args=(stop, failures), name="indexer")
        indexer.start()
        # A chore may be long (a site's deletion): the process does not wait for its end, and the
        # next start takes it up again.
        threading.Thread(target=chores.keep, args=(stop,), name="chores", daemon=True).start()
        try:
            self._run_jobs(stop)
        except SystemExit:
            pass  # the jobs' worker leaves this way when a signal finds it idle
        finally:
            stop.set()
            indexer.join(timeout=_JOIN_SECONDS)
        if failures:
            raise failures[0]

    def _run_jobs(self, stop: threading.Event) -> None:
        """Run jobs from the database, if they are kept there; otherwise only wait for a signal."""
        if not isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend):
            for signum in (signal.SIGINT, signal.SIGTERM):
                signal.signal(signum, lambda *_: stop.set())
            stop.wait()
            return
        worker = _JobWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0.5,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        worker.run()


class _JobWorker(Worker):
    """The library's worker, stopping without advice for a terminal that nobody types in."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Finish the job at hand, if there is one; a second signal does not wait for it."""
        if not self.running or not self.running_task:
            sys.exit(0)
        self.running = False


def _index(stop: threading.Event, failures: list[BaseException]) -> None:
    """Keep the index up to date; a failure ends the whole process."""
    try:
        watch(engine(), stop)
    except Exception as error:
        logger.exception("The search indexer failed")
        failures.append(error)
        os.kill(os.getpid(), signal.SIGTERM)
        raise
    finally:
        connections.close_all()
