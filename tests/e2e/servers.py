"""Clientele as its users run it: commands and servers as processes, each on a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
STOP_SECONDS = 30
LOOK_AGAIN_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and the environment of everything that works on it."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The SQLite file with the data."""
        return self.folder / "clientele.db"

    @property
    def environment(self) -> dict[str, str]:
        """This process's environment with the settings of this installation and no others."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("CLIENTELE_")}
        own = {"CLIENTELE_DATA_DIR": str(self.folder), "OMP_NUM_THREADS": "1"}
        return {**inherited, **own, **self.settings}

    def manage(self, *arguments: object, stdin: str = "") -> str:
        """Run ``manage.py``; return what it said. It must succeed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"manage.py {arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def copied_to(self, folder: Path, **settings: str) -> Installation:
        """Copy the data to another folder, so that what is written there stays there."""
        shutil.copytree(self.folder, folder)
        return Installation(folder, {**self.settings, **settings})


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, and the process that leads its session."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def local_server(installation: Installation) -> Iterator[Server]:
    """``manage.py serve``: gunicorn and the queue's consumer, without sign-in."""
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with _running(command, installation, f"http://127.0.0.1:{port}") as server:
        yield server


@contextmanager
def guarded_server(installation: Installation) -> Iterator[Server]:
    """Bare gunicorn, which comes up in server mode. Browsers trust localhost with its cookie."""
    port = free_port()
    served = Installation(
        installation.folder, {**installation.settings, "CLIENTELE_PORT": str(port)}
    )
    command = [sys.executable, "-m", "gunicorn", "wsgi:server"]
    with _running(command, served, f"http://localhost:{port}") as server:
        yield server


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def _running(command: list[str], installation: Installation, address: str) -> Iterator[Server]:
    """Run a server until the block ends, with everything that it started."""
    log = installation.folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=installation.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            _await_ready(process, f"{address}/readyz", log)
            yield Server(address, process)
        finally:
            _stop(process)


def _await_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(address):
        assert process.poll() is None, f"The server ended:\n{log.read_text()}"
        assert time.monotonic() < deadline, f"The server is not ready:\n{log.read_text()}"
        died_within(process, LOOK_AGAIN_SECONDS)


def died_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for a process to end, but not for longer than that; tell whether it did."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a server as an operator would; whatever of its family is left then is killed."""
    process.terminate()
    died_within(process, STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(STOP_SECONDS)
