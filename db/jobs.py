"""The job board: background work that was asked for, and how far it is.

It lies apart from the data (a second SQLite file, or a schema of its own in Postgres), because
progress is written often and a SQLite writer blocks all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, insert, select, update
from sqlalchemy.schema import CreateIndex, CreateSchema, CreateTable

from core.readmodels import JobId, JobKind, JobState, JobStatus, RunId
from db.clock import database_now
from db.engine import QUEUE_SCHEMA, create_sqlite_file, is_sqlite
from db.rows import plain
from db.tables.board import Board, Job

HEARTBEAT_TIMEOUT = 120.0  # seconds
IN_WORK = (JobStatus.RUNNING, JobStatus.CANCELLING)
OPEN = (JobStatus.QUEUED, *IN_WORK)
KIND = "kind"  # in a job's configuration; without one it makes a run
_SILENT = "The worker has not been heard of since {0:%H:%M:%S} UTC. Start the job again."


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What a worker needs to know to do a job."""

    job_id: JobId
    dataset: str
    config: dict[str, Any]
    requested_by: str

    @property
    def kind(self) -> JobKind:
        """What is to be done."""
        return JobKind(self.config.get(KIND, JobKind.SEGMENT))


def create_job_board(engine: Engine) -> None:
    """Make the board where there is none; what is on one that exists stays."""
    if is_sqlite(engine.url):
        create_sqlite_file(engine.url)
    with engine.begin() as connection:
        if not is_sqlite(engine.url):
            connection.execute(CreateSchema(QUEUE_SCHEMA, if_not_exists=True))
        for table in Board.metadata.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))


def create_job(
    connection: Connection, dataset: str, config: Mapping[str, object], requested_by: str
) -> JobId:
    """Put a job on the board; a worker claims it."""
    now = database_now(connection)
    row = {
        "dataset": dataset,
        "config": {name: plain(value) for name, value in config.items()},
        "requested_by": requested_by,
        "status": JobStatus.QUEUED.value,
        "fraction": 0.0,
        "step": "Waiting to start",
        "message": "",
        "run_id": None,
        "created_at": now,
        "heartbeat_at": now,
    }
    return JobId(connection.execute(insert(Job).returning(Job.id), row).scalar_one())


def claim(
    connection: Connection, job_id: JobId, *, now: datetime | None = None
) -> JobRequest | None:
    """Take a queued job; None if it was cancelled or another worker has it."""
    taken = _change(connection, job_id, (JobStatus.QUEUED,), now, status=JobStatus.RUNNING.value)
    if not taken:
        return None
    row = connection.execute(
        select(Job.dataset, Job.config, Job.requested_by).where(Job.id == job_id)
    ).one()
    return JobRequest(job_id, row.dataset, row.config, row.requested_by)


def progress(
    connection: Connection,
    job_id: JobId,
    fraction: float,
    step: str,
    *,
    now: datetime | None = None,
) -> bool:
    """Say how far a job is, and that its worker lives; False if it is to stop."""
    done = min(max(float(fraction), 0.0), 1.0)
    _change(connection, job_id, IN_WORK, now, fraction=done, step=step)
    return _goes_on(connection, job_id)


def heartbeat(connection: Connection, job_id: JobId, *, now: datetime | None = None) -> bool:
    """Say that the worker lives; False if the job is to stop."""
    _change(connection, job_id, IN_WORK, now)
    return _goes_on(connection, job_id)


def finish(
    connection: Connection, job_id: JobId, run_id: RunId | None, *, now: datetime | None = None
) -> bool:
    """Record what a job led to; what was done counts, even if a stop was asked for too late.

    False if the job is no longer on the board, or is not in work.
    """
    return _change(
        connection,
        job_id,
        IN_WORK,
        now,
        status=JobStatus.DONE.value,
        fraction=1.0,
        step="Done",
        run_id=run_id,
    )


