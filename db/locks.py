"""One writer at a time: a second one is told so at once instead of waiting."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text, update

from core.errors import BusyError
from db.clock import database_now
from db.engine import is_sqlite, sqlite_file
from db.tables.runs import Run

_POSTGRES_KEY = 0x636C69656E74656C  # "clientel"
_BUSY = "Another run is writing to this database. Nothing was changed; try again when it has ended."


@contextmanager
def writer_lock(engine: Engine) -> Iterator[None]:
    """Hold the right to write for a whole ingest or run; `BusyError` if another process has it.

    Whoever holds it is the only writer, so a run still marked as running was cut off: it fails.
    """
    with exclusive(engine):
        _fail_interrupted_runs(engine)
        yield


@contextmanager
def exclusive(engine: Engine) -> Iterator[None]:
    """Hold the lock alone; it ends with the process, however that ends."""
    with _file_lock(engine) if is_sqlite(engine.url) else _advisory_lock(engine):
        yield


@contextmanager
def _file_lock(engine: Engine) -> Iterator[None]:
    file = sqlite_file(engine.url)
    descriptor = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(_BUSY) from None
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _advisory_lock(engine: Engine) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        locked = connection.execute(
            text("SELECT pg_try_advisory_lock(:key)"), {"key": _POSTGRES_KEY}
        ).scalar_one()
        if not locked:
            raise BusyError(_BUSY)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _POSTGRES_KEY})


def _fail_interrupted_runs(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            update(Run)
            .where(Run.status == "running")
            .values(
                status="failed",
                message="The process ended before the run did. Start the run again.",
                finished_at=database_now(connection),
            )
        )
