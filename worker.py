"""Job composition root: the Huey queue and its one task."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from sqlalchemy import make_url

from core.errors import ClienteleError
from core.readmodels import JobId
from db.engine import QUEUE_SCHEMA
from settings import Settings, load_settings

logger = logging.getLogger("clientele.worker")


class JsonSerializer:
    """Messages as JSON, so that nothing read from the queue can run code (Huey's default pickles)."""

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


def register_task(queue: Huey, settings: Settings) -> Callable[[JobId], object]:
    """Register the one task on `queue`; calling the returned function enqueues a job by its id."""

    @queue.task(name="run_job")
    def run_job(job_id: JobId) -> None:
        run_requested_job(settings, job_id)

    return run_job  # type: ignore[no-any-return]


def run_requested_job(settings: Settings, job_id: JobId) -> None:
    """Carry out a job of the board: segment a data set as asked. Whatever happens is told there."""
    from core.pipeline.run import segment  # loads scikit-learn: never in a web worker

    board = make_engine(settings.queue_url)
    data = make_engine(settings.database_url)
    try:
        request = _claimed(board, job_id)
        if request is None:
            return
        with writer_lock(data):
            done = segment(
                request.dataset,
                options_of(request.config),
                snapshots=SqlSnapshotStore(data, pseudonym_key=settings.require_pseudonym_key()),
                runs=SqlRunStore(data, user=request.requested_by),
                progress=_reporter(board, job_id),
            )
        with board.begin() as connection:
            jobs.finish(connection, job_id, done.run_id)
    except Cancelled:
        with board.begin() as connection:
            jobs.cancelled(connection, job_id)
    except ClienteleError as error:
        with board.begin() as connection:
            jobs.fail(connection, job_id, str(error))
    except Exception:
        logger.exception("job %s", job_id)
        with board.begin() as connection:
            jobs.fail(connection, job_id, "An unexpected fault stopped the run; the log has the details.")
    finally:
        board.dispose()
        data.dispose()


def main() -> int:
    """Run the consumer until it is told to stop: one process per job, so that memory returns."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    try:
        settings = load_settings()
        queue = make_queue(settings)
    except ClienteleError as error:
        logger.error("%s", error)
        return error.exit_code
    register_task(queue, settings)
    consumer = queue.create_consumer(
        workers=1, worker_type="process", max_tasks=1, max_delay=1.0, health_check_interval=1, periodic=False
    )
    consumer.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
