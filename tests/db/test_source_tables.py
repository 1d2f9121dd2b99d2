"""A bank's own database is read as it is, as of one moment, and never written to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from core.errors import ConfigurationError, DataError
from core.sources.canonical import read_source
from db.source_tables import source_tables
from tests.core.sources.builders import TOML, tiny_files, tiny_spec

EngineOf = Callable[..., Engine]

STATEMENTS = (
    'CREATE TABLE people (id varchar(9), surname char(12), "AGE" integer, gender char(1))',
    (
        "INSERT INTO people VALUES ('01', 'Ash', 41, 'F'), ('02', 'Null', NULL, 'M'), "
        "('003', 'Birch', 17, 'F')"
    ),
    "CREATE TABLE accounts (number text, person text, balance numeric(18, 2), open varchar(1))",
    "INSERT INTO accounts VALUES ('A1', '01', 10.5, 'Y'), ('A2', '02', -3, 'N')",
    (
        'CREATE TABLE "all moves" (number text, entry integer, day date, clock varchar(6), '
        "amount numeric(18, 2))"
    ),
    (
        "INSERT INTO \"all moves\" VALUES ('A1', 1, '2024-01-05', '834', -10), "
        "('A1', 2, '2024-12-17', NULL, 99.5), "
        "('A2', 1, '2024-02-01', '235959', 0.25)"
    ),
    'CREATE VIEW moves AS SELECT * FROM "all moves"',
)
STORED = TOML.replace('customers = "people"', 'customers = "people"\ndatabase = "$BANK"').replace(
    'format = "d.m.yyyy", ', ""
)


@pytest.fixture
def bank_url(empty_database_url: str, engine_of: EngineOf, tmp_path: Path) -> str:
    """A bank's database with the tiny bank in it, once per kind."""
    if empty_database_url.startswith("sqlite"):
        (tmp_path / "empty.db").touch()
    with engine_of(empty_database_url).begin() as connection:
        for statement in STATEMENTS:
            connection.execute(text(statement))
    return empty_database_url


def test_tables_and_views_are_read_like_files(bank_url: str, tmp_path: Path) -> None:
    with (
        source_tables(bank_url) as reader,
        read_source(tiny_spec(STORED), reader=reader) as source,
        read_source(tiny_spec(), tiny_files(tmp_path / "files")) as files,
    ):
        assert source.fingerprint == files.fingerprint
        assert source.rejects == ()
        assert [(f.file, f.rows_read) for f in source.files] == [
            ("table people", 3),
            ("table accounts", 2),
            ("table moves", 3),
        ]


def test_names_are_those_of_the_database_and_rows_come_in_order(bank_url: str) -> None:
    with source_tables(bank_url) as reader:
        assert reader.tables() == ("accounts", "all moves", "moves", "people")
        assert reader.columns("People") == ("id", "surname", "AGE", "gender")
        (rows,) = reader.batches("people", ["id", "AGE"], ["id"])
        assert rows == [("003", 17), ("01", 41), ("02", None)]
        (moves,) = reader.batches("all moves", ["day", "amount"], ["amount"])
        assert moves[0] in [("2024-01-05", -10), (date(2024, 1, 5), Decimal("-10.00"))]


def test_a_table_that_is_not_there_names_those_that_are(bank_url: str) -> None:
    with (
        source_tables(bank_url) as reader,
        pytest.raises(DataError, match=r"Unknown table of the database .moved"),
    ):
        reader.columns("moved")


def test_nothing_can_be_written(bank_url: str) -> None:
    with (
        source_tables(bank_url) as reader,
        pytest.raises(DBAPIError, match=r"readonly|read-only"),
    ):
        reader._connection.execute(text("DELETE FROM people"))


def test_all_tables_are_read_as_of_one_moment(bank_url: str, engine_of: EngineOf) -> None:
    if bank_url.startswith("sqlite"):
        with engine_of(bank_url).connect() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    with source_tables(bank_url) as reader:
        before = list(reader.batches("accounts", ["number"], ["number"]))
        with engine_of(bank_url).begin() as other:
            other.execute(text("DELETE FROM accounts"))
        assert list(reader.batches("accounts", ["number"], ["number"])) == before


def test_a_large_table_comes_in_batches(bank_url: str, engine_of: EngineOf) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000) "
    with engine_of(bank_url).begin() as connection:
        connection.execute(text(f"CREATE TABLE many AS {many} SELECT i FROM n"))
    with source_tables(bank_url) as reader:
        sizes = [len(rows) for rows in reader.batches("many", ["i"], ["i"])]
    assert sizes == [10_000, 10_000, 5_000]


@pytest.mark.postgres
def test_tables_of_other_schemas_are_named_with_them(
    postgres_server_url: str, engine_of: EngineOf
) -> None:
    with engine_of(postgres_server_url).begin() as connection:
        connection.execute(text("CREATE SCHEMA crm"))
        connection.execute(text('CREATE TABLE crm."Clients" (id text, until date)'))
        connection.execute(text("INSERT INTO crm.\"Clients\" VALUES ('1', 'infinity')"))
    try:
        with source_tables(postgres_server_url) as reader:
            assert "crm.Clients" in reader.tables()
            assert list(reader.batches("crm.clients", ["id"], [])) == [[("1",)]]
            with pytest.raises(DataError, match="ended the reading with DataError"):
                list(reader.batches("crm.Clients", ["until"], []))
    finally:
        with engine_of(postgres_server_url).begin() as connection:
            connection.execute(text("DROP SCHEMA crm CASCADE"))


def test_a_value_that_is_no_text_ends_the_reading_without_being_repeated(
    tmp_path: Path, engine_of: EngineOf
) -> None:
    (tmp_path / "bank.db").touch()
    url = f"sqlite:///{tmp_path / 'bank.db'}"
    with engine_of(url).begin() as connection:
        connection.execute(text("CREATE TABLE people (surname text)"))
        connection.execute(text("INSERT INTO people VALUES (CAST(x'4dfc6c6c6572' AS TEXT))"))
    with source_tables(url) as reader, pytest.raises(DataError) as told:
        list(reader.batches("people", ["surname"], []))
    assert "M" not in str(told.value).replace("Error", "")


def test_a_database_that_is_not_there_is_a_mistake_of_configuration(tmp_path: Path) -> None:
    with (
        pytest.raises(ConfigurationError, match="There is no SQLite database at"),
        source_tables(f"sqlite:///{tmp_path / 'none.db'}"),
    ):
        pass
    assert not (tmp_path / "none.db").exists()
