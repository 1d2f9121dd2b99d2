"""The product's web server in a process of its own, asked over one connection that is kept."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from bench.processes import ROOT, environment
from settings import Settings

_HOST = "127.0.0.1"
_START_SECONDS = 120.0
_STOP_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.1


@contextmanager
def web_server(settings: Settings) -> Iterator[int]:
    """Run gunicorn with one worker, without sign-in, until the block ends; give its port."""
    port = _free_port()
    places = environment(
        CLIENTELE_DATA_DIR=str(settings.data_dir),
        CLIENTELE_DATABASE_URL=settings.database_url,
        CLIENTELE_QUEUE_URL=settings.queue_url,
        CLIENTELE_MODE="local",
        CLIENTELE_PORT=str(port),
        CLIENTELE_WORKERS="1",
    )
    command = [sys.executable, "-m", "gunicorn", "wsgi:server"]
    with subprocess.Popen(command, cwd=ROOT, env=places) as process:
        try:
            _await_ready(process, port)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def written(path: str, body: object = None) -> bytes:
    """Return a request as it goes over the line: a GET, or a POST of the body as JSON."""
    lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", f"Host: {_HOST}"]
    content = b"" if body is None else json.dumps(body).encode()
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


class Line:
    """A kept connection that does as little as it can, since it costs both sides the same."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((_HOST, port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> bytes:
        """Return the body of the answer; it must be a 200."""
        self._socket.sendall(request)
        head, _, body = self._until_head().partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError(f"The server answers {head.splitlines()[:1]}: {body!r}")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._more()
        return body

    def close(self) -> None:
        """Let go of the connection."""
        self._socket.close()

    def _until_head(self) -> bytes:
        found = b""
        while b"\r\n\r\n" not in found:
            found += self._more()
        return found

    def _more(self) -> bytes:
        part = self._socket.recv(1 << 16)
        if not part:
            raise RuntimeError("The server has closed the connection.")
        return part


def _await_ready(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _is_ready(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("The web server did not come up.")
        time.sleep(_LOOK_AGAIN_SECONDS)


def _is_ready(port: int) -> bool:
    try:
        with closing(Line(port)) as line:
            line.ask(written("/readyz"))
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        return int(listener.getsockname()[1])