def fail(
    connection: Connection, job_id: JobId, message: str, *, now: datetime | None = None
) -> None:
    """Record that a job failed, and why."""
    _change(connection, job_id, OPEN, now, status=JobStatus.FAILED.value, message=message)


def cancel(connection: Connection, job_id: JobId) -> None:
    """Ask a job to stop: a queued one is cancelled at once, a running one at its next progress.

    Jobs that score a file are not stopped here: whoever sent it dismisses it (`db.job_files`).
    """
    if not connection.scalar(select(Job.id).where(Job.id == job_id, makes_a_run())):
        return
    _change(connection, job_id, (JobStatus.QUEUED,), None, status=JobStatus.CANCELLED.value)
    connection.execute(  # the heartbeat stays the worker's own
        update(Job)
        .where(Job.id == job_id, Job.status == JobStatus.RUNNING.value)
        .values(status=JobStatus.CANCELLING.value)
    )


def cancelled(connection: Connection, job_id: JobId, *, now: datetime | None = None) -> None:
    """Record that a job has stopped because that was asked for."""
    _change(connection, job_id, OPEN, now, status=JobStatus.CANCELLED.value)


def job(
    connection: Connection,
    job_id: JobId,
    *,
    heartbeat_timeout: float = HEARTBEAT_TIMEOUT,
    now: datetime | None = None,
) -> JobState | None:
    """A job as its progress bar shows it; one whose worker went silent has failed."""
    row = connection.execute(states().where(Job.id == job_id)).one_or_none()
    now = now or database_now(connection)
    return None if row is None else state_of(row, now - timedelta(seconds=heartbeat_timeout))


def jobs(
    connection: Connection,
    dataset: str,
    limit: int = 20,
    *,
    heartbeat_timeout: float = HEARTBEAT_TIMEOUT,
    now: datetime | None = None,
) -> tuple[JobState, ...]:
    """The latest jobs of a data set that make runs, the newest first."""
    rows = connection.execute(
        states().where(Job.dataset == dataset, makes_a_run()).order_by(Job.id.desc()).limit(limit)
    ).all()
    now = now or database_now(connection)
    return tuple(state_of(row, now - timedelta(seconds=heartbeat_timeout)) for row in rows)


def makes_a_run() -> ColumnElement[bool]:
    """Return the condition that a job segments a data set."""
    kind: ColumnElement[str] = Job.config[KIND].as_string()
    return kind.is_(None)


def _change(
    connection: Connection,
    job_id: JobId,
    allowed: tuple[JobStatus, ...],
    now: datetime | None,
    **values: object,
) -> bool:
    """Change a job that has one of the allowed statuses; tell whether it had."""
    changed = connection.execute(
        update(Job)
        .where(Job.id == job_id, Job.status.in_([status.value for status in allowed]))
        .values(heartbeat_at=now or database_now(connection), **values)
    )
    return bool(changed.rowcount)


def _goes_on(connection: Connection, job_id: JobId) -> bool:
    status = connection.execute(select(Job.status).where(Job.id == job_id)).scalar()
    return status == JobStatus.RUNNING


def states() -> Select[*tuple[Any, ...]]:
    """Return the query of what `state_of` reads."""
    return select(
        Job.id,
        Job.dataset,
        Job.status,
        Job.fraction,
        Job.step,
        Job.message,
        Job.run_id,
        Job.created_at,
        Job.heartbeat_at,
    )


def state_of(row: Row[*tuple[Any, ...]], oldest_sign: datetime) -> JobState:
    """Return a job as it is shown; one in work without a sign since then has failed."""
    status, message = JobStatus(row.status), row.message
    is_silent = row.heartbeat_at < oldest_sign
    if is_silent and status in IN_WORK:
        status, message = JobStatus.FAILED, _SILENT.format(row.heartbeat_at)
    return JobState(
        job_id=JobId(row.id),
        dataset=row.dataset,
        status=status,
        fraction=row.fraction,
        step=row.step,
        message=message,
        run_id=None if row.run_id is None else RunId(row.run_id),
        created_at=row.created_at,
    )
