"""``serve``: gunicorn and the queue's consumer together, until stopped; ``doctor``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Annotated
from urllib.error import URLError

import typer

from cli import output
from cli.batch import database
from cli.options import DatabaseUrl
from core.errors import ClienteleError, ConfigurationError, UsageError
from db.queries.datasets import datasets
from settings import Mode, Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
GRACE_SECONDS = 20


def register(cli: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    cli.command()(serve)
    cli.command()(doctor)


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
    code = _run_together(settings)
    if code:
        raise typer.Exit(code)


def doctor(database_url: DatabaseUrl = None) -> None:
    """Say whether settings, database, data and the running app are well."""
    settings = load_settings(
        database_url=database_url, mode=os.environ.get("CLIENTELE_MODE", Mode.LOCAL)
    )
    findings = [
        _finding("Settings", lambda: f"{settings.mode.value} mode, data in {settings.data_dir}"),
        _finding("Pseudonym key", lambda: f"{len(settings.require_pseudonym_key())} bytes"),
        _finding("Database", lambda: _describe_data(settings)),
        _finding("App", lambda: _describe_app(settings)),
    ]
    output.say_table(("Part", "State", "Finding"), [finding[:3] for finding in findings])
    if any(state == "fault" for _, state, _ in findings):
        raise typer.Exit(ConfigurationError.exit_code)


def _run_together(settings: Settings) -> int:
    """Run web server and consumer as children; when one ends, end the other; return its code."""
    environment = {
        **os.environ,
        "CLIENTELE_MODE": settings.mode.value,
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


def _finding(part: str, describe: object) -> tuple[str, str, str]:
    try:
        return part, "well", describe()  # type: ignore[operator]
    except ClienteleError as error:
        return part, "fault", str(error)


def _describe_data(settings: Settings) -> str:
    with database(settings) as engine, engine.connect() as connection:
        known = datasets(connection)
    if not known:
        return "up to date, and empty: run manage.py demo, or manage.py refresh SOURCE PATH"
    return ", ".join(
        f"{one.name} (run {one.published_run} published)"
        if one.published_run
        else f"{one.name} (nothing published)"
        for one in known
    )


def _describe_app(settings: Settings) -> str:
    address = f"http://{settings.host}:{settings.port}/readyz"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return f"answers at {address} with {answer.status}"
    except (URLError, OSError):
        return f"not running at {address}"
