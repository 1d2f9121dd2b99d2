"""``serve``: gunicorn and the queue's consumer together, until stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli import output
from cli.batch import database
from cli.options import DatabaseUrl
from core.errors import UsageError
from queueing import create_tables, require_tables
from settings import Mode, Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
GRACE_SECONDS = 20


def register(cli: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    cli.command()(serve)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Serve the app and run its jobs: for this machine only, unless CLIENTELE_MODE is server."""
    mode = os.environ.get("CLIENTELE_MODE", Mode.LOCAL)
    settings = load_settings(mode=mode, host=host, port=port, database_url=database_url)
    if settings.mode is Mode.LOCAL and settings.host not in LOOPBACK:
        raise UsageError(
            f"Local mode has no sign-in and listens on this machine only, not on {settings.host}. "
            "To serve a network, set CLIENTELE_MODE=server and CLIENTELE_SECRET_KEY; make users."
        )
    if settings.mode is Mode.SERVER:
        settings.require_secret_key()
    settings.require_pseudonym_key()
    with database(settings):
        pass
    _require_queue(settings)
    code = _run_together(settings)
    if code:
        raise typer.Exit(code)


def _require_queue(settings: Settings) -> None:
    """Refuse without the queue's tables; in a SQLite file of their own they are made."""
    if settings.queue_url.startswith("sqlite"):
        create_tables(settings)
    require_tables(settings)


def _run_together(settings: Settings) -> int:
    """Run web server and consumer as children; when one ends, end the other; return its code."""
    environment = {
        **os.environ,
        "CLIENTELE_MODE": settings.mode.value,
        "CLIENTELE_DATA_DIR": str(settings.data_dir),
        "CLIENTELE_DATABASE_URL": settings.database_url,
        "CLIENTELE_QUEUE_URL": settings.queue_url,
        "CLIENTELE_HOST": settings.host,
        "CLIENTELE_PORT": str(settings.port),
    }
    web = [sys.executable, "-m", "gunicorn", "wsgi:server", "--config", "gunicorn.conf.py"]
    jobs = [sys.executable, "worker.py"]
    children = [subprocess.Popen(command, cwd=ROOT, env=environment) for command in (web, jobs)]

    def stop(*_: object) -> None:
        for child in children:
            child.terminate()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    output.say(f"Clientele is at http://{settings.host}:{settings.port}  (Ctrl+C stops it)")
    ended = _first_to_end(children)
    stop()
    for child in children:
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
    code = ended.returncode
    return 0 if code in {0, -signal.SIGTERM, -signal.SIGINT} else abs(code)


def _first_to_end(children: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    while True:
        try:
            pid, status = os.wait()
        except InterruptedError:
            continue
        for child in children:
            if child.pid == pid:
                child.returncode = os.waitstatus_to_exitcode(status)
                return child
