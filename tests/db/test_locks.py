from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from core.errors import BusyError
from core.readmodels import RunStatus
from db.locks import writer_lock
from db.queries.datasets import run_context
from db.queries.runs import runs
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import run_result, snapshot_data

ROOT = Path(__file__).resolve().parents[2]
EngineOf = Callable[..., Engine]

HOLD = """
import sys
from db.engine import make_engine
from db.locks import writer_lock

with writer_lock(make_engine(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

DIE_IN_THE_MIDDLE = """
import os, signal, sys
from db import store_runs
from db.engine import make_engine
from db.store import SqlRunStore
from tests.builders import run_result

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

store_runs._insert_comparison = die  # after assignments and statistics were written
SqlRunStore(make_engine(sys.argv[1]), user="").finish_run(int(sys.argv[2]), run_result())
"""


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_writer_is_told_at_once(database_url: str, engine_of: EngineOf) -> None:
    first, second = engine_of(database_url), engine_of(database_url)
    with writer_lock(first):
        with (
            pytest.raises(BusyError, match="Another run is writing") as caught,
            writer_lock(second),
        ):
            pass
        assert caught.value.exit_code == 75
    with writer_lock(second):
        pass


def test_the_lock_ends_with_the_process_that_held_it(
    database_url: str, engine_of: EngineOf
) -> None:
    engine = engine_of(database_url)
    with python(HOLD, database_url) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError), writer_lock(engine):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    with _as_soon_as_free(engine):
        pass


def test_a_run_killed_while_it_writes_leaves_what_is_published(
    snapshots: SqlSnapshotStore,
    run_store: SqlRunStore,
    engine: Engine,
    database_url: str,
) -> None:
    snapshot_id = snapshots.save_snapshot(snapshot_data())
    good = run_store.start_run(snapshot_id, {}, 1, {})
    run_store.finish_run(good, run_result())
    run_store.publish(good)
    with engine.connect() as connection:
        before = run_context(connection, "bank")
        rows_before = _counts(engine)
    killed = run_store.start_run(snapshot_id, {}, 1, {})
    with python(DIE_IN_THE_MIDDLE, database_url, str(killed)) as process:
        _, errors = process.communicate()
    assert process.returncode == -signal.SIGKILL, errors
    with engine.connect() as connection:
        assert run_context(connection, "bank") == before
        assert connection.execute(text("SELECT count(*) FROM published_bank")).scalar_one() == 6
    assert _counts(engine) == rows_before
    with _as_soon_as_free(engine), engine.connect() as connection:
        run = runs(connection, "bank")[0]
    assert (run.run_id, run.status) == (killed, RunStatus.FAILED)
    assert run.message == "The process ended before the run did. Start the run again."
    retry = run_store.start_run(snapshot_id, {}, 1, {})
    run_store.finish_run(retry, run_result())
    run_store.publish(retry)


def _counts(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("segmentations", "assignments", "segments", "segment_statistics")
        ]


def _as_soon_as_free(engine: Engine):
    """The lock: a killed client's session ends when Postgres notices, which may take a moment."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks "
                    "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            ).all()
    return writer_lock(engine)
