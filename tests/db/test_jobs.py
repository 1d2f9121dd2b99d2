from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, inspect

from core.readmodels import JobId, JobState, JobStatus, RunId
from db.engine import make_engine
from db.jobs import (
    JobRequest,
    cancel,
    cancelled,
    claim,
    create_job,
    create_job_board,
    fail,
    finish,
    heartbeat,
    job,
    jobs,
    progress,
)
from db.upgrade import check


@pytest.fixture
def board(empty_database_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_database_url)
    create_job_board(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(board: Engine) -> Iterator[Connection]:
    with board.begin() as connection:
        yield connection


@pytest.fixture
def job_id(connection: Connection) -> JobId:
    return create_job(connection, "bank", {"lenses": ("demographic",), "k": None}, "ada")


def state(connection: Connection, job_id: JobId, **options: object) -> JobState:
    found = job(connection, job_id, **options)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_job_is_queued_claimed_and_done(connection: Connection, job_id: JobId) -> None:
    queued = state(connection, job_id)
    assert (queued.status, queued.fraction, queued.dataset) == (JobStatus.QUEUED, 0.0, "bank")
    assert claim(connection, job_id) == JobRequest(
        job_id, "bank", {"lenses": ["demographic"], "k": None}, "ada"
    )
    assert progress(connection, job_id, 0.4, "Fitting")
    running = state(connection, job_id)
    assert (running.status, running.fraction, running.step) == (JobStatus.RUNNING, 0.4, "Fitting")
    finish(connection, job_id, RunId(7))
    done = state(connection, job_id)
    assert (done.status, done.fraction, done.run_id) == (JobStatus.DONE, 1.0, RunId(7))


def test_a_job_is_claimed_once(connection: Connection, job_id: JobId) -> None:
    assert claim(connection, job_id) is not None
    assert claim(connection, job_id) is None
    assert claim(connection, JobId(99)) is None


def test_a_queued_job_is_cancelled_at_once(connection: Connection, job_id: JobId) -> None:
    cancel(connection, job_id)
    assert state(connection, job_id).status is JobStatus.CANCELLED
    assert claim(connection, job_id) is None


def test_a_running_job_is_told_to_stop_when_it_reports(
    connection: Connection, job_id: JobId
) -> None:
    claim(connection, job_id)
    cancel(connection, job_id)
    assert state(connection, job_id).status is JobStatus.CANCELLING
    assert not progress(connection, job_id, 0.5, "Fitting")
    assert not heartbeat(connection, job_id)
    cancelled(connection, job_id)
    assert state(connection, job_id).status is JobStatus.CANCELLED


def test_work_that_was_done_counts_even_if_it_was_to_stop(
    connection: Connection, job_id: JobId
) -> None:
    claim(connection, job_id)
    cancel(connection, job_id)
    finish(connection, job_id, RunId(7))
    assert state(connection, job_id).status is JobStatus.DONE


def test_a_failed_job_keeps_its_message(connection: Connection, job_id: JobId) -> None:
    claim(connection, job_id)
    fail(connection, job_id, "Too few customers.")
    failed = state(connection, job_id)
    assert (failed.status, failed.message) == (JobStatus.FAILED, "Too few customers.")
    cancel(connection, job_id)
    finish(connection, job_id, RunId(7))
    assert state(connection, job_id) == failed


def test_a_job_whose_worker_went_silent_has_failed(connection: Connection, job_id: JobId) -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    claim(connection, job_id, now=noon)
    late = noon + timedelta(seconds=61)
    assert state(connection, job_id, now=late, heartbeat_timeout=61).status is JobStatus.RUNNING
    silent = state(connection, job_id, now=late, heartbeat_timeout=60)
    assert silent.status is JobStatus.FAILED
    assert silent.message == (
        "The worker has not been heard of since 12:00:00 UTC. Start the job again."
    )
    assert jobs(connection, "bank", now=late, heartbeat_timeout=60) == (silent,)
    assert heartbeat(connection, job_id, now=late)
    assert state(connection, job_id, now=late, heartbeat_timeout=60).status is JobStatus.RUNNING


def test_a_cancelled_job_of_a_silent_worker_does_not_hang(
    connection: Connection, job_id: JobId
) -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    claim(connection, job_id, now=noon)
    cancel(connection, job_id)
    late = noon + timedelta(seconds=61)
    assert state(connection, job_id, now=late, heartbeat_timeout=60).status is JobStatus.FAILED
    assert not heartbeat(connection, job_id, now=late)  # it lives, only its step takes long
    assert state(connection, job_id, now=late, heartbeat_timeout=60).status is JobStatus.CANCELLING


def test_a_job_that_waits_in_the_queue_does_not_fail(connection: Connection, job_id: JobId) -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    assert state(connection, job_id, now=later).status is JobStatus.QUEUED


def test_jobs_are_listed_by_data_set_the_newest_first(connection: Connection) -> None:
    first, second = (create_job(connection, "bank", {}, "ada") for _ in range(2))
    create_job(connection, "cards", {}, "ada")
    assert [state.job_id for state in jobs(connection, "bank")] == [second, first]
    assert [state.job_id for state in jobs(connection, "bank", limit=1)] == [second]
    assert job(connection, JobId(99)) is None


def test_progress_stays_between_nothing_and_all(connection: Connection, job_id: JobId) -> None:
    claim(connection, job_id)
    progress(connection, job_id, 1.7, "Counting")
    assert state(connection, job_id).fraction == 1.0


def test_making_the_board_again_keeps_what_is_on_it(board: Engine) -> None:
    with board.begin() as connection:
        job_id = create_job(connection, "bank", {}, "ada")
    create_job_board(board)
    with board.connect() as connection:
        assert state(connection, job_id).status is JobStatus.QUEUED


def test_in_postgres_the_board_has_a_schema_of_its_own(database_url: str) -> None:
    engine = make_engine(database_url)
    create_job_board(engine)
    with engine.connect() as connection:
        schema = "clientele_queue" if engine.dialect.name == "postgresql" else None
        assert inspect(connection).has_table("jobs", schema=schema)
    if engine.dialect.name == "postgresql":
        check(database_url)  # and is not mistaken for the data
    engine.dispose()
