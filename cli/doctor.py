"""``doctor``: whether settings, database, data and the running app are well."""

from __future__ import annotations

import os
import tomllib
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError

import typer

from cli import output
from cli.batch import database
from cli.options import DatabaseUrl
from core.errors import ClienteleError, ConfigurationError
from db.queries.datasets import datasets
from settings import Mode, Settings, load_settings

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


def register(cli: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    cli.command()(doctor)


def doctor(database_url: DatabaseUrl = None) -> None:
    """Say whether settings, database, data and the running app are well."""
    settings = load_settings(
        database_url=database_url, mode=os.environ.get("CLIENTELE_MODE", Mode.LOCAL)
    )
    findings = [
        _finding("Version", _version),
        _finding("Settings", lambda: f"{settings.mode.value} mode, data in {settings.data_dir}"),
        _finding("Pseudonym key", lambda: f"{len(settings.require_pseudonym_key())} bytes"),
        _finding("Database", lambda: _describe_data(settings)),
        ("App", *_app(settings)),
    ]
    output.say_table(("Part", "State", "Finding"), findings)
    if any(state == "fault" for _, state, _ in findings):
        raise typer.Exit(ConfigurationError.exit_code)


def _finding(part: str, describe: Callable[[], str]) -> tuple[str, str, str]:
    try:
        return part, "well", describe()
    except ClienteleError as error:
        return part, "fault", str(error)


def _version() -> str:
    return str(tomllib.loads(PROJECT.read_text())["project"]["version"])


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


def _app(settings: Settings) -> tuple[str, str]:
    """Return whether the app answers, and where."""
    address = f"http://{settings.host}:{settings.port}/readyz"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return "well", f"answers at {address} with {answer.status}"
    except (URLError, OSError):
        return "stopped", f"no app answers at {address}"
