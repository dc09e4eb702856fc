"""`manage.py run_platform`: prepare a data folder, then serve the platform from it."""

import http.client
import os
import sys
import time
from argparse import ArgumentParser
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from cms.pages.refreshing import has_pages_without_languages
from cms.pages.sites import serve_on_port
from missions_site.runner.preparation import (
    DataFolderInUse,
    PortTaken,
    check_port_is_free,
    collect_static_if_changed,
    hold_data_folder,
    insistent_interrupt,
)
from missions_site.runner.supervisor import Supervisor
from missions_site.settings.environment import environment_with, is_set

_ACCESS_LOG = "%(status)d %(method)s %(path)s %(dt_ms).0f ms"


class Command(BaseCommand):
    """Prepare (catalogues, migrations, demo, static files), then supervise server and worker."""

    help = "Serve the whole platform on one machine: web server, jobs and indexing. Ctrl-C stops."
    requires_system_checks: list[str] = []  # migrate runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare where to listen, where to write and how many server processes to run."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--data-dir", help="folder for database, index and media (./var)")
        parser.add_argument("--workers", type=int, default=2, help="web server processes")
        parser.add_argument(
            "--prepare-only", action="store_true", help="make the data folder ready, then end"
        )

    def handle(self, **options) -> None:
        """Run until stopped. Exit status 0 after Ctrl-C or SIGTERM, 1 when a program failed."""
        self._settle_environment(data_dir=options["data_dir"], port=options["port"])
        try:
            if not options["prepare_only"]:
                check_port_is_free(host=options["host"], port=options["port"])
            with hold_data_folder(Path(settings.DATA_DIR)):
                with insistent_interrupt():
                    self._prepare(port=options["port"])
                if not options["prepare_only"]:
                    self._serve(options)
        except (PortTaken, DataFolderInUse) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            self.stdout.write("\nStopped. Nothing is broken: the next run goes on from here.")
            sys.exit(130)

    def _settle_environment(self, *, data_dir: str | None, port: int) -> None:
        """Start over with the variables that settings read, unless they are set already.

        Settings are read once, before a command sees its options.
        """
        wanted = {}
        if data_dir and Path(data_dir).resolve() != Path(settings.DATA_DIR):
            wanted["DATA_DIR"] = str(Path(data_dir).resolve())
        if not is_set("ADMIN_URL"):
            wanted["ADMIN_URL"] = f"http://localhost:{port}"
        if wanted:
            self.stdout.flush()
            os.execve(sys.executable, [sys.executable, *sys.argv], environment_with(**wanted))  # noqa: S606

    def _prepare(self, *, port: int) -> None:
        self._step("Catalogues of six languages")
        call_command("compile_catalogues", verbosity=0)
        self._step(f"Database ({connections['default'].vendor})")
        call_command("migrate", interactive=False, verbosity=0)
        if has_pages_without_languages():
            # A database from before each language had a life of its own.
            self._step("Languages of pages")
            call_command("refresh_page_languages", verbosity=0)
        self._step("Static files")
        collect_static_if_changed()
        if settings.DEMO:
            self._step("Demo")
            call_command("load_demo")
            serve_on_port(port)

    def _serve(self, options: dict) -> None:
        connections.close_all()  # the programs below are forked: none may inherit a connection
        host, port = options["host"], options["port"]
        supervisor = Supervisor(on_started=lambda: self._announce(host=host, port=port))
        environment = environment_with(PYTHONUNBUFFERED="1")
        supervisor.add_process("web", _server_command(options), env=environment)
        # Background work steps back for visitors, also while both are starting.
        worker = ["nice", "-n", "5", sys.executable, str(settings.BASE_DIR / "manage.py")]
        supervisor.add_process("worker", [*worker, "run_worker"], env=environment)
        supervisor.loop()
        if not supervisor.stopped_on_request:
            raise CommandError(
                "A program ended by itself, so everything was stopped; its last lines are above."
            )
        self.stdout.write("Stopped.")

    def _announce(self, *, host: str, port: int) -> None:
        """Wait for the server to answer, then print addresses and accounts."""
        if not _answers(host=host, port=port, seconds=60):
            return
        if settings.DEMO:
            from missions_site.demo.summary import print_summary

            print_summary(port=port)
            connections.close_all()
        self.stdout.write(f"Ready: http://localhost:{port}/  (Ctrl-C stops everything)")
        self.stdout.flush()

    def _step(self, name: str) -> None:
        self.stdout.write(f"• {name}")
        self.stdout.flush()


def _answers(*, host: str, port: int, seconds: int) -> bool:
    """Wait, at most so long, for the server's health check to answer; say whether it did."""
    reachable = "127.0.0.1" if host in ("0.0.0.0", "") else host  # noqa: S104
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection(reachable, port, timeout=seconds)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
    return False


def _server_command(options: dict) -> list[str]:
    """The production server, as the demo runs it: several processes, a few threads in each."""
    return [
        sys.executable, "-m", "granian",
        "--interface", "wsgi", "--http", "1", "--no-ws",
        "--host", options["host"], "--port", str(options["port"]),
        "--workers", str(options["workers"]), "--blocking-threads", "4", "--backpressure", "64",
        "--respawn-failed-workers", "--workers-kill-timeout", "3",
        "--access-log", "--access-log-fmt", _ACCESS_LOG,
        "missions_site.runner.served:application",
    ]  # fmt: skip
