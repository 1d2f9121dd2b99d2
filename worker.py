"""Job composition root: the Huey queue and its one task."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from sqlalchemy import Engine, make_url

from core.errors import ClienteleError
from core.pipeline.options import SegmentOptions
from core.pipeline.ports import Cancelled, Progress
from core.readmodels import JobId
from db import jobs
from db.engine import QUEUE_SCHEMA, make_engine
from db.locks import writer_lock
from db.store import SqlRunStore, SqlSnapshotStore
from settings import Settings, load_settings

HEARTBEAT_SECONDS = 10.0

logger = logging.getLogger("clientele.worker")


class JsonSerializer:
    """Messages as JSON: nothing read from the queue can run code, as Huey's pickles could."""

    def serialize(self, data: object) -> bytes:
        """Return the message's fields (or a plain value) as UTF-8 JSON."""
        kind = "message" if isinstance(data, Message) else "value"
        return json.dumps([kind, data]).encode()

    def deserialize(self, data: bytes) -> Any:
        """Return what `serialize` was given."""
        kind, value = json.loads(bytes(data))
        return Message(*value) if kind == "message" else value


def make_queue(settings: Settings, *, create_tables: bool = False) -> Huey:
    """Return the queue that lives beside the data: a file of its own, or a schema of its own.

    Its tables are made by ``db upgrade``; nothing connects before a job is enqueued or taken.
    """
    url = make_url(settings.queue_url)
    common = {
        "name": "clientele",
        "results": False,
        "serializer": JsonSerializer(),
        "create_tables": create_tables,
    }
    if url.get_backend_name() == "sqlite":
        return SqliteHuey(filename=url.database, **common)
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey(dsn=dsn, options=f"-c search_path={QUEUE_SCHEMA}", **common)


def register_task(queue: Huey, settings: Settings) -> Callable[[JobId], None]:
    """Register the one task on `queue`; calling the returned function enqueues a job by its id."""

    @queue.task(name="run_job")
    def run_job(job_id: JobId) -> None:
        run_requested_job(settings, job_id)

    def enqueue(job_id: JobId) -> None:
        run_job(job_id)

    return enqueue


def run_requested_job(settings: Settings, job_id: JobId) -> None:
    """Carry out a job of the board: segment a data set as asked. Whatever happens is told there."""
    board = make_engine(settings.queue_url)
    data = make_engine(settings.database_url)
    try:
        with board.begin() as connection:
            request = jobs.claim(connection, job_id)
        if request is not None:
            _carry_out(request, settings, board, data)
    finally:
        board.dispose()
        data.dispose()


def _carry_out(request: jobs.JobRequest, settings: Settings, board: Engine, data: Engine) -> None:
    from core.pipeline.run import segment  # loads scikit-learn: not for web workers

    def settle(how: Callable[..., None], *details: object) -> None:
        with board.begin() as connection:
            how(connection, request.job_id, *details)

    try:
        with _heartbeat(board, request.job_id), writer_lock(data):
            done = segment(
                request.dataset,
                SegmentOptions.from_config(request.config),
                snapshots=SqlSnapshotStore(data, pseudonym_key=settings.require_pseudonym_key()),
                runs=SqlRunStore(data, user=request.requested_by),
                progress=_reporter(board, request.job_id),
            )
        settle(jobs.finish, done.run_id)
    except Cancelled:
        settle(jobs.cancelled)
    except ClienteleError as error:
        settle(jobs.fail, str(error))
    except KeyboardInterrupt:
        settle(jobs.fail, "The worker was stopped before the run was done. Start the run again.")
        raise
    except Exception:
        logger.exception("Job %s", request.job_id)
        settle(jobs.fail, "An unexpected fault stopped the run; the log has the details.")
        raise


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


def main() -> int:
    """Run the consumer until it is told to stop: one process per job, so that memory returns."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    try:
        settings = load_settings()
        queue = make_queue(settings)
    except ClienteleError as error:
        logger.critical("%s", error)
        return error.exit_code
    register_task(queue, settings)
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
