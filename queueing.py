"""The job queue as web process and worker share it: light, and with one task of one name.

Huey finds a task by module and name, so both sides must register it from here: a worker started as
a script would otherwise know it as ``__main__.run_job`` and refuse what the web process enqueued.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from huey import Huey, PostgresHuey, SqliteHuey
from huey.registry import Message
from sqlalchemy import inspect, make_url

from core.errors import ConfigurationError
from core.readmodels import JobId
from db.engine import QUEUE_SCHEMA, is_sqlite, make_engine
from db.jobs import create_job_board
from settings import Settings


class JsonSerializer:
    """Messages as JSON: nothing read from the queue can run code (Huey's default pickles)."""

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


def create_tables(settings: Settings) -> None:
    """Make the job board's and the queue's tables where there are none; what is there stays."""
    engine = make_engine(settings.queue_url)
    try:
        create_job_board(engine)
    finally:
        engine.dispose()
    make_queue(settings, create_tables=True)


def require_tables(settings: Settings) -> None:
    """Return if jobs can be asked for and taken; `ConfigurationError` says what makes it so."""
    engine = make_engine(settings.queue_url)
    schema, task = (None, "task") if is_sqlite(engine.url) else (QUEUE_SCHEMA, "huey_task")
    try:
        with engine.connect() as connection:
            found = inspect(connection)
            is_there = all(
                found.has_table(name, schema=schema) for name in ("jobs", "job_files", task)
            )
    finally:
        engine.dispose()
    if not is_there:
        raise ConfigurationError(
            "The job board and the queue have no tables yet. Run: python manage.py db upgrade"
        )


def register_task(queue: Huey, work: Callable[[JobId], None]) -> Callable[[JobId], None]:
    """Register the one task, which does ``work``; calling what is returned enqueues a job."""

    @queue.task(name="run_job")
    def run_job(job_id: JobId) -> None:
        work(job_id)

    def enqueue(job_id: JobId) -> None:
        run_job(job_id)

    return enqueue
