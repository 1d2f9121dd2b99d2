from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.errors import ConfigurationError
from db.engine import make_engine, parse_url
from db.tables.snapshots import Dataset

EngineOf = Callable[..., Engine]
ENDLESS = {
    "sqlite": (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    ),
    "postgresql": "SELECT pg_sleep(60)",
}


def test_a_reader_cannot_write(database_url: str, engine_of: EngineOf) -> None:
    reader = engine_of(database_url, read_only=True)
    with reader.connect() as connection:
        assert connection.execute(select(Dataset)).all() == []
    for statement in ("DELETE FROM datasets", "CREATE TABLE mine (id INTEGER)"):
        with (
            reader.connect() as connection,
            pytest.raises(DBAPIError, match=r"read.?only"),
        ):
            connection.execute(text(statement))


def test_a_statement_that_takes_too_long_is_ended(database_url: str, engine_of: EngineOf) -> None:
    reader = engine_of(database_url, read_only=True, statement_timeout_ms=50)
    with reader.connect() as connection, pytest.raises(DBAPIError, match=r"interrupted|timeout"):
        connection.execute(text(ENDLESS[connection.dialect.name])).all()
    with reader.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_a_failed_statement_does_not_tell_its_values(engine: Engine) -> None:
    wrong = text("INSERT INTO no_such_table VALUES (:surname)")
    with pytest.raises(DBAPIError) as failed, engine.begin() as connection:
        connection.execute(wrong, {"surname": "Vandersmissen"})
    assert "Vandersmissen" not in str(failed.value)


def test_references_are_enforced(engine: Engine) -> None:
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(
            text("INSERT INTO customers (snapshot_id, customer_id, pseudonym) VALUES (1, 'a', 'b')")
        )


def test_a_transaction_that_fails_leaves_no_tables(engine: Engine) -> None:
    def make_half() -> None:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE half (id INTEGER)"))
            connection.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(DBAPIError, match="nowhere"):
        make_half()
    with engine.connect() as connection, pytest.raises(DBAPIError, match="half"):
        connection.execute(text("SELECT * FROM half"))


def test_readers_do_not_wait_for_a_writer(database_url: str, engine_of: EngineOf) -> None:
    reader, writer = engine_of(database_url, read_only=True), engine_of(database_url)
    with writer.begin() as writing:
        writing.execute(text("DELETE FROM audit"))
        with reader.connect() as connection, writer.connect() as other:
            assert connection.execute(text("SELECT count(*) FROM audit")).scalar_one() == 0
            assert other.execute(text("SELECT count(*) FROM audit")).scalar_one() == 0


def test_a_missing_file_says_what_to_do(tmp_path: Path, engine_of: EngineOf) -> None:
    file = tmp_path / "absent.db"
    for read_only in (True, False):
        engine = engine_of(f"sqlite:///{file}", read_only=read_only)
        with (
            pytest.raises(
                ConfigurationError, match=re.escape(f"no database at {file}. Run: python")
            ),
            engine.connect(),
        ):
            pass
    assert not file.exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, engine_of: EngineOf) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Dear customer, " * 200)
    with (
        pytest.raises(
            ConfigurationError, match=r"letter\.db cannot be used: file is not a database"
        ),
        engine_of(f"sqlite:///{file}").connect(),
    ):
        pass


@pytest.mark.postgres
def test_a_server_that_does_not_answer_is_named(engine_of: EngineOf) -> None:
    engine = engine_of("postgresql://someone:secret@127.0.0.1:1/bank")
    with pytest.raises(
        ConfigurationError, match=r"'bank' at 127\.0\.0\.1:1 cannot be reached"
    ) as caught:
        engine.connect()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite://", "in memory vanishes"),
        ("sqlite:///:memory:", "in memory vanishes"),
        ("mysql://somewhere/bank", "names 'mysql'. Choose one of: postgresql, sqlite."),
        ("no url at all", "cannot be read"),
    ],
)
def test_other_databases_are_refused(url: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        make_engine(url)


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgres://host/bank", "postgresql+psycopg"),
        ("postgresql://host/bank", "postgresql+psycopg"),
        ("postgresql+psycopg2://host/bank", "postgresql+psycopg"),
        ("sqlite:///bank.db", "sqlite+pysqlite"),
    ],
)
def test_the_driver_is_ours(given: str, driver: str) -> None:
    assert parse_url(given).drivername == driver


def test_sqlite_is_opened_by_the_recipe(sqlite_url: str, engine_of: EngineOf) -> None:
    expected = {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "secure_delete": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "synchronous": 2,
    }
    with engine_of(sqlite_url).connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected
        }
    assert found == expected


def test_a_reader_opens_a_database_that_nobody_else_has_open(
    sqlite_url: str, engine_of: EngineOf
) -> None:
    file = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert not Path(f"{file}-shm").exists()
    with engine_of(sqlite_url, read_only=True).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM runs")).scalar_one() == 0
