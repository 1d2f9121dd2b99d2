"""Engines: one recipe for SQLite, one for Postgres, read-only where nothing is to be written."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from core.errors import ConfigurationError

QUEUE_SCHEMA = "clientele_queue"  # of the job board; in SQLite it has a file of its own instead

READ_TIMEOUT_MS = 15_000
LOCK_TIMEOUT_MS = 30_000
CONNECT_TIMEOUT_SECONDS = 10

_BEGIN = "clientele_begin"  # execution option: how a SQLite transaction begins


def make_engine(
    url: str | URL, *, read_only: bool = False, statement_timeout_ms: int | None = None
) -> Engine:
    """Return an engine for a SQLite file or a Postgres database; it connects when first used.

    ``statement_timeout_ms`` ends statements that take longer; by default readers have one and
    writers do not (0: none). `ConfigurationError` on connecting to what is not there.
    """
    target = parse_url(url)
    timeout = READ_TIMEOUT_MS if read_only else 0
    timeout = timeout if statement_timeout_ms is None else statement_timeout_ms
    make = _sqlite_engine if is_sqlite(target) else _postgres_engine
    return make(target, read_only, timeout)


def parse_url(url: str | URL) -> URL:
    """Return the URL with the driver we use; `ConfigurationError` for any other database."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationError(
            "The database URL cannot be read. Write it as sqlite:///file.db or "
            "postgresql://user:password@host/database."
        ) from None
    backend = parsed.drivername.partition("+")[0]
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise ConfigurationError(
            f"The database URL names {backend!r}. Choose one of: postgresql, sqlite."
        )
    if parsed.database in (None, "", ":memory:"):
        raise ConfigurationError(
            "A SQLite database in memory vanishes with the process. Name a file: sqlite:///file.db."
        )
    return parsed.set(drivername="sqlite+pysqlite")


def is_sqlite(url: URL) -> bool:
    """Whether the URL names a SQLite file."""
    return url.get_backend_name() == "sqlite"


def sqlite_file(url: URL) -> Path:
    """Return the file that a SQLite URL names."""
    return Path(str(url.database)).absolute()


def create_sqlite_file(url: URL) -> None:
    """Make an empty database, readable by its owner only, where there is none yet."""
    file = sqlite_file(url)
    if file.exists():
        return
    try:
        file.touch(mode=0o600)
    except OSError as error:
        raise ConfigurationError(
            f"The database file {file} cannot be made: {error.strerror}."
        ) from None


def _sqlite_engine(url: URL, read_only: bool, statement_timeout_ms: int) -> Engine:
    engine = create_engine(
        url,
        json_serializer=_strict_json,
        hide_parameters=True,  # customers' data in no message and no log
        execution_options={"schema_translate_map": {QUEUE_SCHEMA: None}},
    )
    file = sqlite_file(url)
    pragmas = [
        f"busy_timeout = {LOCK_TIMEOUT_MS}",
        "foreign_keys = on",
        "recursive_triggers = on",
        "trusted_schema = off",
        "secure_delete = on",
    ]
    pragmas += ["query_only = on"] if read_only else ["journal_mode = wal", "synchronous = full"]

    @event.listens_for(engine, "do_connect")
    def connect(*_: object) -> sqlite3.Connection:
        mode = "ro" if read_only else "rw"
        address = f"file:{quote(str(file))}?mode={mode}"
        try:
            connection = sqlite3.connect(
                address, uri=True, isolation_level=None, check_same_thread=False
            )
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error as error:
            raise ConfigurationError(_sqlite_sentence(file, error)) from None
        return connection

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get(_BEGIN)
        if kind is None:  # every read begins so; it takes no lock, and so cannot fail
            driver: Any = connection.connection.driver_connection
            driver.execute("BEGIN DEFERRED")
        else:
            connection.exec_driver_sql(f"BEGIN {kind}")

    if not read_only:
        engine.begin = partial(_begin_immediately, engine)  # type: ignore[method-assign]

    if statement_timeout_ms:
        _limit_sqlite_statements(engine, statement_timeout_ms)
    return engine


@contextmanager
def _begin_immediately(engine: Engine) -> Iterator[Connection]:
    """`engine.begin()` is for writing: wait for the other writer now.

    A transaction that reads first and writes later would not wait; SQLite ends it as "locked" if
    anyone has written in between. `engine.connect()` reads and waits for nobody.
    """
    with (
        engine.connect() as connection,
        connection.execution_options(**{_BEGIN: "IMMEDIATE"}).begin(),
    ):
        yield connection


def _limit_sqlite_statements(engine: Engine, timeout_ms: int) -> None:
    """End a SQLite statement that runs for too long, as Postgres does with statement_timeout."""

    @event.listens_for(engine, "before_cursor_execute")
    def start(connection: Connection, *_: object) -> None:
        deadline = time.monotonic() + timeout_ms / 1000
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(lambda: int(time.monotonic() > deadline), 10_000)


def _postgres_engine(url: URL, read_only: bool, statement_timeout_ms: int) -> Engine:
    settings = {
        "timezone": "UTC",
        "statement_timeout": statement_timeout_ms,
        "lock_timeout": LOCK_TIMEOUT_MS,
        "default_transaction_read_only": "on" if read_only else "off",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    given = str(url.query.get("options", ""))
    engine = create_engine(
        url.difference_update_query(["options"]),
        json_serializer=_strict_json,
        hide_parameters=True,  # customers' data in no message and no log
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "options": f"{given} {options}".strip(),
            "application_name": "clientele",
        },
    )

    @event.listens_for(engine, "do_connect")
    def connect(
        _dialect: object, _record: object, arguments: list[Any], parameters: dict[str, Any]
    ) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(*arguments, **parameters)
        except psycopg.OperationalError as error:
            raise ConfigurationError(_postgres_sentence(url, error)) from None

    return engine


def _sqlite_sentence(file: Path, error: sqlite3.Error) -> str:
    if not file.exists():
        return f"There is no database at {file}. Run: python manage.py db upgrade"
    return f"The database {file} cannot be used: {error}."


def _postgres_sentence(url: URL, error: psycopg.OperationalError) -> str:
    reason = str(error).strip().splitlines()[-1] if str(error).strip() else "no answer"
    place = f"{url.host or 'the local socket'}" + (f":{url.port}" if url.port else "")
    return f"The database {url.database!r} at {place} cannot be reached: {reason}"


_strict_json = partial(json.dumps, allow_nan=False, ensure_ascii=False)
