"""Files to be scored on the job board: kept as long as they are needed, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, text

from core.errors import UsageError
from core.readmodels import JobId, JobKind, JobStatus, RunId
from db import jobs
from db.engine import make_engine
from db.job_files import (
    ANSWERS,
    KEPT_FOR,
    MOST_OPEN,
    REPORT,
    SENT,
    SILENT_FOR,
    create_scoring_job,
    dismiss,
    forget_old,
    forget_sent,
    keep_answers,
    made_file,
    scoring_job,
    scoring_jobs,
    sent_file,
)

CONTENT = b"customer_id,age_years\nc-01,47\n"


@pytest.fixture
def board(empty_database_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_database_url)
    jobs.create_job_board(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(board: Engine) -> Iterator[Connection]:
    with board.begin() as connection:
        yield connection


def send(connection: Connection, by: str = "ada", file: str = "new.csv") -> JobId:
    return create_scoring_job(
        connection,
        "bank",
        run_id=RunId(3),
        lens="demographic",
        file=file,
        content=CONTENT,
        asked_by=by,
    )


def bytes_on(connection: Connection) -> int:
    """How many files the board holds."""
    schema = "clientele_queue." if connection.dialect.name == "postgresql" else ""
    return int(connection.execute(text(f"SELECT count(*) FROM {schema}job_files")).scalar_one())


def done(connection: Connection, job_id: JobId) -> None:
    """What a worker writes at the end."""
    jobs.claim(connection, job_id)
    assert jobs.finish(connection, job_id, None)
    keep_answers(connection, job_id, {REPORT: b"{}", ANSWERS: b"a\n"})
    forget_sent(connection, job_id)


def test_a_file_waits_for_a_worker_who_finds_all_that_was_asked(connection: Connection) -> None:
    job_id = send(connection)
    request = jobs.claim(connection, job_id)
    assert request is not None
    assert (request.kind, request.dataset, request.requested_by) == (JobKind.SCORE, "bank", "ada")
    assert {k: request.config[k] for k in ("run", "lens", "file")} == {
        "run": 3,
        "lens": "demographic",
        "file": "new.csv",
    }
    assert sent_file(connection, job_id) == CONTENT


def test_a_run_is_still_asked_for_without_a_kind(connection: Connection) -> None:
    request = jobs.claim(connection, jobs.create_job(connection, "bank", {}, "ada"))
    assert request is not None
    assert request.kind is JobKind.SEGMENT


def test_answers_stay_and_what_was_sent_goes(connection: Connection) -> None:
    job_id = send(connection)
    done(connection, job_id)
    assert sent_file(connection, job_id) is None
    assert made_file(connection, job_id, ANSWERS) == b"a\n"
    assert made_file(connection, job_id, "nonsense") is None
    found = scoring_job(connection, job_id, "ada")
    assert found is not None
    assert (found.state.status, found.file, found.lens, found.run_id) == (
        JobStatus.DONE,
        "new.csv",
        "demographic",
        RunId(3),
    )


def test_what_was_sent_is_never_given_out_again(connection: Connection) -> None:
    assert made_file(connection, send(connection), SENT) is None


def test_a_person_sees_their_own_files_only(connection: Connection) -> None:
    job_id = send(connection)
    assert scoring_job(connection, job_id, "bob") is None
    assert scoring_jobs(connection, "bank", "bob") == ()
    assert not dismiss(connection, job_id, "bob")
    assert [one.state.job_id for one in scoring_jobs(connection, "bank", "ada")] == [job_id]
    assert scoring_jobs(connection, "cards", "ada") == ()


def test_files_and_runs_are_two_lists(connection: Connection) -> None:
    run, file = jobs.create_job(connection, "bank", {"k": 3}, "ada"), send(connection)
    assert [state.job_id for state in jobs.jobs(connection, "bank")] == [run]
    assert [one.state.job_id for one in scoring_jobs(connection, "bank", "ada")] == [file]
    assert scoring_job(connection, run, "ada") is None
    assert not dismiss(connection, run, "ada")


def test_a_dismissed_file_leaves_nothing_and_its_worker_is_told_to_stop(
    connection: Connection,
) -> None:
    job_id = send(connection)
    jobs.claim(connection, job_id)
    assert dismiss(connection, job_id, "ada")
    assert bytes_on(connection) == 0
    assert not jobs.progress(connection, job_id, 0.5, "Reading")
    assert not jobs.finish(connection, job_id, None)
    assert scoring_job(connection, job_id, "ada") is None
    assert not dismiss(connection, job_id, "ada")


def test_a_number_is_not_given_twice(connection: Connection) -> None:
    first = send(connection)
    dismiss(connection, first, "ada")
    assert send(connection) > first


def test_files_are_forgotten_when_they_are_old_whoever_looks(connection: Connection) -> None:
    job_id, run = send(connection), jobs.create_job(connection, "bank", {}, "ada")
    done(connection, job_id)
    later = datetime.now(UTC) + KEPT_FOR + timedelta(minutes=1)
    assert scoring_job(connection, job_id, "ada", now=later) is None
    assert scoring_jobs(connection, "bank", "ada", now=later) == ()
    assert forget_old(connection) == 0
    assert forget_old(connection, now=later) == 1
    assert bytes_on(connection) == 0
    assert [state.job_id for state in jobs.jobs(connection, "bank")] == [run]


def test_what_was_sent_goes_when_its_worker_was_killed(connection: Connection) -> None:
    sent = [send(connection) for _ in range(MOST_OPEN)]
    jobs.claim(connection, sent[0], now=datetime.now(UTC) - SILENT_FOR - timedelta(minutes=1))
    jobs.claim(connection, sent[1])
    extra = send(connection)  # the one that nobody works at does not count
    found = [sent_file(connection, job_id) for job_id in (*sent, extra)]
    assert found == [None, *([CONTENT] * MOST_OPEN)]


def test_a_file_is_not_stopped_as_a_run_is(connection: Connection) -> None:
    job_id, run = send(connection), jobs.create_job(connection, "bank", {}, "ada")
    for one in (job_id, run):
        jobs.cancel(connection, one)
    assert jobs.claim(connection, job_id) is not None
    assert jobs.claim(connection, run) is None


def test_only_so_many_files_of_one_person_may_wait(connection: Connection) -> None:
    sent = [send(connection) for _ in range(MOST_OPEN)]
    with pytest.raises(UsageError, match=f"{MOST_OPEN} of your files are not scored yet"):
        send(connection)
    send(connection, by="bob")
    done(connection, sent[0])
    send(connection)


def test_a_worker_that_went_silent_is_told_of_a_file_too(connection: Connection) -> None:
    job_id = send(connection)
    jobs.claim(connection, job_id)
    late = datetime.now(UTC) + timedelta(minutes=5)
    found = scoring_job(connection, job_id, "ada", heartbeat_timeout=60, now=late)
    assert found is not None
    assert found.state.status is JobStatus.FAILED
