"""The web composition root: what it loads, how it refuses, how gunicorn brings it up."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import ConfigurationError
from settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
SECRET = "s" * 32
HEAVY = ("sklearn", "duckdb", "ibis", "pandera", "pyarrow", "pyspark", "scipy", "pandas")


def environment(**settings: str) -> dict[str, str]:
    """The environment without any settings but these."""
    kept = {name: value for name, value in os.environ.items() if "CLIENTELE" not in name}
    return {**kept, **{f"CLIENTELE_{name.upper()}": value for name, value in settings.items()}}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def run(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_web_process_loads_nothing_that_fits_or_reads_files(sqlite_url: str) -> None:
    script = f"import sys, wsgi; print([name for name in {HEAVY} if name in sys.modules])"
    answer = run("-c", script, database_url=sqlite_url, mode="local")
    assert (answer.stdout.strip(), answer.stderr) == ("[]", "")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "CLIENTELE_SECRET_KEY is not set."),
        ({"secret_key": "short"}, "CLIENTELE_SECRET_KEY has 5 bytes."),
        ({"secret_key": SECRET, "mode": "open"}, "Settings refused: CLIENTELE_MODE"),
        ({"mode": "local", "database_url": "sqlite:////nowhere/x.db"}, "There is no database"),
    ],
)
@pytest.mark.slow
def test_gunicorn_refuses_once_with_78_and_a_sentence(
    sqlite_url: str, settings: dict[str, str], sentence: str
) -> None:
    given = {"database_url": sqlite_url, "port": str(free_port()), **settings}
    answer = run("-m", "gunicorn", "wsgi:server", **given)
    assert answer.returncode == 78
    assert answer.stderr.count(sentence) == 1
    assert "Traceback" not in answer.stderr


def test_the_server_comes_up_in_server_mode(sqlite_url: str) -> None:
    script = (
        "import wsgi\n"
        "client = wsgi.server.test_client()\n"
        "get = lambda path: client.get(path, base_url='https://localhost').status_code\n"
        "print(get('/livez'), get('/readyz'), get('/login'), get('/_dash-layout'))"
    )
    answer = run("-c", script, database_url=sqlite_url, secret_key=SECRET)
    assert (answer.stdout.strip(), answer.stderr) == ("200 200 200 401", "")


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    answer = run("-c", "import wsgi", database_url=f"sqlite:///{empty}", mode="local")
    assert answer.returncode == 78
    assert "Run: python manage.py db upgrade" in answer.stderr


def test_settings_refuse_what_create_app_would_refuse() -> None:
    settings: Settings = load_settings(mode="server", secret_key="x")
    with pytest.raises(ConfigurationError, match="has 1 bytes"):
        settings.session_secret()
