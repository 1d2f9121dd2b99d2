"""Job composition root: the queue's consumer and what it does with a job."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, Engine

from cli.scoring_job import score_sent_file
from core.errors import ClienteleError
from core.pipeline.options import SegmentOptions
from core.pipeline.ports import Cancelled, Progress
from core.readmodels import JobId, JobKind
from db import jobs
from db.engine import make_engine
from db.job_files import forget_old, forget_sent
from db.locks import writer_lock
from db.store import SqlRunStore, SqlSnapshotStore
from queueing import make_queue, register_task, require_tables
from settings import Settings, load_settings

HEARTBEAT_SECONDS = 10.0

logger = logging.getLogger("clientele.worker")


def run_requested_job(settings: Settings, job_id: JobId) -> None:
    """Carry out a job of the board: a run, or a file to score. Whatever happens is told there."""
    board = make_engine(settings.queue_url)
    data = make_engine(settings.database_url)
    try:
        with board.begin() as connection:
            forget_old(connection)
            request = jobs.claim(connection, job_id)
        if request is not None:
            _carry_out(request, settings, board, data)
    finally:
        board.dispose()
        data.dispose()


def _carry_out(request: jobs.JobRequest, settings: Settings, board: Engine, data: Engine) -> None:
    """Do what is asked and write down how it ended; what was sent to be scored goes with it."""

    def settle(how: Callable[[Connection], object]) -> None:
        with board.begin() as connection:
            how(connection)
            forget_sent(connection, request.job_id)

    def fail(sentence: str) -> None:
        settle(lambda connection: jobs.fail(connection, request.job_id, sentence))

    report = _reporter(board, request.job_id)
    try:
        with _heartbeat(board, request.job_id):
            if request.kind is JobKind.SCORE:
                done = score_sent_file(request, board, data, report)
            else:
                done = _segment(request, settings, data, report)
        settle(done)
    except Cancelled:
        settle(lambda connection: jobs.cancelled(connection, request.job_id))
    except ClienteleError as error:
        fail(str(error))
    except KeyboardInterrupt:
        fail("The worker was stopped before the work was done. Start it again.")
        raise
    except Exception:
        logger.exception("Job %s", request.job_id)
        fail("An unexpected fault stopped the work; the log has the details.")
        raise


def _segment(
    request: jobs.JobRequest, settings: Settings, data: Engine, progress: Progress
) -> Callable[[Connection], object]:
    """Make a run; return what is written on the board when that is done."""
    from core.pipeline.run import segment  # loads scikit-learn: not for web workers

    with writer_lock(data):
        done = segment(
            request.dataset,
            SegmentOptions.from_config(request.config, by=request.requested_by),
            snapshots=SqlSnapshotStore(data, pseudonym_key=settings.require_pseudonym_key()),
            runs=SqlRunStore(data, user=request.requested_by),
            progress=progress,
        )
    return lambda connection: jobs.finish(connection, request.job_id, done.run_id)


def _reporter(board: Engine, job_id: JobId) -> Progress:
    """Return a progress that writes to the board, and stops the work when that is asked for."""

    def report(fraction: float, step: str) -> None:
        with board.begin() as connection:
            goes_on = jobs.progress(connection, job_id, fraction, step)
        if not goes_on:
            raise Cancelled

    return report


@contextmanager
def _heartbeat(board: Engine, job_id: JobId) -> Iterator[None]:
    """Tell the board every few seconds that the work goes on, even within a long step."""
    stopped = threading.Event()

    def beat() -> None:
        while not stopped.wait(HEARTBEAT_SECONDS):
            with board.begin() as connection:
                jobs.heartbeat(connection, job_id)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def _forget_old(settings: Settings) -> None:
    board = make_engine(settings.queue_url)
    try:
        with board.begin() as connection:
            forget_old(connection)
    finally:
        board.dispose()


def main() -> int:
    """Run the consumer until it is told to stop: one process per job, so that memory returns."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("huey").setLevel(logging.ERROR)  # a worker per job is meant
    try:
        settings = load_settings()
        require_tables(settings)
        _forget_old(settings)
        queue = make_queue(settings)
    except ClienteleError as error:
        logger.critical("%s", error)
        return error.exit_code
    register_task(queue, partial(run_requested_job, settings))
    consumer = queue.create_consumer(
        workers=1,
        worker_type="process",
        max_tasks=1,
        max_delay=1.0,
        health_check_interval=1,
        periodic=False,
        graceful_signal="INT",
    )
    consumer.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
