"""Files to be scored, kept beside their jobs on the board, and the answers that are made of them.

What was sent is deleted as soon as its job has ended; the answers are when they are dismissed, or
`KEPT_FOR` after the file was sent.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select

from core.errors import UsageError
from core.readmodels import JobId, JobKind, RunId, ScoringJob
from db.clock import database_now
from db.jobs import HEARTBEAT_TIMEOUT, IN_WORK, KIND, OPEN, create_job, state_of, states
from db.tables.board import Job, JobFile

KEPT_FOR = timedelta(days=7)
SILENT_FOR = timedelta(hours=1)  # a worker that is not heard of so long is gone for good
MOST_ROWS = 100_000  # of one file
MOST_OPEN = 5  # files of one person that may wait or be in work
SENT = "sent"  # the part that was sent; all others were made of it
REPORT, ANSWERS, REFUSED = "report", "answers", "refused"


def segment_part(key: str) -> str:
    """Return the part that holds the answers of one segment."""
    return f"segment {key}"


def create_scoring_job(
    connection: Connection,
    dataset: str,
    *,
    run_id: RunId,
    lens: str,
    file: str,
    content: bytes,
    asked_by: str,
) -> JobId:
    """Put a file on the board to be scored by a lens of a run.

    Raises
    ------
    UsageError
        As many files of that person as may be are not scored yet.
    """
    forget_old(connection)
    waiting = connection.execute(
        select(func.count())
        .select_from(Job)
        .where(
            _is_scoring(),
            Job.requested_by == asked_by,
            Job.status.in_([status.value for status in OPEN]),
            Job.id.not_in(_abandoned(database_now(connection))),
        )
    ).scalar_one()
    if waiting >= MOST_OPEN:
        raise UsageError(
            f"{waiting} of your files are not scored yet. Wait for one of them, or remove one."
        )
    config = {KIND: JobKind.SCORE.value, "run": int(run_id), "lens": lens, "file": file}
    job_id = create_job(connection, dataset, config, asked_by)
    _keep(connection, job_id, SENT, content)
    return job_id


def sent_file(connection: Connection, job_id: JobId) -> bytes | None:
    """What was sent to be scored; None once it is deleted."""
    return _content(connection, job_id, SENT)


def keep_answers(connection: Connection, job_id: JobId, parts: Mapping[str, bytes]) -> None:
    """Keep what was made of a file."""
    for part, content in parts.items():
        _keep(connection, job_id, part, content)


def forget_sent(connection: Connection, job_id: JobId) -> None:
    """Delete what was sent; a job without a file is a normal case."""
    connection.execute(delete(JobFile).where(JobFile.job_id == job_id, JobFile.part == SENT))


def scoring_job(
    connection: Connection,
    job_id: JobId,
    asked_by: str,
    *,
    heartbeat_timeout: float = HEARTBEAT_TIMEOUT,
    now: datetime | None = None,
) -> ScoringJob | None:
    """A file of that person; None where there is none, or nobody keeps it any more."""
    return next(
        iter(_found(connection, Job.id == job_id, asked_by, 1, heartbeat_timeout, now)), None
    )


def scoring_jobs(
    connection: Connection,
    dataset: str,
    asked_by: str,
    limit: int = 10,
    *,
    heartbeat_timeout: float = HEARTBEAT_TIMEOUT,
    now: datetime | None = None,
) -> tuple[ScoringJob, ...]:
    """The latest files of that person for a data set, the newest first."""
    return _found(connection, Job.dataset == dataset, asked_by, limit, heartbeat_timeout, now)


def made_file(connection: Connection, job_id: JobId, part: str) -> bytes | None:
    """A file that was made; None where there is none of that name."""
    return None if part == SENT else _content(connection, job_id, part)


def dismiss(connection: Connection, job_id: JobId, asked_by: str) -> bool:
    """Delete a person's file with its answers and its job, which stops; tell whether it was there.

    A worker that has it in hand notices at its next progress, and keeps nothing of it.
    """
    own = select(Job.id).where(_is_scoring(), Job.id == job_id, Job.requested_by == asked_by)
    connection.execute(delete(JobFile).where(JobFile.job_id.in_(own)))
    gone = connection.execute(delete(Job).where(Job.id.in_(own.scalar_subquery())))
    return bool(gone.rowcount)


def forget_old(connection: Connection, *, now: datetime | None = None) -> int:
    """Delete files, answers and jobs that are older than they are kept; return how many jobs.

    What was sent goes sooner where the worker of its job was killed: it is heard of no more.
    """
    at = now or database_now(connection)
    connection.execute(
        delete(JobFile).where(JobFile.job_id.in_(_abandoned(at)), JobFile.part == SENT)
    )
    oldest = at - KEPT_FOR
    old = select(Job.id).where(_is_scoring(), Job.created_at < oldest)
    connection.execute(delete(JobFile).where(JobFile.job_id.in_(old)))
    return connection.execute(delete(Job).where(Job.id.in_(old))).rowcount


def _abandoned(at: datetime) -> Select[int]:
    """Return the query of the jobs whose worker was killed while it had their file."""
    return select(Job.id).where(
        _is_scoring(),
        Job.status.in_([status.value for status in IN_WORK]),
        Job.heartbeat_at < at - SILENT_FOR,
    )


def _found(
    connection: Connection,
    condition: ColumnElement[bool],
    asked_by: str,
    limit: int,
    heartbeat_timeout: float,
    now: datetime | None,
) -> tuple[ScoringJob, ...]:
    now = now or database_now(connection)
    rows = connection.execute(
        states()
        .add_columns(Job.config)
        .where(
            condition,
            _is_scoring(),
            Job.requested_by == asked_by,
            Job.created_at >= now - KEPT_FOR,
        )
        .order_by(Job.id.desc())
        .limit(limit)
    ).all()
    oldest_sign = now - timedelta(seconds=heartbeat_timeout)
    return tuple(_scoring(row, oldest_sign) for row in rows)


def _scoring(row: Row[*tuple[Any, ...]], oldest_sign: datetime) -> ScoringJob:
    asked = row.config
    return ScoringJob(state_of(row, oldest_sign), asked["file"], asked["lens"], RunId(asked["run"]))


def _is_scoring() -> ColumnElement[bool]:
    kind: ColumnElement[str] = Job.config[KIND].as_string()
    return kind == JobKind.SCORE.value


def _keep(connection: Connection, job_id: JobId, part: str, content: bytes) -> None:
    row = {"job_id": job_id, "part": part, "content": zlib.compress(content)}
    connection.execute(insert(JobFile), row)


def _content(connection: Connection, job_id: JobId, part: str) -> bytes | None:
    kept = connection.execute(
        select(JobFile.content).where(JobFile.job_id == job_id, JobFile.part == part)
    ).scalar()
    return None if kept is None else zlib.decompress(kept)
