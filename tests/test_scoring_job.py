"""The worker's job of scoring a file: on both databases, and by a real consumer."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.readmodels import JobId, JobStatus, RunId, ScoringJob
from core.scoring_report import FileReport, from_json
from core.scoring_rows import RowError
from core.scoring_schema import COLUMNS
from db import jobs
from db.engine import make_engine
from db.job_files import (
    ANSWERS,
    REFUSED,
    REPORT,
    create_scoring_job,
    dismiss,
    made_file,
    scoring_job,
    segment_part,
    sent_file,
)
from queueing import create_tables, make_queue, register_task
from settings import Settings
from tests.dash_app.fakes import publish_a_run
from tests.e2e.servers import ROOT, Installation, died_within
from worker import run_requested_job

CONTENT = (
    b"customer_id,age_years,marital_status,recency_days,town\n"
    b"c-01,23,single,3,Lyon\n"
    b"new,30,married,9,Nice\n"
    b"=1+1,old,married,9,Nice\n"
    b"idle,50,single,0,Metz\n"
)
PATIENCE = 90  # seconds


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Data with a published run, and a queue beside them."""
    beside = "" if database_url.startswith("sqlite") else database_url
    settings = Settings(
        data_dir=tmp_path,
        database_url=database_url,
        queue_url=beside,
        pseudonym_key="k" * 32,
    )
    create_tables(settings)
    writer = make_engine(database_url)
    publish_a_run(writer)
    writer.dispose()
    return settings


@pytest.fixture
def board(settings: Settings) -> Iterator[Engine]:
    engine = make_engine(settings.queue_url)
    yield engine
    engine.dispose()


def send(board: Engine, content: bytes = CONTENT, lens: str = "demographic") -> JobId:
    with board.begin() as connection:
        return create_scoring_job(
            connection,
            "bank",
            run_id=RunId(1),
            lens=lens,
            file="new.csv",
            content=content,
            asked_by="ada",
        )


def found(board: Engine, job_id: JobId) -> ScoringJob:
    with board.connect() as connection:
        one = scoring_job(connection, job_id, "ada")
    assert one is not None
    return one


def made(board: Engine, job_id: JobId, part: str) -> bytes:
    with board.connect() as connection:
        content = made_file(connection, job_id, part)
    assert content is not None
    return content


def sent(board: Engine, job_id: JobId) -> bytes | None:
    with board.connect() as connection:
        return sent_file(connection, job_id)


def report(board: Engine, job_id: JobId) -> FileReport:
    return from_json(made(board, job_id, REPORT))


def test_a_file_becomes_a_report_and_files_and_is_deleted(
    settings: Settings, board: Engine
) -> None:
    job_id = send(board)
    run_requested_job(settings, job_id)
    assert found(board, job_id).state.status is JobStatus.DONE
    assert sent(board, job_id) is None

    told = report(board, job_id)
    assert {group.name: group.rows for group in told.groups} == {
        "Settled": 0,
        "Starters": 2,
        "Not yet active": 1,
    }
    assert (told.file, told.lens, told.run_id, told.known) == ("new.csv", "Demographic", 1, 1)
    assert told.passed_over == ("town",)
    assert (told.scored, told.refused) == (3, 1)
    assert told.errors == (RowError(4, "age_years", "is not a finite number"),)
    assert told.known_sentence == (
        "By the id, 1 of the 3 customers of the file is among those of run 1 already."
    )

    answers = made(board, job_id, ANSWERS).decode("utf-8-sig").splitlines()
    assert answers[0] == ",".join(COLUMNS)
    assert [line.split(",")[0] for line in answers[1:]] == ["c-01", "new", "idle"]
    young = made(board, job_id, segment_part("demographic-young")).decode("utf-8-sig")
    assert young.splitlines() == [answers[0], answers[1], answers[2]]
    assert made(board, job_id, REFUSED).decode("utf-8-sig").splitlines() == [
        "line,column,reason",
        "4,age_years,is not a finite number",
    ]


def test_what_would_run_as_a_formula_does_not_in_the_answers(
    settings: Settings, board: Engine
) -> None:
    job_id = send(board, CONTENT.replace(b"c-01", b"=cmd()"))
    run_requested_job(settings, job_id)
    assert "\n'=cmd()," in made(board, job_id, ANSWERS).decode()


@pytest.mark.parametrize(
    ("content", "lens", "sentence"),
    [
        (b"customer_id\nc-01\n", "demographic", "new.csv cannot be scored: it lacks age_years"),
        (CONTENT, "nonsense", "The run that the file was to be scored by is there no more."),
    ],
)
def test_a_file_that_cannot_be_scored_fails_with_a_sentence_and_is_deleted(
    settings: Settings, board: Engine, content: bytes, lens: str, sentence: str
) -> None:
    job_id = send(board, content, lens)
    run_requested_job(settings, job_id)
    state = found(board, job_id).state
    assert state.status is JobStatus.FAILED
    assert state.message.startswith(sentence)
    assert sent(board, job_id) is None


def test_a_file_that_is_removed_while_it_is_in_work_leaves_nothing(
    settings: Settings, board: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = send(board)

    def read_slowly(*_: object) -> int:
        with board.begin() as connection:
            assert dismiss(connection, job_id, "ada")
        return 0

    monkeypatch.setattr("cli.scoring_job.known_customers", read_slowly)
    run_requested_job(settings, job_id)
    with board.connect() as connection:
        assert scoring_job(connection, job_id, "ada") is None
        assert made_file(connection, job_id, REPORT) is None
        assert jobs.job(connection, job_id) is None


def test_a_fault_is_told_without_detail_and_the_file_is_deleted(
    settings: Settings, board: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = send(board)

    def break_down(*_: object) -> int:
        raise ZeroDivisionError("c-01 has the age 23")

    monkeypatch.setattr("cli.scoring_job.known_customers", break_down)
    with pytest.raises(ZeroDivisionError):
        run_requested_job(settings, job_id)
    assert found(board, job_id).state.message == (
        "An unexpected fault stopped the work; the log has the details."
    )
    assert sent(board, job_id) is None


@pytest.mark.slow
def test_a_consumer_of_its_own_process_scores_what_the_web_process_enqueued(
    settings: Settings, board: Engine
) -> None:
    job_id = send(board)
    queue = make_queue(settings)
    register_task(queue, lambda _: None)(job_id)
    queue.storage.close()
    urls = {
        "CLIENTELE_DATABASE_URL": settings.database_url,
        "CLIENTELE_QUEUE_URL": settings.queue_url,
        "CLIENTELE_PSEUDONYM_KEY": "k" * 32,
    }
    environment = Installation(settings.data_dir, urls).environment
    log = settings.data_dir / "worker.log"
    with log.open("wb") as said:
        consumer = subprocess.Popen(
            [sys.executable, "worker.py"], cwd=ROOT, env=environment, stdout=said, stderr=said
        )
        try:
            deadline = time.monotonic() + PATIENCE
            while found(board, job_id).state.status not in (JobStatus.DONE, JobStatus.FAILED):
                assert not died_within(consumer, 0.2), log.read_text()
                assert time.monotonic() < deadline, log.read_text()
        finally:
            consumer.terminate()
            consumer.wait(30)
    assert found(board, job_id).state.status is JobStatus.DONE
    assert report(board, job_id).scored == 3
