"""What the batch commands work with: the store behind the pipeline, and the right to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from db.engine import make_engine
from db.locks import writer_lock
from db.store import SqlRunStore, SqlSnapshotStore
from db.version import require_current
from settings import Settings


@contextmanager
def database(settings: Settings) -> Iterator[Engine]:
    """Open the settings' database; `ConfigurationError` if it does not fit the code."""
    engine = make_engine(settings.database_url)
    try:
        require_current(engine)
        yield engine
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class Stores:
    """Where snapshots and runs are kept."""

    snapshots: SqlSnapshotStore
    runs: SqlRunStore


@contextmanager
def writing(settings: Settings, user: str = "command line") -> Iterator[Stores]:
    """Hold the right to write while the block runs; `BusyError` if another process has it."""
    with database(settings) as engine, writer_lock(engine):
        yield Stores(
            SqlSnapshotStore(engine, pseudonym_key=settings.require_pseudonym_key()),
            SqlRunStore(engine, user=user),
        )
